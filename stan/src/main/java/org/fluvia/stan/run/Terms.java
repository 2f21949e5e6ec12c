package org.fluvia.stan.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Source;
import org.fluvia.model.ModelBuilder;
import org.fluvia.stan.library.Densities;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Tensor;
import org.jspecify.annotations.Nullable;

/** The terms of the log-density, in order, until they are given to the model. Mutable. */
final class Terms {
    /**
     * @param value summed over its lanes; null where the density is given
     * @param density of values that the model is to know; null for other terms
     * @param times how often it counts
     */
    private record Entry(Source source, @Nullable Tensor value, Densities.@Nullable Term density, int times) {

        /** In each of the lanes. */
        Tensor summed() {
            if (value != null) return value;
            return requireNonNull(density).logDensity();
        }

        Densities.@Nullable OfNumber number() {
            return density == null ? null : density.number();
        }

        /** What it is made of: its values and their distribution's parameters, or its value. */
        List<Expr> parts() {
            Densities.OfNumber number = number();
            if (number == null) return List.of(summed().expr());
            List<Expr> parts = new ArrayList<>(List.of(requireNonNull(density).values()));
            parts.addAll(number.parameters());
            return parts;
        }

        /** What those of other iterations have in common with it that could be one term. */
        Object key() {
            Densities.OfNumber number = number();
            return Arrays.asList(times, number == null ? "" : number.name(), number == null ? summed().lanes() : null);
        }

        /** The same of other parts of the same shapes. */
        Entry of(List<Expr> parts) {
            Densities.OfNumber number = number();
            if (number != null) {
                Densities.Term term = number.of(parts.get(0), parts.subList(1, parts.size()));
                return new Entry(source, null, named(term), times);
            }
            Tensor t = summed();
            return new Entry(source, Tensor.of(t.type(), t.dims(), t.lanes(), parts.get(0)), null, times);
        }

        private Densities.Term named(Densities.Term term) {
            String name = requireNonNull(density).values().name();
            return name == null || term.values().isPerDraw() ? term : term.named(name);
        }

        /** Of all iterations, given for each part one for each, or null if it is the same in all. */
        Entry ofAll(int count, List<@Nullable Expr> rows) {
            if (rows.stream().allMatch(Objects::isNull)) return new Entry(source, summed(), null, Math.multiplyExact(times, count));
            Densities.OfNumber number = number();
            List<Expr> parts = parts();
            if (number != null) {
                for (int i = 0; i < parts.size(); i++) if (rows.get(i) != null) parts.set(i, requireNonNull(rows.get(i)));
                return of(parts);
            }
            Lanes lanes = summed().lanes();
            Expr each = requireNonNull(rows.get(0));
            return new Entry(source, Tensor.of(Type.REAL, new int[0], lanes, lanes == null ? each.sum() : Functions.sum(each, 0)), null, times);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    int size() {
        return entries.size();
    }

    /** Forgets the terms after the first. */
    void cutTo(int size) {
        entries.subList(size, entries.size()).clear();
    }

    /** @param lanes that are current */
    void add(Tensor value, @Nullable Lanes lanes) {
        entries.add(new Entry(Source.here(), value, null, value.lanes() == null ? Lanes.countOf(lanes) : 1));
    }

    void add(Densities.Term density, @Nullable Lanes lanes) {
        if (density.lanes() == null && lanes != null) add(density.logDensity(), lanes);
        else entries.add(new Entry(Source.here(), null, density, 1));
    }

    /** What each of some terms is made of. */
    List<List<Expr>> parts(int from, int to) {
        return entries.subList(from, to).stream().map(Entry::parts).toList();
    }

    /** What some terms have in common with those of other iterations that could be one with them. */
    List<Object> keys(int from, int to) {
        return entries.subList(from, to).stream().map(Entry::key).toList();
    }

    /** Makes terms of what they are made of now. */
    void rewrite(int from, List<List<Expr>> parts) {
        for (int i = 0; i < parts.size(); i++) entries.set(from + i, entries.get(from + i).of(parts.get(i)));
    }

    /**
     * Makes terms of iterations one for each of those of the first.
     *
     * @param end of the last iteration's terms
     * @param each how many terms an iteration has
     * @param rows for each part of an iteration's terms those of all, or null if it is the same in all
     */
    void join(int from, int end, int each, int count, List<@Nullable Expr> rows) {
        List<Entry> joined = new ArrayList<>();
        int at = 0;
        for (Entry e : entries.subList(from, from + each)) {
            int parts = e.parts().size();
            joined.add(e.ofAll(count, rows.subList(at, at + parts)));
            at += parts;
        }
        List<Entry> old = entries.subList(from, end);
        old.clear();
        entries.addAll(from, joined);
    }

    /** The sum of the terms after the first, in each of the lanes that are current. */
    Tensor sumFrom(int size, @Nullable Lanes lanes) {
        Expr sum = Expr.of(0);
        for (Entry e : entries.subList(size, entries.size())) {
            Tensor value = e.summed();
            if (lanes == null) sum = sum.plus(value.expr().sum().times(e.times));
            else if (value.lanes() == lanes) sum = sum.plus(value.expr());
            else if (value.lanes() == null) sum = sum.plus(value.expr().times((double) e.times / Math.max(1, lanes.count())));
            else throw new NotLifted("terms of other lanes");
        }
        return sum.shape().isScalar() ? Tensor.of(Type.REAL, new int[0], null, sum) : Tensor.of(Type.REAL, new int[0], lanes, sum);
    }

    void giveTo(ModelBuilder model) {
        for (Entry e : entries) {
            Source.attribute(e.source, () -> {
                Densities.Term density = e.density;
                if (density != null) model.observe(density.values(), density.distribution());
                else model.logDensity(e.summed().expr().times(e.times));
                return e;
            });
        }
    }
}
