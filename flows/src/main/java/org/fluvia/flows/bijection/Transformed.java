package org.fluvia.flows.bijection;

import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/**
 * What a map makes of a vector: the value, a vector (d), and the log of the absolute determinant of the Jacobian of the map
 * applied, a scalar in nats, shared where it is the same for all draws.
 */
public record Transformed(Expr value, Expr logAbsDetJacobian) {
    public Transformed {
        Dimensions.present("Transformed", "value", value);
        Dimensions.present("Transformed", "logAbsDetJacobian", logAbsDetJacobian);
    }
}
