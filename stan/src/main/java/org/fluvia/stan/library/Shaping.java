package org.fluvia.stan.library;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;

/** Functions that make values of some shape: sizes, repetitions, parts, and what is put together. */
final class Shaping {
    private final Map<String, LibraryFunction> table;

    private Shaping(Map<String, LibraryFunction> table) {
        this.table = table;
    }

    static void put(Map<String, LibraryFunction> table) {
        Shaping s = new Shaping(table);
        s.sizes();
        s.made();
        s.parts();
        s.joined();
        s.converted();
    }

    private void sizes() {
        table.put("size", a -> Tensor.of(a.tensor(0).isScalar() ? 1 : a.type(0).isArray() ? a.tensor(0).dim(0) : a.tensor(0).size()));
        table.put("num_elements", a -> Tensor.of(a.tensor(0).size()));
        table.put("rows", a -> Tensor.of(a.type(0).is(Base.ROW_VECTOR) ? 1 : matrixLike(a).dim(0)));
        table.put("cols", a -> Tensor.of(a.type(0).is(Base.VECTOR) ? 1 : matrixLike(a).dim(a.type(0).dimensions() - 1)));
        table.put("dims", a -> {
            double[] dims = Arrays.stream(a.tensor(0).dims()).asDoubleStream().toArray();
            return Tensor.of(Type.INT.array(1), new int[] {dims.length}, null, dims);
        });
    }

    private static Tensor matrixLike(Arguments a) {
        Type t = a.type(0);
        if (t.isArray() || t.isNumber()) throw new Refusal("only vectors and matrices have rows and columns, but this is of type " + t);
        return a.tensor(0);
    }

    private void made() {
        table.put("rep_vector", a -> repeated(a, Type.VECTOR));
        table.put("rep_row_vector", a -> repeated(a, Type.ROW_VECTOR));
        table.put("rep_array", Shaping::repArray);
        table.put("rep_matrix", Shaping::repMatrix);
        filled("zeros", i -> 0);
        filled("ones", i -> 1);
        table.put("zeros_int_array", a -> numbers(Type.INT.array(1), a.integer(0), i -> 0));
        table.put("ones_int_array", a -> numbers(Type.INT.array(1), a.integer(0), i -> 1));
        table.put("uniform_simplex", a -> numbers(Type.VECTOR, a.integer(0), i -> 1.0 / a.integer(0)));
        table.put("one_hot_vector", a -> hot(a, Type.VECTOR));
        table.put("one_hot_row_vector", a -> hot(a, Type.ROW_VECTOR));
        table.put("one_hot_array", a -> hot(a, Type.REAL.array(1)));
        table.put("one_hot_int_array", a -> hot(a, Type.INT.array(1)));
        table.put("linspaced_vector", a -> spaced(a, Type.VECTOR));
        table.put("linspaced_row_vector", a -> spaced(a, Type.ROW_VECTOR));
        table.put("linspaced_array", a -> spaced(a, Type.REAL.array(1)));
        table.put("linspaced_int_array", a -> numbers(Type.INT.array(1), a.integer(0), i -> a.integer(1)
                + (a.integer(0) < 2 ? 0 : i * ((a.integer(2) - a.integer(1)) / Math.max(1, a.integer(0) - 1)))));
    }

    private void filled(String word, IntToDoubleFunction f) {
        table.put(word + "_vector", a -> numbers(Type.VECTOR, a.integer(0), f));
        table.put(word + "_row_vector", a -> numbers(Type.ROW_VECTOR, a.integer(0), f));
        table.put(word + "_array", a -> numbers(Type.REAL.array(1), a.integer(0), f));
    }

    private static Tensor numbers(Type type, int n, IntToDoubleFunction f) {
        return Tensor.of(type, new int[] {size(n)}, null, IntStream.range(0, n).mapToDouble(f).toArray());
    }

    static int size(int n) {
        if (n < 0) throw new Refusal("a size cannot be negative, but is " + n);
        return n;
    }

    /** A place counted from 0, of one counted from 1. */
    static int place(int i, int n) {
        if (i < 1 || i > n) throw new Refusal("the index " + i + " is not from 1 to " + n);
        return i - 1;
    }

    private static Tensor hot(Arguments a, Type type) {
        int one = place(a.integer(1), a.integer(0));
        return numbers(type, a.integer(0), i -> i == one ? 1 : 0);
    }

