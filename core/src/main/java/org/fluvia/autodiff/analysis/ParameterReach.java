package org.fluvia.autodiff.analysis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Reach;
import org.jspecify.annotations.Nullable;

/**
 * What a declared parameter runs through, or a value that is linear in parameters with shared coefficients. It is exact, so
 * that a value that must be positive and is found to come below 0 certainly does; of all other values nothing is known.
 */
public final class ParameterReach {
    /** Deeper expressions are not looked through. */
    private static final int DEEPEST = 24;

    private final List<Expr> parameters;
    private final Reach reach;
    private final boolean itself;

    private ParameterReach(List<Expr> parameters, Reach reach, boolean itself) {
        this.parameters = parameters;
        this.reach = reach;
        this.itself = itself;
    }

    /** Empty if nothing is known. */
    public static Optional<ParameterReach> of(Expr x) {
        return Optional.ofNullable(x.isPerDraw() ? of(x, DEEPEST) : null);
    }

    /** The parameters that the value is computed from, as they were declared. */
    public List<Declaration> declarations() {
        return parameters.stream().map(p -> new Declaration(String.valueOf(p.name()), declaration(p).as())).toList();
    }

    /** A parameter's name, and what it was declared as, for example "real". */
    public record Declaration(String name, String as) {}

    /** What the value's elements run through. */
    public Reach reach() {
        return reach;
    }

    /** Whether the value is the parameter, or elements of it, and not computed from it. */
    public boolean isParameter() {
        return itself;
    }

    private static @Nullable ParameterReach of(Expr x, int depth) {
        if (depth == 0 || !x.isPerDraw()) return null;
        return switch (x.op().form()) {
            case PARAMETER -> new ParameterReach(List.of(x), declaration(x).reach(), true);
            case PLUS, MINUS, TIMES, DIVIDED -> arithmetic(x, depth - 1);
            case PRODUCT -> product(x, depth - 1);
            case JOIN -> concat(x, depth - 1);
            case RESHAPE, PART, REARRANGE, REPEAT, SELECT, GATHER, NEG, SUM -> {
                ParameterReach p = of(x.operand(0), depth - 1);
                yield p == null ? null : p.through(x);
            }
            default -> null;
        };
    }

    private static org.fluvia.autodiff.op.Declaration declaration(Expr parameter) {
        return requireNonNull(parameter.op().declaration());
    }

    /** What x runs through, which is made of what this belongs to alone. */
    private @Nullable ParameterReach through(Expr x) {
        int[] places = x.op().places(x);
        return switch (x.op().form()) {
            case RESHAPE -> this;
            case PART -> chosen(range(x.op().viewFrom(), x.op().viewFrom() + x.size()), reach.independent);
            case REARRANGE -> chosen(places, reach.independent);
            case REPEAT -> chosen(new int[x.size()], false);
            case SELECT -> chosen(places != null && Arrays.stream(places).allMatch(i -> i >= 0) ? places : null, false);
            case GATHER -> chosen(indices(x.operand(1), reach.size()), false);
            case NEG -> scaled(new double[] {-1}, reach.size());
            default -> combined(ones(reach.size()), 1);
        };
    }

    private static @Nullable ParameterReach arithmetic(Expr x, int depth) {
        Form form = x.op().form();
        Expr a = x.operand(0);
        Expr b = x.operand(1);
        int n = x.size();
        if (a.isPerDraw() && b.isPerDraw()) {
            if (form != Form.PLUS && form != Form.MINUS) return null;
            ParameterReach p = of(a, depth);
            ParameterReach q = p == null ? null : of(b, depth);
            if (p == null || q == null || p.parameters.stream().anyMatch(q.parameters::contains)) return null;
            return p.plus(form == Form.PLUS ? q : q.scaled(new double[] {-1}, q.reach.size()), n);
        }
        ParameterReach p = of(a.isPerDraw() ? a : b, depth);
        if (p == null) return null;
        double[] c = SharedValues.of(a.isPerDraw() ? b : a);
        return switch (form) {
            case PLUS -> p.shifted(c, n);
            case MINUS -> a.isPerDraw() ? p.shifted(negative(c), n) : p.scaled(new double[] {-1}, p.reach.size()).shifted(c, n);
            case TIMES -> p.scaled(c, n);
            default -> a.isPerDraw() ? p.scaled(reciprocal(c), n) : null;
        };
    }

