package org.fluvia.stan.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.dist.Distributions;
import org.fluvia.dist.Families;
import org.fluvia.dist.Family;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.jspecify.annotations.Nullable;

/** Densities, masses and distribution functions, from the table of families. */
public final class Densities {
    private static final Map<String, Entry> TABLE = new HashMap<>();

    static {
        for (Family f : Families.table().rows()) if (!f.stanName().isEmpty()) TABLE.put(f.stanName(), Entry.of(f));
    }

    /** Those whose names end in the same letters come in the order in which they are tried. */
    private static final List<Form> FORMS = List.of(new Form("_lpdf", true, Distribution::logDensity), new Form("_lpmf", true,
            Distribution::logDensity),
            new Form("_lupdf", true, Distribution::logDensity), new Form("_lupmf", true, Distribution::logDensity),
            new Form("_lcdf", true, Distribution::logCdf), new Form("_lccdf", true, Distribution::logCcdf), new Form("_ccdf_log", true,
                    Distribution::logCcdf),
            new Form("_cdf_log", true, Distribution::logCdf), new Form("_cdf", false, Distribution::logCdf), new Form("_log", true,
                    Distribution::logDensity));

    /** A function of a distribution, by the end of its name. */
    private record Form(String suffix, boolean isLogarithm, BiFunction<Distribution, Expr, Expr> evaluate) {}

    /** @param isElementwise whether all parameters and events are numbers */
    private record Entry(Family family, boolean isElementwise, boolean isRegression, int eventRank) {
        static Entry of(Family f) {
            boolean numbers = f.kind() == Family.Kind.NUMBERS || f.kind() == Family.Kind.COUNTS;
            return new Entry(f, numbers, f.kind() == Family.Kind.REGRESSIONS, f.example().eventRank());
        }
    }

    private Densities() {}

