package org.fluvia.flows.bijection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.check.Dimensions;

/** y[i] = x[order[i]]: the elements in another order. log |det| = 0. No weights. */
public final class Permutation implements Bijection {
    private final int[] elements;
    private final Expr order;
    private final Expr inverseOrder;

    private Permutation(int[] order) {
        elements = order;
        double[] to = new double[order.length];
        double[] from = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            to[i] = order[i];
            from[order[i]] = i;
        }
        this.order = Expr.vector(to);
        this.inverseOrder = Expr.vector(from);
    }

    /**
     * The permutation with y[i] = x[order[i]], counted from 0.
     *
     * @param order every number from 0 to d - 1, once; copied
     * @throws IllegalArgumentException if it is anything else
     */
    public static Permutation of(int... order) {
        boolean[] seen = new boolean[Dimensions.positive("Permutation", Dimensions.present("Permutation", "order", order).length)];
        for (int i : order) {
            if (i < 0 || i >= seen.length || seen[i]) {
                throw new IllegalArgumentException("Permutation: order must hold every number from 0 to "
                        + (seen.length - 1) + " once, but was " + Arrays.toString(order));
            }
            seen[i] = true;
        }
        return new Permutation(order.clone());
    }

    /** The last element first. */
    public static Permutation reverse(int dimension) {
        Dimensions.positive("Permutation", dimension);
        return new Permutation(IntStream.range(0, dimension).map(i -> dimension - 1 - i).toArray());
    }

    /** A random order, the same for the same seed; all orders are equally likely. */
    public static Permutation random(int dimension, long seed) {
        double[] keys = NormalNoise.of(seed).values(Dimensions.positive("Permutation", dimension));
        return new Permutation(IntStream.range(0, dimension).boxed().sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue).toArray());
    }

    /** Where each element comes from: y[i] = x[order[i]]. A copy. */
    public int[] order() {
        return elements.clone();
    }

    /** {@link #order} as an index. */
    Expr index() {
        return order;
    }

    /** The order of the inverse, as an index. */
    Expr inverseIndex() {
        return inverseOrder;
    }

    @Override
    public int dimension() {
        return order.shape().size();
    }

    @Override
    public List<Expr> weights() {
        return List.of();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        return new Transformed(x.get(order), Expr.of(0));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(y.get(inverseOrder), Expr.of(0));
    }

    @Override
    public String toString() {
        return "Permutation(" + dimension() + ")";
    }
}
