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