    /** The names of distributions, in order. */
    public static SortedSet<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }

    /** Whether there is a distribution of this name. */
    public static boolean has(String name) {
        return TABLE.containsKey(name);
    }

    /** Whether all parameters and events of a distribution are numbers. */
    public static boolean isOfNumbers(String name) {
        Entry entry = TABLE.get(name);
        return entry != null && entry.isElementwise;
    }

    /**
     * Values and what they are distributed as.
     *
     * @param lanes in which either differs
     * @param number the same of one number, which could be the same of many; null if it is of more, or more than that
     */
    public record Term(Expr values, Distribution distribution, @Nullable Lanes lanes, @Nullable OfNumber number) {
        public Term(Expr values, Distribution distribution, @Nullable Lanes lanes) {
            this(values, distribution, lanes, null);
        }

        /** The same values under another name. */
        public Term named(String name) {
            return new Term(values.named(name), distribution, lanes, number);
        }

        /** The same, cut at bounds; null for none. */
        public Term truncated(@Nullable Expr lower, @Nullable Expr upper) {
            Distribution cut = lower == null ? upper == null ? distribution : Distributions.rightTruncated(distribution, upper)
                    : upper == null ? Distributions.leftTruncated(distribution, lower) : Distributions.truncated(distribution, lower, upper);
            return new Term(values, cut, lanes);
        }

        /** The log-density, summed in each lane. */
        public Tensor logDensity() {
            return summed(distribution.logDensity(values), lanes);
        }
    }

    /** The distribution of a number, by Stan's name. */
    public record OfNumber(String name, List<Expr> parameters) {
        public OfNumber {
            parameters = List.copyOf(parameters);
        }

        /** The same distribution of values, each with parameters of its own or the same as the others. */
        public Term of(Expr values, List<Expr> given) {
            return term(name, tensor(values), given.stream().map(OfNumber::tensor).toList());
        }

        private static Tensor tensor(Expr e) {
            return e.shape().isScalar() ? Tensor.of(Type.REAL, new int[0], null, e) : Tensor.of(Type.VECTOR, e.shape().dims(), null, e);
        }
    }

    private static Tensor summed(Expr each, @Nullable Lanes lanes) {
        if (lanes == null) return Tensor.of(Type.REAL, new int[0], null, each.sum());
        int n = lanes.count();
        if (each.size() == n) return Tensor.of(Type.REAL, new int[0], lanes, each);
        if (n == 0 || each.size() % n != 0) throw new NotLifted("a density of another size");
        return Tensor.of(Type.REAL, new int[0], lanes, Functions.sum(each.reshape(Shape.of(n, each.size() / n)), 1));
    }

    /**
     * The distribution that values of a size have by Stan's name; null if its parameters ask for another size.
     *
     * @param parameters the same in all lanes
     */
    public static @Nullable Distribution distribution(String name, int[] dims, List<Tensor> parameters) {
        Entry entry = TABLE.get(name);
        if (entry == null) return null;
        if (!entry.isElementwise) return entry.isRegression ? null : entry.family.of(parameters.stream().map(Tensor::expr).toList());
        boolean fits = parameters.stream().allMatch(p -> p.isScalar() || Arrays.equals(p.dims(), dims));
        return fits ? entry.family.of(parameters.stream().map(Tensor::expr).toList()) : null;
    }

    /** Values and their distribution by Stan's name. */
    public static Term term(String name, Tensor values, List<Tensor> parameters) {
        Entry entry = TABLE.get(name);
        if (entry == null) throw new Refusal("there is no distribution `" + name + "` here");
        List<Tensor> all = new ArrayList<>(parameters);
        all.add(0, values);
        Lanes lanes = Elementwise.lanes(all);
        if (entry.isElementwise) {
            Tensor shaped = Elementwise.shaped(all);
            Expr x = values.aligned(lanes, shaped.dims());
            List<Expr> given = parameters.stream().map(p -> p.aligned(lanes, shaped.dims())).toList();
            Distribution d = entry.family.of(given);
            boolean isNumber = lanes == null && shaped.isScalar();
            return new Term(full(x, shaped, lanes), d, lanes, isNumber ? new OfNumber(name, given) : null);
        }
        if (lanes != null && entry.isRegression) throw new NotLifted("a regression in a loop");
        if (lanes != null && entry.eventRank > 1) throw new NotLifted("a density of matrices in a loop");
        List<Expr> given = new ArrayList<>();
        for (Tensor p : parameters) {
            if (p.lanes() != null && !p.type().isNumber() && entry.family.kind() == Family.Kind.CATEGORIES && !name.startsWith("categorical")) {
                throw new NotLifted("cutpoints that differ");
            }
            boolean perEvent = entry.eventRank == 0 && p.type().isNumber() || entry.eventRank == 0 && isNumbers(p, values);
            given.add(perEvent ? p.aligned(lanes, values.dims()) : p.expr());
        }
        Expr x = lanes == null ? values.expr() : inLanes(values, lanes);
        return new Term(x, entry.family.of(given), lanes);
    }

    /** Whether it is one number for each of the values, as the linear predictor of ordered categories is. */
    private static boolean isNumbers(Tensor p, Tensor values) {
        return !values.isScalar() && p.type().dimensions() == 1 && p.size() == values.size() && !p.type().is(Type.Base.VECTOR);
    }

    private static Expr inLanes(Tensor values, Lanes lanes) {
        Expr e = values.aligned(lanes, values.dims());
        return values.isScalar() ? full(e, values, lanes) : e;
    }

    /** With an element for each of the shaped value's. */
    private static Expr full(Expr x, Tensor shaped, @Nullable Lanes lanes) {
        if (!x.shape().isScalar() || lanes == null && shaped.isScalar()) return x;
        int[] dims = new int[shaped.dims().length + (lanes == null ? 0 : 1)];
        if (lanes != null) dims[0] = lanes.count();
        System.arraycopy(shaped.dims(), 0, dims, dims.length - shaped.dims().length, shaped.dims().length);
        return x.expand(Shape.of(dims), x.isPerDraw());
    }

    /** Forms of a distribution by the ends of their names, of those that core has for it; what they give of a term's values. */
    static @Nullable Tensor evaluated(String function, List<Tensor> arguments) {
        for (Form form : FORMS) {
            if (!function.endsWith(form.suffix)) continue;
            String name = function.substring(0, function.length() - form.suffix.length());
            if (!TABLE.containsKey(name)) continue;
            Term t = term(name, arguments.get(0), arguments.subList(1, arguments.size()));
            Tensor log = summed(form.evaluate.apply(t.distribution, t.values), t.lanes);
            return form.isLogarithm ? log : Elementwise.map(log, Expr::exp);
        }
        return null;
    }
}
