package org.fluvia.dist;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Draws of a distribution at parameters that may be invalid: a negative rate, a probability above 1. The checks are those that
 * the distribution's constructor makes of data, of which there is one list. Immutable and thread-safe.
 */
public final class ParameterChecks {
    /** Where constructors leave their checks while they are collected; else none is kept. */
    private static final ThreadLocal<List<Demand>> COLLECTING = new ThreadLocal<>();

    /** What a distribution demands of a parameter: the first element that is invalid, or -1, and in what words. */
    record Demand(String distribution, String argument, Expr of, @Nullable Expr than, Finder finder, Constraint constraint, String words) {}

    @FunctionalInterface
    interface Finder {
        /** The first invalid element from an index on; -1 if there is none. */
        int find(double[] values, double[] than, int from);
    }

    private final Distribution distribution;
    private final List<Demand> checks;
    /** For each check the position of its parameters among the distribution's; -1 where there is no second one. */
    private final int[] first;
    private final int[] second;

    private ParameterChecks(Distribution distribution, List<Demand> checks) {
        this.distribution = distribution;
        this.checks = checks;
        List<Expr> parameters = distribution.parameters();
        first = checks.stream().mapToInt(c -> parameters.indexOf(c.of)).toArray();
        second = checks.stream().mapToInt(c -> c.than == null ? -1 : parameters.indexOf(c.than)).toArray();
    }

    /** The checks of a distribution and of those that it is made of; none of one that is not Fluvia's own. */
    public static ParameterChecks of(Distribution distribution) {
        List<Demand> all = new ArrayList<>();
        collect(distribution, all);
        List<Expr> parameters = distribution.parameters();
        // a value that a constructor computes for its check is not among the parameters
        all.removeIf(c -> !parameters.contains(c.of) || c.than != null && !parameters.contains(c.than));
        return new ParameterChecks(distribution, all);
    }

    /** An array drawn, row-major, and why some of it is NaN: null if nothing is. */
    public record Drawn(double[] values, @Nullable String invalid) {}

    /**
     * Draws an array; NaN where a parameter is invalid: of numbers that are independent the elements whose own parameters are, else
     * all.
     *
     * @param values for each of the distribution's parameters its elements, row-major; not modified
     * @throws IllegalArgumentException if the shape does not fit
     */
    public Drawn sample(RandomGenerator random, Shape shape, List<double[]> values) {
        String invalid = null;
        boolean[] bad = null;
        for (int c = 0; c < checks.size(); c++) {
            Demand check = checks.get(c);
            double[] of = values.get(first[c]);
            double[] than = second[c] < 0 ? of : values.get(second[c]);
            for (int i = check.finder.find(of, than, 0); i >= 0; i = check.finder.find(of, than, i + 1)) {
                if (invalid == null) invalid = describe(check, of, than, i);
                if (bad == null) bad = new boolean[shape.size()];
                boolean own = distribution instanceof Univariate && Math.max(of.length, than.length) == bad.length && bad.length > 1;
                if (own) bad[i] = true;
                else Arrays.fill(bad, true);
                if (!own) break;
            }
        }
        if (bad == null) return new Drawn(distribution.sample(random, shape, values), null);
        return new Drawn(distribution instanceof Univariate u ? sampleOthers(u, random, values, bad) : nothing(shape), invalid);
    }

    private static double[] sampleOthers(Univariate u, RandomGenerator random, List<double[]> values, boolean[] bad) {
        double[] x = new double[bad.length];
        double[] p = new double[values.size()];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < p.length; k++) p[k] = Multivariate.element(values.get(k), i);
            x[i] = bad[i] ? Double.NaN : u.sample(random, p);
        }
        return x;
    }

    private static double[] nothing(Shape shape) {
        double[] x = new double[shape.size()];
        Arrays.fill(x, Double.NaN);
        return x;
    }

    private static String describe(Demand check, double[] of, double[] than, int i) {
        int element = of.length == 1 ? 0 : i;
        String name = Element.label(check.argument, check.of.shape(), element);
        String of2 = check.than == null ? "" : Element.text(than[than.length == 1 ? 0 : i]);
        return check.distribution + ": " + name + " must " + check.words + of2 + ", but was " + of[element] + " ("
                + (check.of.name() == null || check.of.name().equals(check.argument) ? "" : check.of.name() + ", ") + check.of.source() + ")";
    }

    /** What is demanded while something is made, by constructors of distributions. */
    static List<Demand> demandsOf(Runnable making) {
        List<Demand> demands = new ArrayList<>();
        List<Demand> before = COLLECTING.get();
        try {
            COLLECTING.set(demands);
            making.run();
        } finally {
            COLLECTING.set(before);
        }
        return demands;
    }

    // For constructors

    static void each(String distribution, String argument, Expr x, Constraint constraint) {
        each(distribution, argument, x, constraint::isMetBy, constraint, constraint.words());
    }

    static void each(String distribution, String argument, Expr x, DoublePredicate valid, Constraint constraint, String words) {
        add(new Demand(distribution, argument, x, null, (v, than, from) -> {
            for (int i = from; i < v.length; i++) if (!valid.test(v[i])) return i;
            return -1;
        }, constraint, words));
    }

    /** @param words the lower number is put after them */
    static void ordered(String distribution, String argument, Expr low, Expr high, boolean strict, String words) {
        add(new Demand(distribution, argument, high, low, (b, a, from) -> {
            for (int i = from; i < (a.length == 1 ? b.length : a.length); i++) {
                double l = a[a.length == 1 ? 0 : i];
                double h = b[b.length == 1 ? 0 : i];
                if (!(l < h || !strict && l == h)) return i;
            }
            return -1;
        }, strict ? Constraint.ABOVE : Constraint.AT_LEAST, words));
    }

    /** @param finder the first invalid element of the whole value, or -1 */
    static void whole(String distribution, String argument, Expr x, Function<double[], Integer> finder, Constraint constraint,
                      String words) {
        add(new Demand(distribution, argument, x, null, (v, than, from) -> from > 0 ? -1 : finder.apply(v), constraint, words));
    }

    private static void add(Demand check) {
        List<Demand> to = COLLECTING.get();
        if (to != null) to.add(check);
    }

    /** Makes the distribution once more, of the same parameters, and those that it is made of: constructors tell their checks. */
    private static void collect(Object part, List<Demand> to) {
        if (part instanceof List<?> list) list.forEach(x -> collect(x, to));
        if (!(part instanceof Distribution) || !part.getClass().isRecord() || part.getClass().getPackage() != ParameterChecks.class.getPackage()) {
            return;
        }
        RecordComponent[] components = part.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        List<Demand> before = COLLECTING.get();
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(part);
                collect(values[i], to);
            }
            Constructor<?> constructor = part.getClass().getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            COLLECTING.set(to);
            constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(part + " cannot be made again", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(part + " cannot be made again", e);
        } finally {
            COLLECTING.set(before);
        }
    }
}
