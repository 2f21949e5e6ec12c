package org.fluvia.dist;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.GeometricDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.LogisticDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.distribution.WeibullDistribution;
import org.fluvia.autodiff.Expr;

/**
 * A distribution of numbers made of others, for the contract.
 *
 * @param of makes it from its scalar parameters
 * @param smooth whether there is a derivative in each of them
 * @param x points inside the support
 * @param oracle the log-density, or log-mass, and distribution function by Commons Statistics
 */
record CompositeCase(String label, Function<Expr[], Distribution> of, double[] parameters, double[] x, Oracle oracle) {

    static List<CompositeCase> all() {
        Oracle narrow = Oracle.of(NormalDistribution.of(-1, 0.5));
        Oracle wide = Oracle.of(NormalDistribution.of(2, 3));
        Oracle t = Oracle.of(TDistribution.of(4), -3, 0.2);
        Oracle poisson3 = Oracle.of(PoissonDistribution.of(3));
        Oracle poisson20 = Oracle.of(PoissonDistribution.of(20));
        Oracle binomial = Oracle.of(BinomialDistribution.of(10, 0.2));
        Oracle logNormal = Oracle.of(LogNormalDistribution.of(0.3, 0.8));
        Oracle gamma = Oracle.of(GammaDistribution.of(2, 1 / 1.5));
        Oracle logistic = Oracle.of(LogisticDistribution.of(-3, 0.2));
        Oracle weibull = Oracle.of(WeibullDistribution.of(2, 1.5));
        Oracle waiting = Oracle.of(GeometricDistribution.of(0.3));
        return List.of(
                new CompositeCase("two normals", p -> Distributions.mixture(two(p[0]),
                        Distributions.normal(p[1], p[2]), Distributions.normal(p[3], p[4])),
                        values(0.3, -1, 0.5, 2, 3), values(-40, -3, -1, 0.1, 2, 9, 60),
                        mixture(values(0.3, 0.7), narrow, wide)),
                new CompositeCase("three kinds", p -> Distributions.mixture(Expr.concat(p[0], p[1], p[2]),
                        Distributions.normal(p[3], 0.5), Distributions.studentT(4, p[4], 0.2), Distributions.gamma(2, p[5])),
                        values(0.5, 0.2, 0.3, -1, -3, 1.5), values(-40, -3, -1, 0.1, 2, 9, 60),
                        mixture(values(0.5, 0.2, 0.3), narrow, t, gamma)),
                new CompositeCase("by index", p -> Distributions.mixture(two(p[0]),
                        k -> Distributions.normal(p[1 + 2 * k], p[2 + 2 * k])),
                        values(0.3, -1, 0.5, 2, 3), values(-3, -1, 2),
                        mixture(values(0.3, 0.7), narrow, wide)),
                new CompositeCase("two counts", p -> Distributions.mixture(p[0], Distributions.poisson(p[1]),
                        Distributions.poisson(p[2])),
                        values(0.4, 3, 20), values(0, 1, 3, 11, 25, 60),
                        mixture(values(0.4, 0.6), poisson3, poisson20)),
                new CompositeCase("zero-inflated Poisson", p -> Distributions.zeroInflated(p[0], Distributions.poisson(p[1])),
                        values(0.25, 3), values(0, 1, 3, 11, 40), inflated(0.25, poisson3)),
                new CompositeCase("zero-inflated binomial", p -> Distributions.zeroInflated(p[0],
                        Distributions.binomialLogit(Expr.of(10), p[1])),
                        values(0.6, StrictMath.log(0.25)), values(0, 1, 3, 10), inflated(0.6, binomial)),
                new CompositeCase("hurdle of counts", p -> Distributions.hurdle(p[0], Distributions.poisson(p[1])),
                        values(0.25, 3), values(0, 1, 3, 11, 40), hurdle(0.25, poisson3, Math.exp(-3))),
                new CompositeCase("normal between bounds", p -> Distributions.truncated(Distributions.normal(p[0], p[1]), p[2], p[3]),
                        values(2, 3, -1, 4.5), values(-0.99, 0, 2, 4.4), truncated(wide, -1, 4.5)),
                new CompositeCase("left-truncated logistic", p -> Distributions.leftTruncated(
                        Distributions.logistic(p[0], 0.2), p[1]),
                        values(-3, -2.5), values(-2.49, -2, 0, 3), truncated(logistic, -2.5, 1e300)),
                new CompositeCase("right-truncated Weibull", p -> Distributions.rightTruncated(
                        Distributions.weibull(2, p[0]), p[1]),
                        values(1.5, 1.25), values(0.01, 0.7, 1.2), truncated(weibull, 0, 1.25)),
                new CompositeCase("counts from 2 to 5", p -> Distributions.truncated(new Waiting(p[0]), 2, 5),
                        values(0.3), values(2, 3, 4, 5), truncated(waiting, 1, 5)),
                new CompositeCase("counts from 3.5", p -> Distributions.leftTruncated(new Waiting(p[0]), 3.5),
                        values(0.3), values(4, 5, 12), truncated(waiting, 3, 1e6)),
                new CompositeCase("censored normal", p -> Distributions.censored(Distributions.normal(p[0], p[1]), -1, 4.5),
                        values(2, 3), values(-1, 0, 2, 4.5, 7), censored(wide, -1, 4.5, 4.5)),
                new CompositeCase("right-censored Weibull", p -> Distributions.rightCensored(
                        Distributions.weibull(2, p[0]), 2.25),
                        values(1.5), values(0.01, 0.7, 2.25), censored(weibull, -1, 2.25, 2.25)),
                new CompositeCase("right-censored from an entry on", p -> Distributions.rightCensored(
                        Distributions.leftTruncated(Distributions.weibull(2, p[0]), 0.5), 2.25),
                        values(1.5), values(0.6, 1.7, 2.25), censored(truncated(weibull, 0.5, 1e300), -1, 2.25, 2.25)),
                new CompositeCase("left-censored between bounds", p -> Distributions.leftCensored(
                        Distributions.truncated(Distributions.normal(p[0], p[1]), -2, 4), -1),
                        values(2, 3), values(-1, 0, 3.9), censored(truncated(wide, -2, 4), -1, 1e300, 1e300)),
                new CompositeCase("right-censored mixture", p -> Distributions.rightCensored(Distributions.mixture(two(p[0]),
                        Distributions.normal(p[1], p[2]), Distributions.normal(2, 3)), 3),
                        values(0.3, -1, 0.5), values(-40, -1, 2, 3, 4),
                        censored(mixture(values(0.3, 0.7), narrow, wide), -1e300, 3, 3)),
                new CompositeCase("truncated mixture", p -> Distributions.truncated(Distributions.mixture(two(p[0]),
                        Distributions.normal(p[1], p[2]), Distributions.normal(2, 3)), 0.5, 3),
                        values(0.3, -1, 0.5), values(0.6, 1, 2, 2.9),
                        truncated(mixture(values(0.3, 0.7), narrow, wide), 0.5, 3)),
                new CompositeCase("left-censored counts", p -> Distributions.leftCensored(new Waiting(p[0]), 2),
                        values(0.3), values(2, 3, 9), censored(waiting, 2, 1e6, 1e6)),
                new CompositeCase("right-censored counts", p -> Distributions.rightCensored(new Waiting(p[0]), 4),
                        values(0.3), values(0, 3, 4), censored(waiting, -1, 3, 4)),
                new CompositeCase("hurdle of counts by inversion", p -> Distributions.hurdle(p[0], new Waiting(p[1])),
                        values(0.25, 0.999), values(0, 1, 2), hurdle(0.25, Oracle.of(GeometricDistribution.of(0.999)), 0.999)),
                new CompositeCase("hurdle of positive numbers", p -> Distributions.hurdle(p[0],
                        Distributions.logNormal(p[1], p[2])),
                        values(0.35, 0.3, 0.8), values(0, 0.01, 0.7, 1, 12), hurdle(0.35, logNormal, 0)));
    }

