package org.fluvia.stan.library;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;

/** Functions of vectors and arrays of numbers as a whole: sums, extremes, orders. */
final class Vectors {
    private static final int[] NUMBER = {};

    private final Map<String, LibraryFunction> table;

    private Vectors(Map<String, LibraryFunction> table) {
        this.table = table;
    }

    static void put(Map<String, LibraryFunction> table) {
        Vectors v = new Vectors(table);
        v.reductions();
        v.products();
        v.alongLast();
        v.orders();
    }

    /** A function of all elements: of a vector, or of each row of a matrix whose rows are lanes. */
    private void reduce(String name, UnaryOperator<Expr> whole, BiFunction<Expr, Integer, Expr> along) {
        table.put(name, a -> reduced(a.tensor(0), Type.REAL, whole, along));
    }

    private static Tensor reduced(Tensor x, Type type, UnaryOperator<Expr> whole, BiFunction<Expr, Integer, Expr> along) {
        Lanes lanes = x.lanes();
        if (lanes == null) return Tensor.of(type, NUMBER, null, whole.apply(x.expr().flatten()));
        return Tensor.of(type, NUMBER, lanes, along.apply(x.expr().reshape(Shape.of(lanes.count(), x.size())), 1));
    }

    private void reductions() {
        table.put("sum", a -> reduced(a.tensor(0), whole(a), Expr::sum, Functions::sum));
        reduce("mean", Expr::mean, Functions::mean);
        reduce("variance", Vectors::variance, Functions::variance);
        reduce("sd", x -> variance(x).sqrt(), Functions::sd);
        reduce("norm2", x -> x.dot(x).sqrt(), (x, axis) -> Functions.sum(x.square(), axis).sqrt());
        reduce("norm1", x -> x.abs().sum(), (x, axis) -> Functions.sum(x.abs(), axis));
        reduce("dot_self", x -> x.dot(x), (x, axis) -> Functions.sum(x.square(), axis));
        table.put("prod", a -> reduced(a.tensor(0), whole(a), Functions::product, Vectors::notInLanes));
        extreme("max", Functions::max, Functions::max, Expr::max, Double.NEGATIVE_INFINITY);
        extreme("min", Functions::min, Functions::min, Expr::min, Double.POSITIVE_INFINITY);
        table.put("log_sum_exp", a -> a.count() == 2 ? Elementwise.map(a.tensor(0), a.tensor(1), Functions::logAddExp)
                : reduced(a.tensor(0), Type.REAL, Expr::logSumExp, Functions::logSumExp));
        table.put("log_mix", Vectors::logMix);
    }

    private static Type whole(Arguments a) {
        return a.type(0).innermost().isInt() ? Type.INT : Type.REAL;
    }

    private static Expr variance(Expr x) {
        return x.size() == 1 ? Expr.of(0) : Functions.variance(x);
    }

    private static Expr notInLanes(Expr x, int axis) {
        throw new NotLifted("a product of elements");
    }

    private void extreme(String name, UnaryOperator<Expr> whole, BiFunction<Expr, Integer, Expr> along, BinaryOperator<Expr> two, double ofNone) {
        table.put(name, a -> {
            if (a.count() == 2) return Elementwise.map(a.tensor(0), a.tensor(1), two).promotedTo(Type.INT);
            if (a.tensor(0).size() == 0) return Tensor.of(ofNone);
            return reduced(a.tensor(0), whole(a), whole, along);
        });
    }

    private static Tensor logMix(Arguments a) {
        if (a.count() == 3) {
            return Elementwise.map(List.of(a.tensor(0), a.tensor(1), a.tensor(2)), e -> Functions.logMix(e.get(0), e.get(1), e.get(2)));
        }
        Tensor weights = a.tensor(0);
        Tensor densities = a.tensor(1);
        if (densities.type().isArray()) {
            Expr rows = Functions.repeatRows(a.expr(0).log(), densities.dim(0)).plus(a.expr(1));
            return Tensor.of(Type.REAL, NUMBER, null, Functions.logSumExp(rows, 1).sum());
        }
        Tensor sum = Elementwise.map(weights, densities, (w, d) -> w.log().plus(d));
        return reduced(sum, Type.REAL, Expr::logSumExp, Functions::logSumExp);
    }

