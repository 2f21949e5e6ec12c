package org.fluvia.dist;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;

/**
 * A family of {@link Distributions} for the contract: typical values of its parameters, values of x outside its
 * support whatever the parameters, and what Commons Statistics says of it.
 */
record FamilyCase(String name, double[][] typical, double[] outside,
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
    static List<FamilyCase> all() {
        return Stream.of(LineTable.families(), PositiveTable.families(), DiscreteTable.families()).flatMap(List::stream)
                .toList();
    }

    /** Those with a distribution function. */
    static List<FamilyCase> cumulative() {
        return all().stream().filter(f -> f.of(f.typical[0]) instanceof Cumulative).toList();
    }

    /** The parameters, by the table, with the first thing that each is checked for. */
    List<Parameter> parameters() {
        return Families.table().named(name).parameters().stream().map(p -> {
            Constraint c = p.constraints().get(0);
            return new Parameter(p.name(), c.words(), invalid(c));
        }).toList();
    }

    /** Values that are nearly valid, and others that are not. */
    private static double[] invalid(Constraint constraint) {
        double[] some = switch (constraint) {
            case FINITE -> new double[] {};
            case POSITIVE -> new double[] {0, -0.0, -10};
            case NOT_NEGATIVE -> new double[] {-4.9e-324, -10};
            case PROPORTION -> new double[] {-4.9e-324, 1 + 0x1p-52};
            case OPEN_PROPORTION -> new double[] {0, 1, -0.1};
            case POSITIVE_PROPORTION -> new double[] {0, 1 + 0x1p-52, -0.1};
            case WHOLE -> new double[] {2.5};
            case COUNT -> new double[] {-1, 2.5};
            default -> throw new IllegalArgumentException(constraint + " is no constraint of one number");
        };
        return with(with(with(some, Double.NaN), INF), -INF);
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
        return !parameters().get(parameter).constraint().startsWith("be a whole number");
    }

    Univariate of(double... p) {
        return of(Arrays.stream(p).mapToObj(Expr::of).toArray(Expr[]::new));
    }

    Univariate of(Expr... p) {
        return (Univariate) Families.table().named(name).of(List.of(p));
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
            if (parameters().get(k).name().equals("loc")) return p[k];
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

    static FamilyCase named(String name) {
        return all().stream().filter(f -> f.name.equals(name)).findFirst().orElseThrow();
    }

    /** The names of the families of some kinds. */
    static Set<String> named(Family.Kind... kinds) {
        return Families.table().rows().stream().filter(f -> List.of(kinds).contains(f.kind())).map(Family::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
