package org.fluvia.support;

import org.fluvia.autodiff.Expr;

/**
 * A value inside a support, made from an unconstrained vector.
 *
 * @param value the value, in the shape that was asked for
 * @param logAbsDetJacobian log |det dvalue/dunconstrained| in nats, a scalar: the sum over all elements
 */
public record Constrained(Expr value, Expr logAbsDetJacobian) {}
