package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Draws between bounds: those of the distribution that happen to lie there; where that is rare, by inverting the
 * distribution function, in the tail in which the bounds lie.
 */
final class TruncatedDraws {
    private static final int TRIES = 64;
    /** From here on whole numbers have gaps. */
    private static final double LARGEST_COUNT = 0x1p53;

    private final Distribution distribution;
    private final boolean discrete;
    private final Shape shape;
    private final List<double[]> values;
    private final double @Nullable [] lower;
    private final double @Nullable [] upper;

    TruncatedDraws(Distribution distribution, Shape shape, List<double[]> values, double @Nullable [] lower,
                   double @Nullable [] upper) {
        this.distribution = distribution;
        this.discrete = distribution.isDiscrete();
        this.shape = shape;
        this.values = values;
        this.lower = lower;
        this.upper = upper;
    }

    double[] draw(RandomGenerator random) {
        double[] x = new double[shape.size()];
        Arrays.fill(x, Double.NaN);
        int missing = x.length;
        for (int t = 0; t < TRIES && missing > 0; t++) {
            double[] again = draws(random, x);
            missing = 0;
            for (int i = 0; i < x.length; i++) {
                if (Double.isNaN(x[i]) && again[i] >= lower(i) && again[i] <= upper(i)) x[i] = again[i];
                if (Double.isNaN(x[i])) missing++;
            }
        }
        if (missing > 0) invert(random, x);
        return x;
    }

    /** Draws of the distribution where there is none yet, or of all where it draws no single one. */
    private double[] draws(RandomGenerator random, double[] soFar) {
        if (!(distribution instanceof Univariate u)) return distribution.sample(random, shape, values);
        double[] x = new double[soFar.length];
        double[] p = new double[values.size()];
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(soFar[i])) continue;
            for (int k = 0; k < p.length; k++) p[k] = Multivariate.element(values.get(k), i);
            x[i] = u.sample(random, p);
        }
        return x;
    }

    private double lower(int i) {
        return lower == null ? Double.NEGATIVE_INFINITY : Multivariate.element(lower, i);
    }

    private double upper(int i) {
        return upper == null ? Double.POSITIVE_INFINITY : Multivariate.element(upper, i);
    }

    /** Fills what is NaN. */
    private void invert(RandomGenerator random, double[] x) {
        Function cdf = new Function();
        int n = x.length;
        double[] before = new double[n];
        double[] last = new double[n];
        for (int i = 0; i < n; i++) {
            before[i] = discrete ? Math.ceil(lower(i)) - 1 : lower(i);
            last[i] = upper(i);
        }
        double[][] low = cdf.at(before);
        double[][] high = cdf.at(last);
        boolean[] fromBelow = new boolean[n];
        double[] target = new double[n];
        long[] from = new long[n];
        long[] to = new long[n];
        for (int i = 0; i < n; i++) {
            fromBelow[i] = low[0][i] < -LOG_2;
            double nearer = fromBelow[i] ? high[0][i] : low[1][i];
            double ratio = StrictMath.exp((fromBelow[i] ? low[0][i] : high[1][i]) - nearer);
            target[i] = nearer + StrictMath.log(ratio + Draws.uniform(random) * (1 - ratio));
            from[i] = key(discrete ? Math.max(0, Math.ceil(lower(i))) : Math.max(lower(i), -Double.MAX_VALUE));
            to[i] = key(discrete ? Math.min(upper(i), LARGEST_COUNT) : Math.min(upper(i), Double.MAX_VALUE));
        }
        for (int step = 0; step < Long.SIZE; step++) {
            double[] middle = new double[n];
            for (int i = 0; i < n; i++) middle[i] = value(halfway(from[i], to[i]));
            double[][] logs = cdf.at(middle);
            for (int i = 0; i < n; i++) {
                boolean reached = fromBelow[i] ? logs[0][i] >= target[i] : logs[1][i] <= target[i];
                if (reached) {
                    to[i] = halfway(from[i], to[i]);
                } else {
                    from[i] = Math.min(to[i], halfway(from[i], to[i]) + 1);
                }
            }
        }
        for (int i = 0; i < n; i++) if (Double.isNaN(x[i])) x[i] = value(to[i]);
    }

    private static long halfway(long from, long to) {
        return (from & to) + ((from ^ to) >> 1);
    }

    /** A whole number, or a number by its place among all doubles: halving gets to one of them in 64 steps. */
    private long key(double x) {
        if (discrete) return (long) x;
        long bits = Double.doubleToLongBits(x);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private double value(long key) {
        if (discrete) return key;
        return Double.longBitsToDouble(key >= 0 ? key : Long.MIN_VALUE - key);
    }

    /** The logarithms of the distribution function and its complement, at these values of the parameters. */
    private final class Function {
        private final Expr input = Expr.shared("x", shape, new double[shape.size()]);
        private final List<Expr> outputs;
        private final Workspace workspace;

        Function() {
            Map<Expr, Expr> numbers = new HashMap<>();
            List<Expr> parameters = distribution.parameters();
            for (int k = 0; k < parameters.size(); k++) {
                Expr p = parameters.get(k);
                if (p.isPerDraw() || !Arrays.equals(SharedValues.of(p), values.get(k))) numbers.put(p, Expr.shared("p" + k, p.shape(), values.get(k)));
            }
            outputs = Expr.substitute(List.of(distribution.logCdf(input), distribution.logCcdf(input)), numbers);
            workspace = Program.of(outputs).workspace();
        }

        double[][] at(double[] x) {
            workspace.set(input, x, 0);
            workspace.run(0);
            double[][] logs = new double[2][x.length];
            for (int i = 0; i < 2; i++) workspace.shared(outputs.get(i), logs[i], 0);
            return logs;
        }
    }
}
