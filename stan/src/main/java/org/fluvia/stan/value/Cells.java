package org.fluvia.stan.value;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** The elements of a variable, which may be assigned one by one: each is a number, or an element of some expression. Mutable. */
final class Cells {
    /** So many expressions that are put together are kept so: what is read again and longer each time is not put together anew. */
    private static final int MANY = 8;

    /** For each element the expression that has it; null for a number. */
    private final @Nullable Expr[] source;
    private final int[] offset;
    private final double[] numbers;
    private int expressions;

    Cells(int size) {
        source = new Expr[size];
        offset = new int[size];
        numbers = new double[size];
    }

    Cells(Cells other) {
        source = other.source.clone();
        offset = other.offset.clone();
        numbers = other.numbers.clone();
        expressions = other.expressions;
    }

    int size() {
        return source.length;
    }

    /** The elements of a value in all lanes are assigned to these places, in order. */
    void set(int[] places, Tensor value) {
        if (value.isData()) {
            double[] values = value.numbers();
            for (int i = 0; i < places.length; i++) put(places[i], null, 0, values[i]);
        } else {
            Expr flat = value.expr();
            for (int i = 0; i < places.length; i++) put(places[i], flat, i, Double.NaN);
        }
    }

    /** The places whose elements are not the other's. */
    int[] differences(Cells other) {
        return IntStream.range(0, source.length).filter(p -> source[p] != other.source[p]
                || (source[p] == null ? Double.compare(numbers[p], other.numbers[p]) != 0 : offset[p] != other.offset[p])).toArray();
    }

    void fill(double x) {
        Arrays.fill(numbers, x);
    }

    private void put(int place, @Nullable Expr e, int at, double number) {
        if (source[place] != null) expressions--;
        if (e != null) expressions++;
        source[place] = e;
        offset[place] = at;
        numbers[place] = number;
    }

    /** Adds the expressions that have elements at these places. */
    void sources(int[] places, Set<Expr> to) {
        for (int p : places) {
            Expr e = source[p];
            if (e != null) to.add(e);
        }
    }

    /** Takes elements from where they are now. */
    void move(Moved moved) {
        for (int p = 0; p < source.length; p++) {
            Expr e = source[p];
            if (e == null) continue;
            Moved.Place to = moved.place(e);
            if (to != null) put(p, to.vector(), to.from() + offset[p], Double.NaN);
        }
    }

    /** The elements at these places, in order. */
    Tensor get(int[] places, Type type, int[] dims, @Nullable Lanes lanes) {
        boolean data = expressions == 0;
        if (!data) {
            data = true;
            for (int p : places) data &= source[p] == null;
        }
        if (data) {
            double[] values = new double[places.length];
            for (int i = 0; i < values.length; i++) values[i] = numbers[places[i]];
            return Tensor.of(type, dims, lanes, values);
        }
        return Tensor.of(type, dims, lanes, gathered(places));
    }

    private Expr gathered(int[] places) {
        Map<Expr, Used> used = new IdentityHashMap<>();
        Map<Integer, Used> inOrder = new LinkedHashMap<>();
        Used constants = new Used(null);
        for (int p : places) {
            Expr e = source[p];
            Used u = e == null ? constants : used.computeIfAbsent(e, Used::new);
            if (u.at < 0) {
                u.at = inOrder.size();
                inOrder.put(u.at, u);
            }
            u.count++;
        }
        if (inOrder.size() == 1) return select(one(inOrder).expr(), offsets(places));
        Expr[] parts = new Expr[inOrder.size()];
        double[] values = new double[constants.count];
        for (Used u : inOrder.values()) u.prepare();
        double[] index = new double[places.length];
        int number = 0;
        for (int i = 0; i < places.length; i++) {
            Expr e = source[places[i]];
            Used u = e == null ? constants : Objects.requireNonNull(used.get(e));
            if (e == null) values[number] = numbers[places[i]];
            index[i] = e == null ? number++ : u.take(offset[places[i]]);
        }
        int start = 0;
        int[] starts = new int[parts.length];
        for (Used u : inOrder.values()) {
            starts[u.at] = start;
            parts[u.at] = u == constants ? Expr.vector(values) : u.part();
            start += parts[u.at].size();
        }
        for (int i = 0; i < places.length; i++) {
            Expr e = source[places[i]];
            Used u = e == null ? constants : Objects.requireNonNull(used.get(e));
            index[i] += starts[u.at];
        }
        Expr joined = Expr.concat(parts).get(Expr.vector(index));
        if (parts.length >= MANY) for (int i = 0; i < places.length; i++) if (source[places[i]] != null) put(places[i], joined, i, Double.NaN);
        return joined;
    }

    private static Used one(Map<Integer, Used> inOrder) {
        return inOrder.values().iterator().next();
    }

    private int[] offsets(int[] places) {
        int[] offsets = new int[places.length];
        for (int i = 0; i < places.length; i++) offsets[i] = offset[places[i]];
        return offsets;
    }

    /** Elements of an expression. */
    static Expr select(Expr e, int[] places) {
        boolean run = true;
        for (int i = 1; i < places.length; i++) run &= places[i] == places[i - 1] + 1;
        Expr flat = e.flatten();
        if (places.length == 0) return Expr.vector();
        if (run) return flat.slice(places[0], places[0] + places.length);
        return flat.get(Expr.vector(Arrays.stream(places).asDoubleStream().toArray()));
    }

    /** How an expression is used among others: as a whole if most of it is, else only those of its elements that are. */
    private static final class Used {
        private final @Nullable Expr expr;
        private int at = -1;
        private int count;
        private int[] taken = {};
        private int filled;

        Used(@Nullable Expr expr) {
            this.expr = expr;
        }

        Expr expr() {
            return Objects.requireNonNull(expr);
        }

        void prepare() {
            if (expr != null && expr.size() > 2 * count) taken = new int[count];
        }

        int take(int offset) {
            if (taken.length == 0) return offset;
            taken[filled] = offset;
            return filled++;
        }

        Expr part() {
            return taken.length == 0 ? expr().reshape(Shape.of(expr().size())) : select(expr(), taken);
        }
    }
}
