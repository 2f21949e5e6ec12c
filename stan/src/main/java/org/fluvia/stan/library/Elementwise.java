package org.fluvia.stan.library;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Lanes;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.jspecify.annotations.Nullable;

/** Operations element by element: on values of one size, or numbers with any. */
final class Elementwise {
    private Elementwise() {}

    static Tensor map(Tensor x, UnaryOperator<Expr> f) {
        return Tensor.of(real(x.type()), x.dims(), x.lanes(), f.apply(x.expr()));
    }

    /** As {@link #map}, where whole numbers stay whole. */
    static Tensor mapWhole(Tensor x, UnaryOperator<Expr> f) {
        return Tensor.of(x.type(), x.dims(), x.lanes(), f.apply(x.expr()));
    }

    static Tensor map(Tensor a, Tensor b, BinaryOperator<Expr> f) {
        return map(List.of(a, b), e -> f.apply(e.get(0), e.get(1)));
    }

    static Tensor map(List<Tensor> all, Function<List<Expr>, Expr> f) {
        Tensor shaped = shaped(all);
        Lanes lanes = lanes(all);
        List<Expr> aligned = all.stream().map(t -> t.aligned(lanes, shaped.dims())).toList();
        Expr result = f.apply(aligned);
        int n = shaped.size() * Lanes.countOf(lanes);
        return Tensor.of(real(shaped.type()), shaped.dims(), lanes, result.size() == n
                ? result : result.expand(org.fluvia.autodiff.Shape.of(n), result.isPerDraw()));
    }

    /**
     * Two values.
     *
     * @param numeric what numbers are combined by
     * @param type of an element of the result
     */
    static Tensor map(Tensor a, Tensor b, DoubleBinaryOperator numeric, BinaryOperator<Expr> symbolic, Type.Base type) {
        Tensor shaped = a.isScalar() ? b : a;
        Type result = result(shaped.type(), type);
        if (!a.isData() || !b.isData()) {
            Tensor t = map(a, b, symbolic);
            return t.promotedTo(result);
        }
        Lanes lanes = a.lanes() == null ? b.lanes() : a.lanes();
        if (lanes == null && a.isScalar() && b.isScalar()) {
            return Tensor.of(result, a.dims(), null, new double[] {numeric.applyAsDouble(a.numbers()[0], b.numbers()[0])});
        }
        if (!a.isScalar() && !b.isScalar()) checkEqual(a, b);
        int size = shaped.size();
        double[] values = new double[size * Lanes.countOf(lanes)];
        double[] x = a.numbers();
        double[] y = b.numbers();
        for (int i = 0; i < values.length; i++) values[i] = numeric.applyAsDouble(x[place(a, i, size)], y[place(b, i, size)]);
        return Tensor.of(result, shaped.dims(), lanes, values);
    }

    private static int place(Tensor t, int i, int size) {
        if (t.lanes() == null) return t.isScalar() ? 0 : i % size;
        return t.isScalar() ? i / Math.max(1, size) : i;
    }

    private static Type result(Type shaped, Type.Base element) {
        return switch (shaped.base()) {
            case INT, REAL -> new Type(element, shaped.arrays(), List.of());
            default -> shaped;
        };
    }

    static Tensor shaped(List<Tensor> all) {
        Tensor first = all.get(0);
        for (Tensor t : all) {
            if (t.isScalar()) continue;
            if (first.isScalar()) first = t;
            else checkEqual(first, t);
        }
        return first;
    }

    /** Values of one dimension may be vectors or arrays, others have the same dimensions. */
    private static void checkEqual(Tensor a, Tensor b) {
        if (!Arrays.equals(a.dims(), b.dims())) throw new Refusal("sizes " + Tensor.text(a.dims()) + " and " + Tensor.text(b.dims())
                + " do not match");
    }

    static @Nullable Lanes lanes(List<Tensor> all) {
        for (Tensor t : all) if (t.lanes() != null) return t.lanes();
        return null;
    }

    static Type real(Type type) {
        return type.base() == Type.Base.INT ? new Type(Type.Base.REAL, type.arrays(), List.of()) : type;
    }
}
