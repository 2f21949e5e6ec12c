package org.fluvia.stan.library;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.fluvia.stan.value.NotLifted;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;

/** The operators of Stan. */
public final class Arithmetic {
    private static final int[] NUMBER = {};

    private Arithmetic() {}

    public static Tensor apply(Operator operator, Tensor a, Tensor b) {
        boolean whole = isWhole(a) && isWhole(b);
        Base base = whole ? Base.INT : Base.REAL;
        return switch (operator) {
            case PLUS -> Elementwise.map(a, b, Double::sum, Expr::plus, base);
            case MINUS -> Elementwise.map(a, b, (x, y) -> x - y, Expr::minus, base);
            case ELEMENT_TIMES -> Elementwise.map(a, b, (x, y) -> x * y, Expr::times, base);
            case ELEMENT_DIVIDE -> whole ? quotient(a, b) : Elementwise.map(a, b, (x, y) -> x / y, Expr::div, Base.REAL);
            case TIMES -> a.isScalar() || b.isScalar() ? Elementwise.map(a, b, (x, y) -> x * y, Expr::times, base) : product(a, b);
            case DIVIDE -> whole ? quotient(a, b) : a.isScalar() || b.isScalar() ? Elementwise.map(a, b, (x, y) -> x / y, Expr::div, Base.REAL)
                    : rightDivided(a, b);
            case LEFT_DIVIDE -> leftDivided(a, b);
            case INTEGER_DIVIDE -> quotient(a, b);
            case MODULO -> remainder(a, b);
            case POWER, ELEMENT_POWER -> Elementwise.map(a, b, Expr::pow);
            default -> compare(operator, a, b);
        };
    }

    private static boolean isWhole(Tensor t) {
        return t.type().isInt();
    }

    private static Tensor quotient(Tensor a, Tensor b) {
        checkDivisor(b);
        return Elementwise.map(a, b, (x, y) -> divided((int) x, (int) y), (x, y) -> notWhole(), Base.INT);
    }

    /** Towards zero. */
    private static int divided(int x, int y) {
        return x / y;
    }

    private static Tensor remainder(Tensor a, Tensor b) {
        checkDivisor(b);
        return Elementwise.map(a, b, (x, y) -> (double) ((int) x % (int) y), (x, y) -> notWhole(), Base.INT);
    }

    private static Expr notWhole() {
        throw new Refusal("whole numbers that depend on a parameter cannot be divided");
    }

    private static void checkDivisor(Tensor b) {
        for (double y : b.numbers()) if (y == 0) throw new Refusal("a whole number is divided by 0");
    }

    private static Tensor compare(Operator operator, Tensor a, Tensor b) {
        return switch (operator) {
            case LESS -> Elementwise.map(a, b, (x, y) -> x < y ? 1 : 0, Expr::lt, Base.INT);
            case AT_MOST -> Elementwise.map(a, b, (x, y) -> x <= y ? 1 : 0, Expr::le, Base.INT);
            case GREATER -> Elementwise.map(a, b, (x, y) -> x > y ? 1 : 0, (x, y) -> y.lt(x), Base.INT);
            case AT_LEAST -> Elementwise.map(a, b, (x, y) -> x >= y ? 1 : 0, (x, y) -> y.le(x), Base.INT);
            case EQUAL -> Elementwise.map(a, b, (x, y) -> x == y ? 1 : 0, Expr::eq, Base.INT);
            case NOT_EQUAL -> Elementwise.map(a, b, (x, y) -> x != y ? 1 : 0, (x, y) -> x.eq(y).eq(0), Base.INT);
            case AND -> Elementwise.map(a, b, (x, y) -> x != 0 && y != 0 ? 1 : 0, (x, y) -> truth(x).times(truth(y)), Base.INT);
            default -> Elementwise.map(a, b, (x, y) -> x != 0 || y != 0 ? 1 : 0, (x, y) -> truth(x).max(truth(y)), Base.INT);
        };
    }

    private static Expr truth(Expr x) {
        return x.eq(0).eq(0);
    }

    public static Tensor not(Tensor x) {
        return Tensor.of(Type.INT, x.dims(), x.lanes(), x.expr().eq(0));
    }

    public static Tensor negative(Tensor x) {
        if (!x.isData()) return Elementwise.mapWhole(x, Expr::unaryMinus);
        double[] values = x.numbers().clone();
        for (int i = 0; i < values.length; i++) values[i] = -values[i];
        return Tensor.of(x.type(), x.dims(), x.lanes(), values);
    }

