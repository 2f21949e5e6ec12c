package org.fluvia.dist;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.support.Support;

/**
 * A distribution of categories or ranks 1, ..., K, which are data. One of its parameters is a vector; leading axes before it
 * count observations, each with a vector of its own.
 */
interface Categories extends Distribution {

    /** The number of categories. */
    int size();

    /** For each parameter how many of its last axes make the value of one observation: 0 or 1. */
    int[] parameterRanks();

    /** Draws one category, counted from 1, at an observation's values of the parameters; not modified. */
    double sample(RandomGenerator random, double[][] p);

    @Override
    default int eventRank() {
        return 0;
    }

    @Override
    default Support support() {
        return Support.whole(1, size());
    }

    /** The leading axes of the parameters. */
    @Override
    default Shape shape() {
        int[] ranks = parameterRanks();
        for (int k = 0; k < ranks.length; k++) {
            Shape s = parameters().get(k).shape();
            if (s.rank() > ranks[k]) return Events.leading(s, ranks[k]);
        }
        return Shape.scalar();
    }

    @Override
    default double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        Events.checkFits(this, shape);
        double[] x = new double[shape.size()];
        double[][] p = new double[values.size()][];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < p.length; k++) {
                double[] all = values.get(k);
                int each = parameters().get(k).shape().rank() > parameterRanks()[k] ? all.length / x.length : all.length;
                p[k] = each == all.length ? all : Arrays.copyOfRange(all, i * each, (i + 1) * each);
            }
            x[i] = sample(random, p);
        }
        return x;
    }

    /**
     * The log-mass of categories, minus infinity of numbers that are none, NaN for NaN.
     *
     * @param formula of categories counted from 0, which are data
     */
    default Expr mass(Expr x, UnaryOperator<Expr> formula) {
        if (x.isPerDraw()) {
            throw new IllegalArgumentException(name() + ": the value must be data, but depends on a parameter" + Source.suffix()
                    + ". Sum over the categories: mixture(...), or logSumExp of a term for each.");
        }
        Events.checkFits(this, x.shape());
        Expr inside = support().contains(x);
        Expr impossible = Expr.where(x.eq(x), Expr.of(Double.NEGATIVE_INFINITY), Expr.of(Double.NaN));
        Expr mass = formula.apply(Expr.where(inside, x, Expr.of(1)).minus(1));
        return mass.plus(Expr.where(inside, Expr.of(0), impossible));
    }

    /**
     * Elements along the last axis of a vector, or of one vector for each observation.
     *
     * @param index counted from 0, data
     */
    static Expr pick(Expr vectors, Expr index) {
        Shape shape = vectors.shape();
        if (shape.rank() == 1) return vectors.get(index);
        Shape leading = Events.leading(shape, 1);
        double[] first = new double[leading.size()];
        Arrays.setAll(first, i -> (double) i * shape.dim(shape.rank() - 1));
        Expr flat = index.shape().isScalar() ? index : index.flatten();
        return vectors.flatten().get(Expr.vector(first).plus(flat)).reshape(leading);
    }
}