    private static Tensor spaced(Arguments a, Type type) {
        int n = a.integer(0);
        double low = a.tensor(1).number();
        double high = a.tensor(2).number();
        return numbers(type, n, i -> i == n - 1 ? high : low + i * (high - low) / (n - 1));
    }

    private static Tensor repeated(Arguments a, Type type) {
        int n = size(a.integer(1));
        return Parts.repeated(a.tensor(0), type, n);
    }

    private static Tensor repArray(Arguments a) {
        Tensor x = a.tensor(0);
        int[] dims = new int[a.count() - 1 + x.dims().length];
        for (int i = 0; i < a.count() - 1; i++) dims[i] = size(a.integer(i + 1));
        System.arraycopy(x.dims(), 0, dims, a.count() - 1, x.dims().length);
        return Parts.repeated(x, x.type().array(a.count() - 1), dims);
    }

    private static Tensor repMatrix(Arguments a) {
        Tensor x = a.tensor(0);
        int n = size(a.integer(1));
        if (x.isScalar()) return Parts.repeated(x, Type.MATRIX, n, size(a.integer(2)));
        if (x.type().is(Base.ROW_VECTOR)) return Parts.repeated(x, Type.MATRIX, n, x.size());
        if (!x.isData() && x.lanes() == null) return Tensor.of(Type.MATRIX, new int[] {x.size(), n}, null, Functions.repeatColumns(x.expr(), n));
        int[] dims = {x.size(), n};
        int[] places = new int[Shape.of(dims).size()];
        for (int i = 0; i < places.length; i++) places[i] = i / n;
        return Parts.select(x, places, Type.MATRIX, dims);
    }

    private void parts() {
        table.put("head", a -> run(a.tensor(0), 0, a.integer(1)));
        table.put("tail", a -> run(a.tensor(0), a.tensor(0).dim(0) - a.integer(1), a.integer(1)));
        table.put("segment", a -> run(a.tensor(0), a.integer(1) - 1, a.integer(2)));
        table.put("row", a -> block(a.tensor(0), place(a.integer(1), a.tensor(0).dim(0)), 0, 1, a.tensor(0).dim(1), Type.ROW_VECTOR));
        table.put("col", a -> block(a.tensor(0), 0, place(a.integer(1), a.tensor(0).dim(1)), a.tensor(0).dim(0), 1, Type.VECTOR));
        table.put("sub_row", a -> block(a.tensor(0), a.integer(1) - 1, a.integer(2) - 1, 1, a.integer(3), Type.ROW_VECTOR));
        table.put("sub_col", a -> block(a.tensor(0), a.integer(1) - 1, a.integer(2) - 1, a.integer(3), 1, Type.VECTOR));
        table.put("block", a -> block(a.tensor(0), a.integer(1) - 1, a.integer(2) - 1, a.integer(3), a.integer(4), Type.MATRIX));
    }

    /** Elements along the first dimension. */
    private static Tensor run(Tensor x, int from, int n) {
        if (n < 0 || from < 0 || n > x.dim(0) - from) {
            throw new Refusal("elements " + (from + 1) + " to " + ((long) from + n) + " are not within 1 to " + x.dim(0));
        }
        int inner = x.dim(0) == 0 ? 0 : x.size() / x.dim(0);
        int[] dims = x.dims().clone();
        dims[0] = n;
        return Parts.select(x, IntStream.range(from * inner, (from + n) * inner).toArray(), x.type(), dims);
    }

    private static Tensor block(Tensor x, int row, int column, int rows, int columns, Type type) {
        if (rows < 0 || columns < 0 || row < 0 || column < 0 || rows > x.dim(0) - row || columns > x.dim(1) - column) {
            throw new Refusal("a block of " + rows + " x " + columns + " at " + (row + 1) + ", " + (column + 1)
                    + " is not within a matrix of " + Tensor.text(x.dims()));
        }
        int[] places = new int[rows * columns];
        for (int i = 0; i < places.length; i++) places[i] = (row + i / columns) * x.dim(1) + column + i % columns;
        return Parts.select(x, places, type, type.is(Base.MATRIX) ? new int[] {rows, columns} : new int[] {places.length});
    }

