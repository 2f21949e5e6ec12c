package org.fluvia.dist;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;

/** What Commons Statistics says of a distribution; or a formula, where it has none. */
interface Oracle {
    double logDensity(double x);

    double cdf(double x);

    static Oracle of(DoubleUnaryOperator logDensity, DoubleUnaryOperator cdf) {
        return new Oracle() {
            @Override
            public double logDensity(double x) {
                return logDensity.applyAsDouble(x);
            }

            @Override
            public double cdf(double x) {
                return cdf.applyAsDouble(x);
            }
        };
    }

    /** From a smooth density on an interval beyond which there is nothing to speak of, by Simpson's rule. */
    static Oracle ofDensity(DoubleUnaryOperator density, double low, double high) {
        int n = 2000;
        double h = (high - low) / n;
        double[] cdf = new double[n + 1]; // up to low + i h
        for (int i = 0; i < n; i++) cdf[i + 1] = cdf[i] + simpson(density, low + i * h, low + (i + 1) * h);
        return of(x -> Math.log(density.applyAsDouble(x)), x -> {
            if (x <= low || x >= high) return x <= low ? 0 : 1;
            int i = Math.min(n - 1, (int) ((x - low) / h));
            return cdf[i] + simpson(density, low + i * h, x);
        });
    }

    private static double simpson(DoubleUnaryOperator f, double a, double b) {
        return (b - a) / 6 * (f.applyAsDouble(a) + 4 * f.applyAsDouble((a + b) / 2) + f.applyAsDouble(b));
    }

    /** From the masses of 0, 1, 2, .... */
    static Oracle ofMasses(DoubleUnaryOperator logMass) {
        return of(logMass, x -> {
            double sum = 0;
            for (double k = 0; k <= Math.floor(x) && k < 1e4; k++) sum += Math.exp(logMass.applyAsDouble(k));
            return sum;
        });
    }

    static Oracle of(ContinuousDistribution d) {
        return of(d, 0, 1);
    }

    /** Of loc + scale times a number distributed as d. */
    static Oracle of(ContinuousDistribution d, double loc, double scale) {
        return new Oracle() {
            @Override
            public double logDensity(double x) {
                return d.logDensity((x - loc) / scale) - Math.log(scale);
            }

            @Override
            public double cdf(double x) {
                return d.cumulativeProbability((x - loc) / scale);
            }
        };
    }

    /** Of the absolute value of a number whose distribution is symmetric about 0. */
    static Oracle half(Oracle o) {
        return of(x -> o.logDensity(x) + Math.log(2), x -> x < 0 ? 0 : 1 - 2 * o.cdf(-x));
    }

    static Oracle reciprocal(ContinuousDistribution d) {
        return new Oracle() {
            @Override
            public double logDensity(double x) {
                return d.logDensity(1 / x) - 2 * Math.log(x);
            }

            @Override
            public double cdf(double x) {
                return x <= 0 ? 0 : d.survivalProbability(1 / x);
            }
        };
    }

    static Oracle of(DiscreteDistribution d) {
        return new Oracle() {
            @Override
            public double logDensity(double x) {
                return d.logProbability((int) x);
            }

            @Override
            public double cdf(double x) {
                return d.cumulativeProbability((int) Math.floor(x));
            }
        };
    }
}
