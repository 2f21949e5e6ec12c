package org.fluvia.flows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * y = shift + scale * x, element by element, with a positive scale; log |det| = sum of log scale, shared.
 *
 * <p>Trained on the log of the scale. Numerics: finite wherever scale * x + shift is.
 */
public final class DiagonalAffine implements Bijection {
    private final Expr shift;
    private final Expr logScale;
    private final Expr scale;
    private final List<Expr> weights;

    private DiagonalAffine(Expr shift, Expr logScale, Expr scale, List<Expr> weights) {
        this.shift = shift;
        this.logScale = logScale;
        this.scale = scale;
        this.weights = weights;
    }

    /** Weights that start as the identity. */
    public static DiagonalAffine trainable(int dimension) {
        double[] scale = new double[Dimensions.positive("DiagonalAffine", dimension)];
        java.util.Arrays.fill(scale, 1);
        return trainable(new double[dimension], scale);
    }

    /**
     * Weights that start with this shift and scale. The arrays are copied.
     *
     * @throws IllegalArgumentException if lengths differ, a shift is not finite, or a scale is not positive and finite
     */
    public static DiagonalAffine trainable(double[] shift, double[] scale) {
        Shape shape = Shape.of(check(shift, scale));
        Expr shifts = Expr.shared("shift", shape, shift);
        Expr logScale = Expr.shared("log scale", shape, log(scale));
        return new DiagonalAffine(shifts, logScale, logScale.exp(), List.of(shifts, logScale));
    }

    /**
     * The map with this shift and scale for good, without weights. The arrays are copied.
     *
     * @throws IllegalArgumentException if lengths differ, a shift is not finite, or a scale is not positive and finite
     */
    public static DiagonalAffine fixed(double[] shift, double[] scale) {
        check(shift, scale);
        return new DiagonalAffine(Expr.vector(shift), Expr.vector(log(scale)), Expr.vector(scale), List.of());
    }

    private static int check(double[] shift, double[] scale) {
        Dimensions.positive("DiagonalAffine", shift.length);
        if (scale.length != shift.length) {
            throw new IllegalArgumentException("DiagonalAffine: scale must have as many elements as shift, " + shift.length
                    + ", but has " + scale.length);
        }
        for (int i = 0; i < shift.length; i++) {
            if (!Double.isFinite(shift[i])) {
                throw new IllegalArgumentException("DiagonalAffine: shift must be finite, but was " + shift[i]
                        + " at index " + i);
            }
            if (!(scale[i] > 0 && scale[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("DiagonalAffine: scale must be positive and finite, but was " + scale[i]
                        + " at index " + i);
            }
        }
        return shift.length;
    }

    static double[] log(double[] x) {
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) result[i] = StrictMath.log(x[i]);
        return result;
    }

    @Override
    public int dimension() {
        return shift.shape().size();
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.checkForward(this, x);
        return new Transformed(x.times(scale).plus(shift), logScale.sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.checkInverse(this, y);
        return new Transformed(y.minus(shift).div(scale), logScale.sum().unaryMinus());
    }

    @Override
    public String toString() {
        return "DiagonalAffine(" + dimension() + ")";
    }
}
