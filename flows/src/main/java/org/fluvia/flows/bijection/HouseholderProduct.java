package org.fluvia.flows.bijection;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * y = H_1 H_2 ... H_k x with reflections H_i = I - 2 v_i v_i' / v_i'v_i (Tomczak and Welling 2016): k of them, an even number, make
 * rotations; d make every rotation. log |det| = 0. The weights are the vectors (d x k), of any length: a vector counts by its
 * direction, and one that is zero as none. In one dimension there is nothing to rotate, and no weights.
 *
 * <p>Both directions take two products of a (d x k) matrix and a vector and a triangular system, all reflections at a time. Orthogonal
 * to rounding whatever the weights.
 *
 * <p>Pairs start along one axis, the next pair along the next, so that the two of a pair cancel to the bit; turning one of them turns
 * the axis towards every other, so gradients are alive from the first step on.
 */
public final class HouseholderProduct implements Bijection {
    private final int dimension;
    private final int count;
    private final Reflections reflections;
    private final List<Expr> weights;

    private HouseholderProduct(int dimension, int count, Reflections reflections, List<Expr> weights) {
        this.dimension = dimension;
        this.count = count;
        this.reflections = reflections;
        this.weights = weights;
    }

    /**
     * Weights that start as the identity.
     *
     * @param reflections k, even and at least 2
     */
    public static HouseholderProduct trainable(int dimension, int reflections) {
        Dimensions.positive("HouseholderProduct", dimension);
        if (reflections < 2 || reflections % 2 != 0) {
            throw new IllegalArgumentException("HouseholderProduct: reflections must be even and at least 2, but was " + reflections
                    + ". Two that are equal start as the identity.");
        }
        double[] axes = new double[dimension * reflections];
        for (int k = 0; k < reflections; k++) axes[k / 2 % dimension * reflections + k] = 1;
        Shape shape = Shape.of(dimension, reflections);
        Expr vectors = dimension == 1 ? Expr.vector(axes).reshape(shape) : Expr.shared("vectors", shape, axes);
        return new HouseholderProduct(dimension, reflections, new Reflections(vectors), dimension == 1 ? List.of() : List.of(vectors));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return new Transformed(reflections.times(x), Expr.of(0));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return new Transformed(reflections.transposedTimes(y), Expr.of(0));
    }

    @Override
    public String toString() {
        return "HouseholderProduct(" + count + ", " + dimension + ")";
    }
}
