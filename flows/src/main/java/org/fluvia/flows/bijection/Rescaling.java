package org.fluvia.flows.bijection;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/**
 * y = shift + scale x, element by element, with fixed numbers: what brings a flow to the place and units of data. log |det| = the sum of log
 * scales. Without weights; finite wherever scale x + shift is.
 */
public final class Rescaling implements Bijection {
    private final int dimension;
    private final Expr shift;
    private final Expr scale;
    private final Expr logDet;

    private Rescaling(double[] shift, double[] scale) {
        dimension = Dimensions.positive("Rescaling", shift.length);
        if (scale.length != dimension) {
            throw new IllegalArgumentException("Rescaling: scales must be as many as shifts, " + dimension + ", but were " + scale.length);
        }
        Dimensions.finite("Rescaling", "shift", shift, dimension);
        double sum = 0;
        for (double x : scale) {
            Dimensions.bound("Rescaling", "scale", x);
            sum += StrictMath.log(x);
        }
        this.shift = Expr.vector(shift.clone());
        this.scale = Expr.vector(scale.clone());
        logDet = Expr.of(sum);
    }

    /**
     * The map.
     *
     * @param shift finite; copied
     * @param scale of each element, positive and finite; copied
     */
    public static Rescaling of(double[] shift, double[] scale) {
        return new Rescaling(Dimensions.present("Rescaling", "shift", shift), Dimensions.present("Rescaling", "scale", scale));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        return List.of();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return new Transformed(x.times(scale).plus(shift), logDet);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return new Transformed(y.minus(shift).div(scale), logDet.unaryMinus());
    }

    @Override
    public String toString() {
        return "Rescaling(" + dimension + ")";
    }
}
