package org.fluvia.vi.approximation;

import java.util.Map;
import org.fluvia.autodiff.Expr;

/**
 * An approximation as expressions, in the coordinates of its model: draws made of noise, and the density at a point.
 *
 * @param noise standard normal, of the model's dimension
 * @param draw a vector made of the noise
 * @param logDrawDensity q's log-density of that draw
 * @param point a vector
 * @param logDensity q's log-density there
 * @param weights values of the shared inputs that these are made of
 */
public record RecordedApproximation(Expr noise, Expr draw, Expr logDrawDensity, Expr point, Expr logDensity, Map<Expr, double[]> weights) {}
