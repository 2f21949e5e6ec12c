package org.fluvia.stan.library;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.Spread;
import org.fluvia.stan.value.Tensor;

/** Elements of values, chosen and put together. */
public final class Parts {
    private Parts() {}

    /** Elements at these places, counted from 0, the same in each lane. */
    public static Tensor select(Tensor x, int[] places, Type type, int[] dims) {
        int lanes = Lanes.countOf(x.lanes());
        if (x.isData()) {
            double[] from = x.numbers();
            double[] values = new double[places.length * lanes];
            for (int l = 0; l < lanes; l++) {
                for (int i = 0; i < places.length; i++) values[l * places.length + i] = from[l * x.size() + places[i]];
            }
            return Tensor.of(type, dims, x.lanes(), values);
        }
        if (x.lanes() != null) {
            int[] all = new int[places.length * lanes];
            for (int i = 0; i < all.length; i++) all[i] = i / places.length * x.size() + places[i % places.length];
            return Tensor.of(type, dims, x.lanes(), flat(x.expr(), all));
        }
        return Tensor.of(type, dims, null, flat(x.expr(), places));
    }

    /** Elements of an expression, counted row-major, as a vector. */
    public static Expr flat(Expr e, int[] places) {
        boolean run = places.length > 0;
        for (int i = 1; i < places.length; i++) run &= places[i] == places[i - 1] + 1;
        Expr flat = e.flatten();
        return run ? flat.slice(places[0], places[0] + places.length) : flat.get(Expr.vector(Arrays.stream(places).asDoubleStream().toArray()));
    }

    /** Values one after the other, as one of another type, in the lanes of any of them. */
    public static Tensor joined(List<Tensor> parts, Type type, int... dims) {
        Lanes lanes = Elementwise.lanes(parts);
        int n = Lanes.countOf(lanes);
        if (parts.stream().allMatch(Tensor::isData)) {
            int size = parts.stream().mapToInt(Tensor::size).sum();
            double[] values = new double[size * n];
            for (int l = 0, at = 0; l < n; l++) {
                for (Tensor p : parts) {
                    System.arraycopy(p.numbers(), p.lanes() == null ? 0 : l * p.size(), values, at, p.size());
                    at += p.size();
                }
            }
            return Tensor.of(type, dims, lanes, values);
        }
        if (lanes == null) return Tensor.of(type, dims, null, Expr.concat(parts.stream().map(Tensor::expr).toArray(Expr[]::new)));
        Expr[] columns = parts.stream().map(p -> Spread.over(p, lanes).reshape(Shape.of(n, p.size()))).toArray(Expr[]::new);
        return Tensor.of(type, dims, lanes, columns.length == 1 ? columns[0] : Functions.concatColumns(columns));
    }

    /** The value again and again, one after the other, until there are as many elements as the dimensions ask for. */
    public static Tensor repeated(Tensor x, Type type, int... dims) {
        int[] places = new int[Shape.of(dims).size()];
        for (int i = 0; i < places.length; i++) places[i] = i % x.size();
        return select(x, places, type, dims);
    }
}
