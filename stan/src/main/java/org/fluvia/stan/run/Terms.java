package org.fluvia.stan.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
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
