package org.fluvia.dist;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;

/**
 * A family of {@link Distributions} for the contract: its parameters, typical values of them, values of x outside its
 * support whatever the parameters, and what Commons Statistics says of it.
 */
record Family(String name, List<Parameter> parameters, double[][] typical, double[] outside,
              Function<double[], Oracle> oracle) {
    static final double INF = Double.POSITIVE_INFINITY;
    static final double[] NOWHERE = {};
    static final double[] NEGATIVE = {-4.9e-324, -1, -1e300, -INF, INF};
    static final double[] NOT_POSITIVE = {0, -0.0, -4.9e-324, -1, -1e300, -INF, INF};
    static final double[] NOT_COUNTS = {-1, 0.5, 4.9e-324, 1.0000000001, -1e300, -INF, INF};

    /** The families that have no distribution function in closed form or by special functions. */
    static final List<String> WITHOUT_CDF = List.of("skewNormal", "vonMises", "betaBinomial", "betaNegBinomial", "hypergeometric");

    /** A parameter's name, the words of its check, and values that the check must refuse. */
    record Parameter(String name, String constraint, double... invalid) {}

    /** Every factory of {@link Distributions} whose parameters are numbers. */
    static List<Family> all() {
        return Stream.of(LineTable.families(), PositiveTable.families(), DiscreteTable.families()).flatMap(List::stream)
                .toList();
    }

    /** Those with a distribution function. */
    static List<Family> cumulative() {
        return all().stream().filter(f -> f.of(f.typical[0]) instanceof Cumulative).toList();
    }

    static Parameter finite(String name) {
        return new Parameter(name, "be finite", Double.NaN, INF, -INF);
    }

    static Parameter positive(String name) {
        return new Parameter(name, "be positive and finite", 0, -0.0, -10, Double.NaN, INF, -INF);
    }

    static Parameter notNegative(String name) {
        return new Parameter(name, "be finite and not negative", -4.9e-324, -10, Double.NaN, INF, -INF);
    }

    static Parameter openProportion(String name) {
        return new Parameter(name, "be above 0 and below 1", 0, 1, -0.1, Double.NaN, INF, -INF);
    }

    static Parameter positiveProportion(String name) {
        return new Parameter(name, "be above 0 and at most 1", 0, 1 + 0x1p-52, -0.1, Double.NaN, INF, -INF);
    }

    static Parameter whole(String name) {
        return new Parameter(name, "be a whole number", 2.5, Double.NaN, INF, -INF);
    }

    static Parameter probability(String name) {
        return new Parameter(name, "be from 0 to 1", -4.9e-324, 1 + 0x1p-52, Double.NaN, INF, -INF);
    }

    static Parameter count(String name) {
        return new Parameter(name, "be a whole number from 0", -1, 2.5, Double.NaN, INF, -INF);
    }

    static double[][] sets1(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    static double[][] sets(double... values) {
        double[][] sets = new double[values.length / 2][];
        for (int i = 0; i < sets.length; i++) sets[i] = new double[] {values[2 * i], values[2 * i + 1]};
        return sets;
    }

    static double[] with(double[] values, double more) {
        double[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = more;
        return all;
    }

    boolean isDiscrete() {
        return of(typical[0]).isDiscrete();
    }

    /** Where the density has derivatives in this parameter: everywhere but in counts. */
    boolean isSmoothIn(int parameter) {
        return !parameters.get(parameter).constraint().startsWith("be a whole number");
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

    /** The location, where a density can have a kink; the median where there is no such parameter. */
    double centre(double[] p) {
        for (int k = 0; k < p.length; k++) {
            if (parameters.get(k).name().equals("loc")) return p[k];
        }
        return quantile(p, 0.5);
    }

    /** The number below which a level of the probability lies. */
    double quantile(double[] p, double level) {
        return quantile(oracle.apply(p), level);
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
        return Stream.of(LineFamilies.class, PositiveFamilies.class, DiscreteFamilies.class)
                .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .toArray(Method[]::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
