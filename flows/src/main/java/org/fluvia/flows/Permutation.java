package org.fluvia.flows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;

/** y[i] = x[order[i]]: the elements in another order. log |det| = 0. No weights. */
public final class Permutation implements Bijection {
    private final Expr order;
    private final Expr inverseOrder;

    private Permutation(int[] order) {
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
        boolean[] seen = new boolean[Dimensions.positive("Permutation", order.length)];
        for (int i : order) {
            if (i < 0 || i >= seen.length || seen[i]) {
                throw new IllegalArgumentException("Permutation: order must hold every number from 0 to "
                        + (seen.length - 1) + " once, but was " + Arrays.toString(order));
            }
            seen[i] = true;
        }
        return new Permutation(order);
    }

    /** The last element first. */
    public static Permutation reverse(int dimension) {
        Dimensions.positive("Permutation", dimension);
        return new Permutation(IntStream.range(0, dimension).map(i -> dimension - 1 - i).toArray());
    }

    /** A random order, the same for the same seed; all orders are equally likely. */
    public static Permutation random(int dimension, long seed) {
        return new Permutation(randomOrder(Dimensions.positive("Permutation", dimension), seed));
    }

    /** The order that sorts independent random numbers. */
    static int[] randomOrder(int dimension, long seed) {
        double[] keys = Seeds.normal(seed, dimension);
        return IntStream.range(0, dimension).boxed().sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue).toArray();
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
        Dimensions.checkForward(this, x);
        return new Transformed(x.get(order), Expr.of(0));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.checkInverse(this, y);
        return new Transformed(y.get(inverseOrder), Expr.of(0));
    }

    @Override
    public String toString() {
        return "Permutation(" + dimension() + ")";
    }
}
