package org.fluvia.flows.bijection;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/** A bijection of some elements; the others are kept. log |det| is that of the bijection. */
public final class Partial implements Bijection {
    private final Bijection map;
    private final int[] elements;
    private final int dimension;
    private final Expr moved;
    private final Expr kept;
    /** Where each element is in the moved ones with the kept ones behind them. */
    private final Expr place;

    private Partial(Bijection map, int dimension, int[] elements) {
        this.map = map;
        this.dimension = dimension;
        this.elements = elements;
        int[] others = IntStream.range(0, dimension).filter(i -> Arrays.stream(elements).noneMatch(e -> e == i)).toArray();
        moved = index(elements);
        kept = index(others);
        int[] from = IntStream.concat(Arrays.stream(elements), Arrays.stream(others)).toArray();
        int[] where = new int[dimension];
        for (int i = 0; i < dimension; i++) where[from[i]] = i;
        place = index(where);
    }

    private static Expr index(int[] positions) {
        return Expr.vector(Arrays.stream(positions).asDoubleStream().toArray());
    }

    /**
     * A bijection of some of d elements.
     *
     * @param elements which, counted from 0, in the order in which the bijection has them; each once, and not all of them: that would be
     *     the bijection itself, perhaps in a {@link Chain} with a {@link Permutation}; copied
     */
    public static Partial of(Bijection map, int dimension, int... elements) {
        Dimensions.positive("Partial", dimension);
        Dimensions.present("Partial", "map", map);
        Dimensions.present("Partial", "elements", elements);
        if (elements.length != map.dimension()) {
            throw new IllegalArgumentException("Partial: elements must be " + map.dimension() + ", as many as " + map + " has, but were "
                    + Arrays.toString(elements));
        }
        boolean distinct = Arrays.stream(elements).distinct().count() == elements.length;
        if (!distinct || Arrays.stream(elements).anyMatch(i -> i < 0 || i >= dimension) || elements.length == dimension) {
            throw new IllegalArgumentException("Partial: elements must be some of 0 to " + (dimension - 1) + ", each once, and not all, but were "
                    + Arrays.toString(elements));
        }
        return new Partial(map, dimension, elements.clone());
    }

    /** The inverse of the bijection, of the same elements. */
    Partial inverted() {
        return new Partial(Inverse.of(map), dimension, elements);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Expr logPrior() {
        return map.logPrior();
    }

    @Override
    public List<Expr> weights() {
        return map.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return with(x, map.forward(x.get(moved)));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return with(y, map.inverse(y.get(moved)));
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        return with(y, map.inverseKnowing(y.get(moved), x.get(moved)));
    }

    private Transformed with(Expr all, Transformed some) {
        return new Transformed(Expr.concat(some.value(), all.get(kept)).get(place), some.logAbsDetJacobian());
    }

    @Override
    public List<Normalising.Met> normalising(Expr given, boolean inverse) {
        return map.normalising(given.get(moved), inverse);
    }

    @Override
    public Cost forwardCost() {
        return map.forwardCost();
    }

    @Override
    public Cost inverseCost() {
        return map.inverseCost();
    }

    @Override
    public String toString() {
        return "Partial(" + map + ", " + Arrays.toString(elements) + " of " + dimension + ")";
    }
}
