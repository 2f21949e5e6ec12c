package org.fluvia.dist;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/**
 * A distribution of vectors or of square matrices. Each of its parameters belongs to all events alike, or has leading axes
 * that say to which event a value belongs.
 */
interface Multivariate extends Distribution {
    /** {@link #eventSize} where it is open. */
    int OPEN = -1;

    /**
     * For each parameter how many of its last axes make the value of one event: 0 for a scale, 1 for a mean vector, 2 for a
     * covariance. A scalar in place of a vector stands for equal elements.
     */
    int[] parameterRanks();

    /** The length of a vector, the number of rows of a matrix; {@link #OPEN} if the parameters do not say. */
    int eventSize();

    /**
     * Draws one event, row-major.
     *
     * @param p the event's value of each parameter, row-major; not modified
     * @param size the event's length or number of rows
     */
    double[] sample(RandomGenerator random, double[][] p, int size);

    /** The leading axes of the parameters: those of an array of events, or none. */
    default Shape leading() {
        int[] ranks = parameterRanks();
        for (int k = 0; k < ranks.length; k++) {
            Shape s = parameters().get(k).shape();
            if (s.rank() > ranks[k]) return Events.leading(s, ranks[k]);
        }
        return Shape.scalar();
    }

    @Override
    default Shape shape() {
        if (eventSize() == OPEN) return Shape.scalar();
        int[] leading = leading().dims();
        int[] dims = Arrays.copyOf(leading, leading.length + eventRank());
        Arrays.fill(dims, leading.length, dims.length, eventSize());
        return Shape.of(dims);
    }

    @Override
    default double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        Events.checkFits(this, shape);
        int n = Events.leading(shape, eventRank()).size();
        int size = shape.dim(shape.rank() - 1);
        double[] x = new double[shape.size()];
        double[][] p = new double[values.size()][];
        for (int event = 0; event < n; event++) {
            for (int k = 0; k < p.length; k++) {
                double[] all = values.get(k);
                int each = parameters().get(k).shape().rank() > parameterRanks()[k] ? all.length / n : all.length;
                p[k] = each == all.length ? all : Arrays.copyOfRange(all, event * each, (event + 1) * each);
            }
            double[] one = sample(random, p, size);
            System.arraycopy(one, 0, x, event * one.length, one.length);
        }
        return x;
    }

    /** An element of a vector parameter, for which a scalar may stand. */
    static double element(double[] parameter, int i) {
        return parameter[parameter.length == 1 ? 0 : i];
    }

    /** A parameter's value of each event of an array of them: itself if it has these leading axes, else repeated. */
    default Expr repeated(int parameter, Shape leading) {
        return Events.repeat(parameters().get(parameter), parameterRanks()[parameter], leading);
    }

    /** Refuses the formula of a parameter that is known only in part. */
    default IllegalArgumentException cannotDraw(String missing, String advice) {
        return new IllegalArgumentException(name() + ": drawing needs " + missing + Source.suffix() + ". " + advice);
    }
}
