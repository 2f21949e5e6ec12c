package org.fluvia.dist;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;

/** What Commons Statistics says of a distribution. */
interface Oracle {
    double logDensity(double x);

    double cdf(double x);

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

    /** Of the absolute value of a number distributed as d, symmetric about 0. */
    static Oracle half(ContinuousDistribution d) {
        return new Oracle() {
            @Override
            public double logDensity(double x) {
                return d.logDensity(x) + Math.log(2);
            }

            @Override
            public double cdf(double x) {
                return x < 0 ? 0 : d.probability(-x, x);
            }
        };
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
