package org.fluvia.dist;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.FoldedNormalDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.LaplaceDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.fluvia.autodiff.Expr;

/**
 * A family of {@link Distributions} for the contract: its parameters, typical values of them, values of x outside its
 * support whatever the parameters, and what Commons Statistics says of it.
 */
record Family(String name, List<Parameter> parameters, double[][] typical, double[] outside,
              Function<double[], Oracle> oracle) {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] NOWHERE = {};
    private static final double[] NEGATIVE = {-4.9e-324, -1, -1e300, -INF, INF};
    private static final double[] NOT_POSITIVE = {0, -0.0, -4.9e-324, -1, -1e300, -INF, INF};
    private static final double[] NOT_COUNTS = {-1, 0.5, 4.9e-324, 1.0000000001, -1e300, -INF, INF};

    /** A parameter's name, the words of its check, and values that the check must refuse. */
    record Parameter(String name, String constraint, double... invalid) {}

    /** Every factory of {@link Distributions}. */
    static List<Family> all() {
        return List.of(
                new Family("normal", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(NormalDistribution.of(p[0], p[1]))),
                new Family("halfNormal", List.of(positive("scale")), sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.of(FoldedNormalDistribution.of(0, p[0]))),
                new Family("cauchy", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(CauchyDistribution.of(p[0], p[1]))),
                new Family("halfCauchy", List.of(positive("scale")), sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.half(CauchyDistribution.of(0, p[0]))),
                new Family("studentT", List.of(positive("df"), finite("loc"), positive("scale")),
                        new double[][] {{1, 0, 1}, {4, -3, 0.2}, {60, 2, 5}, {1e6, 2, 5}}, NOWHERE,
                        p -> Oracle.of(TDistribution.of(p[0]), p[1], p[2])),
                new Family("exponential", List.of(positive("rate")), sets1(1, 0.03, 20), NEGATIVE,
                        p -> Oracle.of(ExponentialDistribution.of(1 / p[0]))),
                new Family("gamma", List.of(positive("shape"), positive("rate")), sets(1, 1, 0.4, 0.2, 30, 6, 2, 50),
                        NOT_POSITIVE, p -> Oracle.of(GammaDistribution.of(p[0], 1 / p[1]))),
                new Family("inverseGamma", List.of(positive("shape"), positive("scale")), sets(1, 1, 0.4, 0.2, 30, 6, 2, 50),
                        NOT_POSITIVE, p -> Oracle.reciprocal(GammaDistribution.of(p[0], 1 / p[1]))),
                new Family("logNormal", List.of(finite("mu"), positive("sigma")), sets(0, 1, -3, 0.2, 2, 3), NOT_POSITIVE,
                        p -> Oracle.of(LogNormalDistribution.of(p[0], p[1]))),
                new Family("beta", List.of(positive("a"), positive("b")), sets(1, 1, 2, 3, 0.5, 4, 60, 1.5, 1, 7),
                        new double[] {-4.9e-324, -1, 1 + 0x1p-52, 3, -INF, INF},
                        p -> Oracle.of(BetaDistribution.of(p[0], p[1]))),
                new Family("uniform", List.of(finite("lower"), finite("upper")), sets(0, 1, -3, 8, 0.25, 0.26),
                        new double[] {-3.5, 8.5, -INF, INF},
                        p -> Oracle.of(UniformContinuousDistribution.of(p[0], p[1]))),
                new Family("laplace", List.of(finite("loc"), positive("scale")), sets(0, 1, -3, 0.2, 40, 6), NOWHERE,
                        p -> Oracle.of(LaplaceDistribution.of(p[0], p[1]))),
                new Family("bernoulli", List.of(probability("prob")), sets1(0.5, 0.03, 0.9), with(NOT_COUNTS, 2),
                        p -> Oracle.of(BinomialDistribution.of(1, p[0]))),
                new Family("bernoulliLogit", List.of(finite("logit")), sets1(0, -2, 4), with(NOT_COUNTS, 2),
                        p -> Oracle.of(BinomialDistribution.of(1, expit(p[0])))),
                new Family("binomial", List.of(count("trials"), probability("prob")), sets(1, 0.3, 12, 0.02, 40, 0.6),
                        with(NOT_COUNTS, 41), p -> Oracle.of(BinomialDistribution.of((int) p[0], p[1]))),
                new Family("binomialLogit", List.of(count("trials"), finite("logit")), sets(1, 0.3, 12, -3, 40, 1),
                        with(NOT_COUNTS, 41), p -> Oracle.of(BinomialDistribution.of((int) p[0], expit(p[1])))),
                new Family("poisson", List.of(notNegative("rate")), sets1(1, 0.03, 55), NOT_COUNTS,
                        p -> Oracle.of(PoissonDistribution.of(p[0]))),
                new Family("poissonLog", List.of(finite("logRate")), sets1(0, -3, 4), NOT_COUNTS,
                        p -> Oracle.of(PoissonDistribution.of(Math.exp(p[0])))));
    }

    private static Parameter finite(String name) {
        return new Parameter(name, "be finite", Double.NaN, INF, -INF);
    }

    private static Parameter positive(String name) {
        return new Parameter(name, "be positive and finite", 0, -0.0, -10, Double.NaN, INF, -INF);
    }

    private static Parameter notNegative(String name) {
        return new Parameter(name, "be finite and not negative", -4.9e-324, -10, Double.NaN, INF, -INF);
    }

    private static Parameter probability(String name) {
        return new Parameter(name, "be from 0 to 1", -4.9e-324, 1 + 0x1p-52, Double.NaN, INF, -INF);
    }

    private static Parameter count(String name) {
        return new Parameter(name, "be a whole number from 0", -1, 2.5, Double.NaN, INF, -INF);
    }

    private static double[][] sets1(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    private static double[][] sets(double... values) {
        double[][] sets = new double[values.length / 2][];
        for (int i = 0; i < sets.length; i++) sets[i] = new double[] {values[2 * i], values[2 * i + 1]};
        return sets;
    }

    private static double[] with(double[] values, double more) {
        double[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = more;
        return all;
    }

    private static double expit(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    boolean isDiscrete() {
        return of(typical[0]).isDiscrete();
    }

    /** Where the density has derivatives in this parameter: everywhere but in counts. */
    boolean isSmoothIn(int parameter) {
        return !parameters.get(parameter).name().equals("trials");
    }

    Univariate of(double... p) {
        return of(Arrays.stream(p).mapToObj(Expr::of).toArray(Expr[]::new));
    }

    Univariate of(Expr... p) {
        try {
            Class<?>[] types = new Class<?>[p.length];
            Arrays.fill(types, Expr.class);
            return (Univariate) Distributions.class.getMethod(name, types).invoke(null, (Object[]) p);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Quantiles of a typical distribution, and of its tails to 1e-6. */
    double[] points(double[] p) {
        double[] levels = {1e-6, 1e-3, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1 - 1e-3, 1 - 1e-6};
        Oracle o = oracle.apply(p);
        return Arrays.stream(levels).map(level -> quantile(o, level)).distinct().toArray();
    }

    private double quantile(Oracle o, double level) {
        double low = -1e9;
        double high = 1e9;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (o.cdf(middle) >= level) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return isDiscrete() ? Math.rint(high) : high;
    }

    static Family named(String name) {
        return all().stream().filter(f -> f.name.equals(name)).findFirst().orElseThrow();
    }

    static Method[] factories() {
        return Arrays.stream(Distributions.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .toArray(Method[]::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