    private void joined() {
        table.put("append_array", a -> {
            Tensor x = a.tensor(0);
            Tensor y = a.tensor(1);
            Type type = x.type().holdsInts() && y.type().holdsInts() ? x.type() : Elementwise.real(x.type());
            int[] dims = (x.size() == 0 ? y : x).dims().clone();
            dims[0] = x.dim(0) + y.dim(0);
            if (x.size() + y.size() != Shape.of(dims).size()) {
                throw new Refusal("arrays of sizes " + Tensor.text(x.dims()) + " and " + Tensor.text(y.dims()) + " cannot be one");
            }
            return Parts.joined(List.of(x, y), type, dims);
        });
        table.put("append_row", a -> {
            Tensor x = a.tensor(0);
            Tensor y = a.tensor(1);
            boolean numbers = x.isScalar() || x.type().is(Base.VECTOR);
            if (numbers) return Parts.joined(List.of(x, y), Type.VECTOR, x.size() + y.size());
            int columns = x.dim(x.dims().length - 1);
            if (columns != y.dim(y.dims().length - 1)) throw new Refusal("rows of " + columns + " and " + y.dim(y.dims().length - 1)
                    + " cannot stand one below the other");
            int rows = rowsOf(x) + rowsOf(y);
            return Parts.joined(List.of(x, y), Type.MATRIX, rows, columns);
        });
        table.put("append_col", a -> appendColumns(a.tensor(0), a.tensor(1)));
    }

    private static int rowsOf(Tensor x) {
        return x.type().is(Base.MATRIX) ? x.dim(0) : 1;
    }

    private static Value appendColumns(Tensor x, Tensor y) {
        boolean numbers = x.isScalar() && y.type().is(Base.ROW_VECTOR) || x.type().is(Base.ROW_VECTOR);
        if (numbers) return Parts.joined(List.of(x, y), Type.ROW_VECTOR, x.size() + y.size());
        if (x.dim(0) != y.dim(0)) throw new Refusal("columns of " + x.dim(0) + " and " + y.dim(0) + " cannot stand side by side");
        int left = x.type().is(Base.MATRIX) ? x.dim(1) : 1;
        int right = y.type().is(Base.MATRIX) ? y.dim(1) : 1;
        Tensor all = Parts.joined(List.of(x, y), Type.VECTOR, x.size() + y.size());
        int[] places = new int[x.size() + y.size()];
        int columns = left + right;
        for (int i = 0; i < places.length; i++) {
            int r = i / columns;
            int c = i % columns;
            places[i] = c < left ? r * left + c : x.size() + r * right + c - left;
        }
        return Parts.select(all, places, Type.MATRIX, new int[] {x.dim(0), columns});
    }

    private void converted() {
        table.put("to_vector", a -> columnMajor(a.tensor(0), Type.VECTOR));
        table.put("to_row_vector", a -> columnMajor(a.tensor(0), Type.ROW_VECTOR));
        table.put("to_array_1d", a -> {
            Tensor x = a.tensor(0);
            if (x.type().is(Base.MATRIX)) return columnMajor(x, Type.REAL.array(1));
            return x.as(new Type(x.type().base() == Base.INT ? Base.INT : Base.REAL, 1, List.of()), x.size());
        });
        table.put("to_array_2d", a -> a.tensor(0).as(Type.REAL.array(2), a.tensor(0).dims()));
        table.put("to_matrix", Shaping::toMatrix);
    }

    private static Tensor columnMajor(Tensor x, Type type) {
        Tensor ordered = x.type().is(Base.MATRIX) ? Arithmetic.transposed(x) : x;
        return ordered.as(type, x.size());
    }

    private static Value toMatrix(Arguments a) {
        Tensor x = a.tensor(0);
        if (a.count() == 1) {
            if (x.dims().length == 2) return x.as(Type.MATRIX, x.dims());
            return x.as(Type.MATRIX, x.type().is(Base.VECTOR) ? new int[] {x.size(), 1} : new int[] {1, x.size()});
        }
        int rows = size(a.integer(1));
        int columns = size(a.integer(2));
        if ((long) rows * columns != x.size()) throw new Refusal(x.size() + " elements do not make a matrix of " + rows + " x " + columns);
        boolean columnMajor = a.count() == 3 || a.integer(3) != 0;
        Tensor flat = columnMajor(x, Type.VECTOR);
        if (!columnMajor) return flat.as(Type.MATRIX, rows, columns);
        int[] places = new int[x.size()];
        for (int i = 0; i < places.length; i++) places[i] = i % columns * rows + i / columns;
        return Parts.select(flat, places, Type.MATRIX, new int[] {rows, columns});
    }
}