    private static Expr two(Expr weight) {
        return Expr.concat(weight, Expr.of(1).minus(weight));
    }

    private static double[] values(double... values) {
        return values;
    }

    private static Oracle mixture(double[] weights, Oracle... parts) {
        return oracle(x -> {
            double[] logs = new double[parts.length];
            Arrays.setAll(logs, k -> Math.log(weights[k]) + logDensity(parts[k], x));
            double largest = Arrays.stream(logs).max().orElseThrow();
            return largest + Math.log(Arrays.stream(logs).map(l -> Math.exp(l - largest)).sum());
        }, x -> {
            double sum = 0;
            for (int k = 0; k < parts.length; k++) sum += weights[k] * parts[k].cdf(x);
            return sum;
        });
    }

    private static double logDensity(Oracle part, double x) {
        double l = part.logDensity(x);
        return Double.isNaN(l) ? Double.NEGATIVE_INFINITY : l;
    }

    private static Oracle inflated(double prob, Oracle counts) {
        return oracle(x -> Math.log((x == 0 ? prob : 0) + (1 - prob) * Math.exp(counts.logDensity(x))),
                x -> x < 0 ? 0 : prob + (1 - prob) * counts.cdf(x));
    }

    private static Oracle hurdle(double prob, Oracle others, double atZero) {
        return oracle(x -> x == 0 ? Math.log(prob) : Math.log((1 - prob) * Math.exp(others.logDensity(x)) / (1 - atZero)),
                x -> x < 0 ? 0 : prob + (1 - prob) * (others.cdf(x) - atZero) / (1 - atZero));
    }

    /** @param from the last place that is not in */
    private static Oracle truncated(Oracle of, double from, double to) {
        double mass = of.cdf(to) - of.cdf(from);
        return oracle(x -> of.logDensity(x) - Math.log(mass),
                x -> Math.min(1, Math.max(0, (of.cdf(x) - of.cdf(from)) / mass)));
    }

    /** @param last the last place below the upper bound, which is the bound itself of a continuous distribution */
    private static Oracle censored(Oracle of, double lower, double last, double upper) {
        return oracle(x -> x <= lower ? Math.log(of.cdf(lower)) : x >= upper ? Math.log(1 - of.cdf(last)) : of.logDensity(x),
                x -> x < lower ? 0 : x >= upper ? 1 : of.cdf(x));
    }

    private static Oracle oracle(DoubleUnaryOperator logDensity, DoubleUnaryOperator cdf) {
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

    Distribution of(double... p) {
        return of.apply(Arrays.stream(p).mapToObj(Expr::of).toArray(Expr[]::new));
    }

    @Override
    public String toString() {
        return label;
    }
}