    /** A shared matrix times elements that reach their ends in every combination. */
    private static @Nullable ParameterReach product(Expr x, int depth) {
        Expr matrix = x.operand(0);
        if (matrix.isPerDraw() || x.operand(1).shape().rank() != 1) return null;
        ParameterReach p = of(x.operand(1), depth);
        return p == null ? null : p.combined(SharedValues.of(matrix), x.size());
    }

    private static @Nullable ParameterReach concat(Expr x, int depth) {
        List<Expr> parameters = new ArrayList<>();
        double[] low = new double[x.shape().size()];
        double[] high = new double[low.length];
        int at = 0;
        for (int i = 0; i < x.operandCount(); i++) {
            ParameterReach p = of(x.operand(i), depth);
            if (p == null || p.parameters.stream().anyMatch(parameters::contains)) return null;
            parameters.addAll(p.parameters);
            System.arraycopy(p.reach.low, 0, low, at, p.reach.size());
            System.arraycopy(p.reach.high, 0, high, at, p.reach.size());
            at += p.reach.size();
        }
        return parameters.isEmpty() ? null : new ParameterReach(parameters, new Reach(low, high, false), false);
    }

    private @Nullable ParameterReach chosen(int @Nullable [] from, boolean independent) {
        if (from == null) return null;
        double[] low = new double[from.length];
        double[] high = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            low[i] = reach.low[from[i]];
            high[i] = reach.high[from[i]];
        }
        return new ParameterReach(parameters, new Reach(low, high, independent), itself);
    }

    private ParameterReach shifted(double[] by, int n) {
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            low[i] = at(reach.low, i) + at(by, i);
            high[i] = at(reach.high, i) + at(by, i);
        }
        return new ParameterReach(parameters, new Reach(low, high, reach.independent && reach.size() == n), false);
    }

    private ParameterReach scaled(double[] by, int n) {
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            double c = at(by, i);
            low[i] = times(c, at(c < 0 ? reach.high : reach.low, i));
            high[i] = times(c, at(c < 0 ? reach.low : reach.high, i));
        }
        return new ParameterReach(parameters, new Reach(low, high, reach.independent && reach.size() == n), false);
    }

    private ParameterReach plus(ParameterReach q, int n) {
        List<Expr> both = new ArrayList<>(parameters);
        both.addAll(q.parameters);
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            low[i] = at(reach.low, i) + at(q.reach.low, i);
            high[i] = at(reach.high, i) + at(q.reach.high, i);
        }
        return new ParameterReach(both, new Reach(low, high, false), false);
    }

    private @Nullable ParameterReach combined(double[] matrix, int rows) {
        if (!reach.independent) return null;
        int k = reach.size();
        double[] low = new double[rows];
        double[] high = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < k; j++) {
                double c = matrix[i * k + j];
                low[i] += times(c, c < 0 ? reach.high[j] : reach.low[j]);
                high[i] += times(c, c < 0 ? reach.low[j] : reach.high[j]);
            }
        }
        return new ParameterReach(parameters, new Reach(low, high, false), false);
    }

    private static double at(double[] x, int i) {
        return x[x.length == 1 ? 0 : i];
    }

    /** The product, where 0 times infinity is 0. */
    private static double times(double c, double end) {
        return c == 0 ? 0 : c * end;
    }

    private static double[] negative(double[] x) {
        return Arrays.stream(x).map(v -> -v).toArray();
    }

    private static double[] reciprocal(double[] x) {
        return Arrays.stream(x).map(v -> 1 / v).toArray();
    }

    private static double[] ones(int n) {
        double[] x = new double[n];
        Arrays.fill(x, 1);
        return x;
    }

    private static int[] range(int from, int to) {
        int[] x = new int[to - from];
        Arrays.setAll(x, i -> from + i);
        return x;
    }

    private static int @Nullable [] indices(Expr index, int size) {
        double[] values = SharedValues.of(index);
        int[] x = new int[values.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (int) values[i];
            if (x[i] != values[i] || x[i] < 0 || x[i] >= size) return null;
        }
        return x;
    }
}
