package org.fluvia.autodiff;

import java.util.List;
import org.fluvia.autodiff.op.Form;

/** Elements by indices that are data. They are checked when the model is recorded, where the user's line is known. */
final class Indexing {
    static final String COUNTING = "Code counts from 0; names such as theta[1] count from 1.";

    private Indexing() {}

    /** Element i, or row i. */
    static Expr get(Expr x, int i) {
        if (x.shape().rank() == 0) {
            throw new IllegalArgumentException("get: a scalar has no elements" + Source.suffix());
        }
        if (i < 0 || i >= x.shape().dim(0)) {
            throw new IllegalArgumentException("get: index " + i + " must be from 0 to " + (x.shape().dim(0) - 1)
                    + Source.suffix() + ". " + COUNTING);
        }
        return x.slice(i, i + 1).reshape(Axis.without(x.shape(), 0));
    }

    /** Entry j of the last axis. */
    static Expr column(Expr x, int j) {
        Shape s = x.shape();
        if (s.rank() < 2 || j < 0 || j >= s.dim(s.rank() - 1)) {
            throw new IllegalArgumentException("column: index " + j + " must be a column of shape " + s + Source.suffix() + ". " + COUNTING);
        }
        return Along.entries(x, s.rank() - 1, new int[] {j}).reshape(Axis.without(s, s.rank() - 1));
    }

    static Expr get(Expr x, Expr index) {
        if (x.shape().isScalar()) throw new IllegalArgumentException("get: a scalar has no elements" + Source.suffix());
        check("get", index, x.shape().dim(0));
        if (x.shape().rank() == 1) {
            return index.op().form() == Form.CONSTANT ? Along.select(x, index.shape(), places(index.op().values())) : Gather.of(x, index);
        }
        return gatherRows(x, index);
    }

    /** Elements of a matrix at rows and columns given together. */
    static Expr get(Expr x, Expr row, Expr column) {
        if (x.shape().rank() != 2) {
            throw new IllegalArgumentException("get: the value indexed must be a matrix, but has shape " + x.shape()
                    + Source.suffix());
        }
        check("get: row", row, x.shape().dim(0));
        check("get: column", column, x.shape().dim(1));
        return Gather.of(x.flatten(), row.times(x.shape().dim(1)).plus(column));
    }

    static Expr segmentSum(Expr values, Expr index, int count) {
        Shape s = values.shape();
        if (s.isScalar() || index.shape().rank() != 1 || index.shape().dim(0) != s.dim(0)) {
            throw new IllegalArgumentException("segmentSum: shapes " + s + " of the values and " + index.shape()
                    + " of the index must begin with the same dimension" + Source.suffix());
        }
        if (count < 0) {
            throw new IllegalArgumentException("segmentSum: count must not be negative, but was " + count + Source.suffix());
        }
        check("segmentSum", index, count);
        int[] dims = s.dims();
        dims[0] = count;
        return s.rank() == 1 ? ScatterAdd.of(values, index, Shape.of(count)) : addRows(values, index, Shape.of(dims));
    }

    static Expr gatherRows(Expr x, Expr index) {
        int[] row = Axis.without(x.shape(), 0).dims();
        int[] dims = java.util.Arrays.copyOf(index.shape().dims(), index.shape().rank() + row.length);
        System.arraycopy(row, 0, dims, index.shape().rank(), row.length);
        return Expr.of(new GatherRows(Shape.of(row).size()), Shape.of(dims), x, index);
    }

    static Expr addRows(Expr g, Expr index, Shape to) {
        return Expr.of(new AddRows(Axis.without(to, 0).size()), to, g, index);
    }

    private static void check(String what, Expr index, int size) {
        if (index.isPerDraw()) {
            throw new IllegalArgumentException(what + ": the index must be data, but depends on a parameter" + Source.suffix());
        }
        SharedValues.check(() -> checkRange(what, index, size));
    }

    private static void checkRange(String what, Expr index, int size) {
        double[] values = SharedValues.of(index);
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0 && values[i] < size && values[i] == (int) values[i]) continue;
            throw new IllegalArgumentException(what + ": index " + (i + 1) + name(index) + " must be a whole number from 0 to "
                    + (size - 1) + ", but was " + number(values[i]) + Source.suffix() + remedy(values, size));
        }
    }

    /** An operation with an index, its second operand, on values that are per draw now. */
    static Expr perDraw(Expr node, List<Expr> operands) {
        if (operands.get(1).isPerDraw()) {
            throw new UnsupportedOperationException(node.op().label() + " (" + node.source() + "): the index must be data");
        }
        return node.with(operands);
    }

    private static int[] places(double[] index) {
        int[] places = new int[index.length];
        for (int i = 0; i < places.length; i++) places[i] = (int) index[i];
        return places;
    }

    private static String name(Expr index) {
        Expr named = index;
        while (named.name() == null && named.operandCount() > 0) named = named.operand(0);
        return named.name() == null ? "" : " of " + named.name();
    }

    static String number(double x) {
        return x == (long) x ? Long.toString((long) x) : Double.toString(x);
    }

    private static String remedy(double[] index, int size) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double i : index) {
            least = Math.min(least, i);
            most = Math.max(most, i);
        }
        if (least >= 1 && most <= size) return ". These count from 1, as Stan's do: use index.minus(1).";
        return least == -1 ? ". Elements are counted from 0: there is a 0 among numbers that should count from 1, or 1 was taken off twice."
                : ". Elements are counted from 0.";
    }
}