    static Tensor product(Tensor a, Tensor b) {
        if (a.type().is(Base.VECTOR) && b.type().is(Base.ROW_VECTOR)) return outer(a, b);
        int inner = a.dim(a.dims().length - 1);
        if (inner != b.dim(0)) throw new Refusal("the product of sizes " + Tensor.text(a.dims()) + " and " + Tensor.text(b.dims())
                + " does not exist");
        if (a.type().is(Base.ROW_VECTOR) && b.type().is(Base.VECTOR)) return dot(a, b);
        if (b.type().is(Base.VECTOR)) { // matrix times vector
            int[] dims = {a.dim(0)};
            if (a.lanes() != null) throw new NotLifted("products of matrices that differ");
            Expr e = b.lanes() == null ? a.expr().matmul(b.expr()) : b.expr().matmul(a.expr().transpose());
            return Tensor.of(Type.VECTOR, dims, b.lanes(), e);
        }
        int[] dims = a.type().is(Base.MATRIX) ? new int[] {a.dim(0), b.dim(1)} : new int[] {b.dim(1)};
        if (b.lanes() != null) throw new NotLifted("products of matrices that differ");
        if (a.type().is(Base.ROW_VECTOR)) {
            return Tensor.of(Type.ROW_VECTOR, dims, a.lanes(), a.lanes() == null ? b.expr().transpose().matmul(a.expr()) : a.expr().matmul(b.expr()));
        }
        if (a.lanes() != null) throw new NotLifted("products of matrices that differ");
        return Tensor.of(Type.MATRIX, dims, null, a.expr().matmul(b.expr()));
    }

    private static Tensor outer(Tensor a, Tensor b) {
        if (a.lanes() != null || b.lanes() != null) throw new NotLifted("outer products");
        return Tensor.of(Type.MATRIX, new int[] {a.dim(0), b.dim(0)}, null, Matrices.outer(a.expr(), b.expr()));
    }

    /** The sum of the products of elements. */
    static Tensor dot(Tensor a, Tensor b) {
        if (a.size() != b.size()) throw new Refusal("sizes " + Tensor.text(a.dims()) + " and " + Tensor.text(b.dims()) + " do not match");
        if (a.lanes() == null && b.lanes() == null) return Tensor.of(Type.REAL, NUMBER, null, a.expr().dot(b.expr()));
        if (b.lanes() == null) return Tensor.of(Type.REAL, NUMBER, a.lanes(), a.expr().matmul(b.expr()));
        if (a.lanes() == null) return Tensor.of(Type.REAL, NUMBER, b.lanes(), b.expr().matmul(a.expr()));
        return Tensor.of(Type.REAL, NUMBER, a.lanes(), Functions.sum(a.expr().times(b.expr()), 1));
    }

    private static Tensor rightDivided(Tensor a, Tensor b) {
        if (a.lanes() != null || b.lanes() != null) throw new NotLifted("divisions by matrices");
        Expr left = a.type().is(Base.MATRIX) ? a.expr().transpose() : a.expr();
        Expr x = Matrices.solve(b.expr().transpose(), left);
        return Tensor.of(a.type(), a.dims(), null, a.type().is(Base.MATRIX) ? x.transpose() : x);
    }

    private static Tensor leftDivided(Tensor a, Tensor b) {
        if (a.lanes() != null || b.lanes() != null) throw new NotLifted("divisions by matrices");
        return Tensor.of(b.type(), b.dims(), null, Matrices.solve(a.expr(), b.expr()));
    }

    public static Tensor transposed(Tensor x) {
        if (x.type().is(Base.VECTOR)) return x.as(Type.ROW_VECTOR, x.dims());
        if (x.type().is(Base.ROW_VECTOR)) return x.as(Type.VECTOR, x.dims());
        int[] dims = {x.dim(1), x.dim(0)};
        int[] from = new int[x.size()];
        for (int i = 0; i < dims[0]; i++) for (int j = 0; j < dims[1]; j++) from[i * dims[1] + j] = j * dims[0] + i;
        if (x.isData() || x.lanes() != null) return Parts.select(x, from, Type.MATRIX, dims);
        return Tensor.of(Type.MATRIX, dims, null, x.expr().transpose());
    }
}