    private void products() {
        table.put("dot_product", a -> Arithmetic.dot(a.tensor(0), a.tensor(1)));
        table.put("squared_distance", a -> squaredDistance(a));
        table.put("distance", a -> Elementwise.map(squaredDistance(a), Expr::sqrt));
        table.put("columns_dot_product", a -> columns(a.uniform(0), a.uniform(1)));
        table.put("columns_dot_self", a -> columns(a.uniform(0), a.uniform(0)));
        table.put("rows_dot_product", a -> rows(a.uniform(0), a.uniform(1)));
        table.put("rows_dot_self", a -> rows(a.uniform(0), a.uniform(0)));
    }

    private static Tensor squaredDistance(Arguments a) {
        Tensor d = Elementwise.map(a.tensor(0), a.tensor(1), Expr::minus);
        return Arithmetic.dot(d, d);
    }

    private static Tensor columns(Tensor x, Tensor y) {
        Tensor products = Elementwise.map(x, y, Expr::times);
        if (x.type().is(Type.Base.ROW_VECTOR)) return products;
        if (x.type().is(Type.Base.VECTOR)) return Tensor.of(Type.ROW_VECTOR, new int[] {1}, null, x.expr().dot(y.expr()));
        return Tensor.of(Type.ROW_VECTOR, new int[] {x.dim(1)}, null, Functions.sum(products.expr(), 0));
    }

    private static Tensor rows(Tensor x, Tensor y) {
        Tensor products = Elementwise.map(x, y, Expr::times);
        if (x.type().is(Type.Base.VECTOR)) return products;
        if (x.type().is(Type.Base.ROW_VECTOR)) return Tensor.of(Type.VECTOR, new int[] {1}, null, x.expr().dot(y.expr()));
        return Tensor.of(Type.VECTOR, new int[] {x.dim(0)}, null, Functions.sum(products.expr(), 1));
    }

    /** Functions along the last dimension. */
    private void alongLast() {
        last("softmax", Functions::softmax);
        last("log_softmax", Functions::logSoftmax);
        table.put("cumulative_sum", a -> Elementwise.mapWhole(a.tensor(0), Functions::cumulativeSum));
        table.put("reverse", a -> {
            Tensor x = a.tensor(0);
            int inner = x.dim(0) == 0 ? 0 : x.size() / x.dim(0);
            int[] places = new int[x.size()];
            for (int i = 0; i < places.length; i++) places[i] = (x.dim(0) - 1 - i / inner) * inner + i % inner;
            return Parts.select(x, places, x.type(), x.dims());
        });
    }

    private void last(String name, UnaryOperator<Expr> f) {
        table.put(name, a -> Elementwise.map(a.tensor(0), f));
    }

    private void orders() {
        table.put("sort_asc", a -> sorted(a.tensor(0), false, false));
        table.put("sort_desc", a -> sorted(a.tensor(0), true, false));
        table.put("sort_indices_asc", a -> sorted(a.tensor(0), false, true));
        table.put("sort_indices_desc", a -> sorted(a.tensor(0), true, true));
        table.put("rank", a -> {
            double[] x = a.uniform(0).numbers();
            double of = x[Shaping.place(a.integer(1), x.length)];
            return Tensor.of((int) Arrays.stream(x).filter(v -> v < of).count());
        });
        table.put("quantile", a -> {
            double[] x = a.uniform(0).numbers().clone();
            if (x.length == 0) throw new Refusal("no numbers have a quantile");
            Arrays.sort(x);
            Tensor p = a.uniform(1);
            double[] values = Arrays.stream(p.numbers()).map(q -> quantile(x, q)).toArray();
            return Tensor.of(p.isScalar() ? Type.REAL : Type.REAL.array(1), p.dims(), null, values);
        });
    }

    /** R's type 7, Hyndman and Fan 1996, as Stan's. */
    private static double quantile(double[] sorted, double p) {
        if (!(p >= 0 && p <= 1)) throw new Refusal("a quantile must be asked for a probability from 0 to 1, but is for " + p);
        double at = (sorted.length - 1) * p;
        int below = (int) Math.floor(at);
        double next = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (at - below) * (next - sorted[below]);
    }

    private static Tensor sorted(Tensor x, boolean descending, boolean indices) {
        if (x.lanes() != null) throw new NotLifted("sorting");
        double[] values = x.numbers();
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (i, j) -> descending ? Double.compare(values[j], values[i]) : Double.compare(values[i], values[j]));
        double[] result = Arrays.stream(order).mapToDouble(i -> indices ? i + 1 : values[i]).toArray();
        return Tensor.of(indices ? Type.INT.array(1) : x.type(), x.dims(), null, result);
    }
}
