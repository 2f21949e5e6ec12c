package org.fluvia.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.TernaryOp;
import org.fluvia.kernel.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * A symbolic value: a shape and the operation that makes it, but no number. Running a model's code with expressions
 * records it once; a {@link Program} replays it for many draws.
 *
 * <p>An expression is either <em>shared</em> (data, weights, constants: the same for all draws) or <em>per draw</em>.
 * Elementwise operations take operands of equal shape, or a scalar with any shape. Because there is no number, a
 * condition cannot be frozen by an {@code if}: use {@link #where}, {@link #min} and {@link #max}.
 *
 * <p>Immutable and thread-safe. Shapes are checked when an operation is recorded, so the stack trace of an
 * {@link IllegalArgumentException} points at the line that is wrong.
 */
public final class Expr {
    private static final String COUNTING = "Code counts from 0; names such as theta[1] count from 1.";
    private static final AtomicLong IDS = new AtomicLong();

    /** Operands have smaller numbers than the expressions that use them. */
    final long id = IDS.getAndIncrement();
    final Op op;
    private final Expr[] operands;
    private final Shape shape;
    private final boolean perDraw;
    final Source source;
    private final @Nullable String name;

    private Expr(Op op, Shape shape, boolean perDraw, @Nullable String name, Source source, Expr... operands) {
        this.op = op;
        this.shape = shape;
        this.perDraw = perDraw;
        this.name = name;
        this.source = source;
        this.operands = operands;
    }

    static Expr of(Op op, Shape shape, Expr... operands) {
        boolean perDraw = false;
        for (Expr x : operands) perDraw |= x.perDraw;
        return new Expr(op, shape, perDraw, null, Source.here(), operands);
    }

    // What there is to compute with

    /** A constant scalar. */
    public static Expr of(double value) {
        return of(new Constant(new double[] {value}), Shape.scalar());
    }

    /** A constant vector. The array is copied. */
    public static Expr vector(double... values) {
        return of(new Constant(values.clone()), Shape.of(values.length));
    }

    /** A shared value that a workspace can set again between replays. Values are row-major and copied. */
    public static Expr shared(String name, Shape shape, double... initial) {
        if (initial.length != shape.size()) {
            throw new IllegalArgumentException("shared: " + name + " has shape " + shape + " and needs " + shape.size()
                    + " values, but was given " + initial.length);
        }
        return new Expr(new Input(name, initial.clone()), shape, false, name, Source.here());
    }

    /** A value per draw that a workspace reads from a {@link DrawSource}. */
    public static Expr perDraw(String name, Shape shape) {
        return new Expr(new Input(name, null), shape, true, name, Source.here());
    }

    /** The same value under a name, for messages. */
    public Expr named(String name) {
        return new Expr(new Reshape(shape), shape, perDraw, name, Source.here(), this);
    }

    /**
     * The same value under the name of a parameter.
     *
     * @param as what the parameter was declared as, in words such as "real"
     * @param reach what its elements run through; null if that is not known
     */
    public Expr declared(String name, String as, @Nullable Reach reach) {
        if (reach == null) return named(name);
        if (reach.size() != shape.size()) {
            throw new IllegalArgumentException("declared: " + name + " has " + shape.size() + " elements, but intervals for "
                    + reach.size());
        }
        return new Expr(new Declared(as, reach), shape, perDraw, name, Source.here(), this);
    }

    // What is known of it

    public Shape shape() {
        return shape;
    }

    /** Whether the value differs from draw to draw. */
    public boolean isPerDraw() {
        return perDraw;
    }

    /** The user's line that recorded it. */
    public Source source() {
        return source;
    }

    /** The name given with {@link #named}, or by the model; null if there is none. */
    public @Nullable String name() {
        return name;
    }

    Expr operand(int i) {
        return operands[i];
    }

    int operandCount() {
        return operands.length;
    }

    boolean perDraw() {
        return perDraw;
    }

    boolean isConstant(double value) {
        return op instanceof Constant c && shape.isScalar() && c.values[0] == value;
    }

    /** The same operation, name and source on other operands of the same shapes. */
    Expr with(Expr... newOperands) {
        if (op instanceof Loop l) return Source.attribute(source, () -> l.on(newOperands));
        if (op instanceof OdeSolve s) return Source.attribute(source, () -> s.on(newOperands));
        boolean any = op instanceof Expand e && e.perDraw();
        for (Expr x : newOperands) any |= x.perDraw;
        return new Expr(op, shape, any && !op.sumsDraws(), name, source, newOperands);
    }

    /**
     * Whether the value has first derivatives only: where it comes in part from the user's own code, from the solution of an
     * ordinary differential equation, or from a function whose second derivative is not known, such as an incomplete gamma
     * function of a shape that is a parameter.
     */
    public boolean hasFirstDerivativesOnly() {
        return Dag.reachable(List.of(this)).stream().anyMatch(x -> x.op.firstDerivativesOnly(x));
    }

    // Arithmetic

    public Expr plus(Expr other) {
        if (other.isConstant(0)) return this;
        if (isConstant(0)) return other;
        return binary(BinaryOp.ADD, this, other);
    }

    public Expr plus(double other) {
        return plus(of(other));
    }

    public Expr minus(Expr other) {
        return other.isConstant(0) ? this : binary(BinaryOp.SUB, this, other);
    }

    public Expr minus(double other) {
        return minus(of(other));
    }

    /** The product, element by element. */
    public Expr times(Expr other) {
        if (other.isConstant(1)) return this;
        if (isConstant(1)) return other;
        return binary(BinaryOp.MUL, this, other);
    }

    public Expr times(double other) {
        return times(of(other));
    }

    public Expr div(Expr other) {
        return other.isConstant(1) ? this : binary(BinaryOp.DIV, this, other);
    }

    public Expr div(double other) {
        return div(of(other));
    }

    public Expr unaryMinus() {
        return unary(UnaryOp.NEG, this);
    }

    /** This to the power of the exponent; NaN for a negative base and an exponent that is not whole. */
    public Expr pow(Expr exponent) {
        if (exponent.isConstant(2)) return square();
        return exponent.isConstant(1) ? this : binary(BinaryOp.POW, this, exponent);
    }

    public Expr pow(double exponent) {
        return pow(of(exponent));
    }

    /** The smaller of the two; NaN if either is. */
    public Expr min(Expr other) {
        return binary(BinaryOp.MIN, this, other);
    }

    public Expr min(double other) {
        return min(of(other));
    }

    /** The larger of the two; NaN if either is. */
    public Expr max(Expr other) {
        return binary(BinaryOp.MAX, this, other);
    }

    public Expr max(double other) {
        return max(of(other));
    }

    /** This, but at least low and at most high. */
    public Expr clamp(double low, double high) {
        return max(of(low)).min(of(high));
    }

    // Functions, element by element

    public Expr abs() {
        return unary(UnaryOp.ABS, this);
    }

    public Expr square() {
        return unary(UnaryOp.SQUARE, this);
    }

    /** 1 / x. */
    public Expr reciprocal() {
        return unary(UnaryOp.RECIPROCAL, this);
    }

    public Expr sqrt() {
        return unary(UnaryOp.SQRT, this);
    }

    public Expr exp() {
        return unary(UnaryOp.EXP, this);
    }

    /** The natural logarithm; minus infinity at 0, NaN below. */
    public Expr log() {
        return unary(UnaryOp.LOG, this);
    }

    /** log(1 + x), accurate for small x. */
    public Expr log1p() {
        return unary(UnaryOp.LOG1P, this);
    }

    /** exp(x) - 1, accurate for small x. */
    public Expr expm1() {
        return unary(UnaryOp.EXPM1, this);
    }

    public Expr tanh() {
        return unary(UnaryOp.TANH, this);
    }

    /** The inverse logit, 1 / (1 + exp(-x)). */
    public Expr sigmoid() {
        return unary(UnaryOp.SIGMOID, this);
    }

    /** log(1 + exp(x)). */
    public Expr softplus() {
        return unary(UnaryOp.SOFTPLUS, this);
    }

    /** log Gamma(x), x > 0. */
    public Expr lgamma() {
        return unary(UnaryOp.LGAMMA, this);
    }

    /** The derivative of {@link #lgamma}. */
    public Expr digamma() {
        return unary(UnaryOp.DIGAMMA, this);
    }

    /** 1 where the value is finite, 0 elsewhere. */
    public Expr isFinite() {
        return unary(UnaryOp.IS_FINITE, this);
    }

    // Comparisons: 1 or 0

    /** 1 where this is less than other, else 0. */
    public Expr lt(Expr other) {
        return binary(BinaryOp.LT, this, other);
    }

    public Expr lt(double other) {
        return lt(of(other));
    }

    /** 1 where this is at most other, else 0. */
    public Expr le(Expr other) {
        return binary(BinaryOp.LE, this, other);
    }

    public Expr le(double other) {
        return le(of(other));
    }

    /** 1 where this equals other, else 0. */
    public Expr eq(Expr other) {
        return binary(BinaryOp.EQ, this, other);
    }

    public Expr eq(double other) {
        return eq(of(other));
    }

    /** then where the condition is not 0, otherwise elsewhere; the branch not taken has no part in the derivative. */
    public static Expr where(Expr condition, Expr then, Expr otherwise) {
        Shape s = Shape.broadcast("where", Shape.broadcast("where", condition.shape, then.shape), otherwise.shape);
        boolean draws = condition.perDraw || then.perDraw || otherwise.perDraw;
        return of(new Where(), s, condition.expand(s, draws), then.expand(s, draws), otherwise.expand(s, draws));
    }

    // Sums

    /** The sum of all elements. */
    public Expr sum() {
        return Algebra.sum(this);
    }

    /** The arithmetic mean of all elements. */
    public Expr mean() {
        return sum().div(shape.size());
    }

    /** The sum of the products, element by element. The shapes are equal. */
    public Expr dot(Expr other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException("dot: shapes " + shape + " and " + other.shape + " must be equal"
                    + Source.suffix());
        }
        if (shape.size() == 1) return times(other).reshape(Shape.scalar());
        if (perDraw != other.perDraw) {
            Expr row = (perDraw ? other : this).reshape(Shape.of(1, shape.size()));
            return matmul(false, row, (perDraw ? this : other).flatten()).reshape(Shape.scalar());
        }
        return of(new Dot(), Shape.scalar(), this, other);
    }

    /** log(sum(exp(x))) over all elements, without overflow. */
    public Expr logSumExp() {
        return of(new LogSumExp(), Shape.scalar(), this);
    }

    /** The sum over all draws, element by element: a shared value. */
    public Expr sumDraws() {
        if (!perDraw) {
            throw new IllegalArgumentException("sumDraws: the value must be per draw, but is shared" + Source.suffix());
        }
        return new Expr(new SumDraws(), shape, false, null, Source.here(), this);
    }

    /** The sum over all draws of the outer product of this vector (m) and another (n): a shared matrix (m x n). */
    public Expr outerSumDraws(Expr other) {
        if (shape.rank() != 1 || other.shape.rank() != 1 || !perDraw || !other.perDraw) {
            throw new IllegalArgumentException("outerSumDraws: both values must be vectors per draw, but are " + this
                    + " and " + other);
        }
        return outerDraws(this, other);
    }

    // Elements and shapes

    /** Element i of a vector, or row i of a matrix, counted from 0. */
    public Expr get(int i) {
        if (shape.rank() == 0) {
            throw new IllegalArgumentException("get: a scalar has no elements" + Source.suffix());
        }
        if (i < 0 || i >= shape.dim(0)) {
            throw new IllegalArgumentException("get: index " + i + " must be from 0 to " + (shape.dim(0) - 1)
                    + Source.suffix() + ". " + COUNTING);
        }
        return slice(i, i + 1).reshape(Axis.without(shape, 0));
    }

    /** The element of a matrix at a row and a column, counted from 0. */
    public Expr get(int row, int column) {
        return get(row).get(column);
    }

    /**
     * Elements of a vector, or rows of a matrix, at the given positions, counted from 0: {@code theta.get(county)}. The shape
     * is the index's, followed by that of a row. Data that count from 1 need {@code county.minus(1)}.
     *
     * @throws IllegalArgumentException if an index is out of range
     */
    public Expr get(Expr index) {
        return Indexing.get(this, index);
    }

    /** Elements of a matrix: element n is at row[n], column[n], counted from 0. The two are of one shape, or scalars. */
    public Expr get(Expr row, Expr column) {
        return Indexing.get(this, row, column);
    }

    /** Column j of a matrix, counted from 0; of a value of more dimensions, entry j of the last. */
    public Expr column(int j) {
        if (shape.rank() < 2 || j < 0 || j >= shape.dim(shape.rank() - 1)) {
            throw new IllegalArgumentException("column: index " + j + " must be a column of shape " + shape + Source.suffix() + ". " + COUNTING);
        }
        return Along.entries(this, shape.rank() - 1, new int[] {j}).reshape(Axis.without(shape, shape.rank() - 1));
    }

    /** Elements (of a vector) or rows (of a matrix) from, inclusive, to, exclusive; a view, nothing is copied. */
    public Expr slice(int from, int to) {
        if (shape.rank() == 0 || from < 0 || to < from || to > shape.dim(0)) {
            throw new IllegalArgumentException("slice: [" + from + ", " + to + ") must lie in the first dimension of "
                    + shape + Source.suffix() + ". " + COUNTING);
        }
        int[] dims = shape.dims();
        if (from == 0 && to == dims[0]) return this;
        int row = dims[0] == 0 ? 0 : shape.size() / dims[0];
        dims[0] = to - from;
        return of(new Slice(from * row, to * row), Shape.of(dims), this);
    }

    /** The same elements, row-major, in another shape of the same size. */
    public Expr reshape(Shape to) {
        if (to.equals(shape)) return this;
        if (to.size() != shape.size()) {
            throw new IllegalArgumentException("reshape: " + shape + " has " + shape.size() + " elements, " + to
                    + " needs " + to.size() + Source.suffix());
        }
        return of(new Reshape(to), to, this);
    }

    /** A vector of all elements, row-major. */
    public Expr flatten() {
        return reshape(Shape.of(shape.size()));
    }

    /** Scalars and vectors one after the other, as a vector. */
    public static Expr concat(Expr... parts) {
        int size = 0;
        for (Expr p : parts) size += p.shape.size();
        return parts.length == 1 ? parts[0].flatten() : of(new Concat(), Shape.of(size), parts);
    }

    /** The matrix whose columns are these vectors of equal length; a scalar is repeated. */
    public static Expr columns(Expr... columns) {
        int rows = Arrays.stream(columns).filter(c -> !c.shape.isScalar()).mapToInt(c -> c.shape.size()).max().orElse(1);
        Shape column = Shape.of(rows);
        Expr[] parts = new Expr[columns.length];
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].shape.isScalar() && !columns[i].shape.equals(column)) {
                throw new IllegalArgumentException("columns: column " + i + " has shape " + columns[i].shape
                        + ", but others have " + column + Source.suffix());
            }
            parts[i] = columns[i].expand(column, columns[i].perDraw);
        }
        return concat(parts).reshape(Shape.of(columns.length, rows)).transpose();
    }

    /** The transpose of a matrix. */
    public Expr transpose() {
        if (shape.rank() != 2) {
            throw new IllegalArgumentException("transpose: the value must be a matrix, but has shape " + shape
                    + Source.suffix());
        }
        int rows = shape.dim(0);
        int columns = shape.dim(1);
        return of(new Transpose(rows, columns), Shape.of(columns, rows), this);
    }

    /** The matrix product of this (m x k) and a vector (k) or a matrix (k x p); see {@link Matrices#matmul}. */
    public Expr matmul(Expr other) {
        return Matrices.matmul(this, other);
    }

    /** The same value, for every draw. */
    public Expr repeatedOverDraws() {
        return expand(shape, true);
    }

    /**
     * The solution x (n, or n x p) of L x = b, where this is L (n x n), lower triangular; see {@link Matrices#solveLower}. A zero
     * on the diagonal makes infinities or NaN, not an exception.
     */
    public Expr solveLower(Expr b) {
        return Matrices.solveLower(this, b);
    }

    // Derivatives, otherwise

    /** The same value, whose derivative is zero. */
    public Expr stopGradient() {
        return of(new WithValue(), shape, this);
    }

    /**
     * The value of this with the derivative of an expression that is equal to this in exact arithmetic, and need then not
     * be computed: path gradients through a bijection and back use it.
     */
    public Expr withDerivativeOf(Expr equal) {
        if (!shape.equals(equal.shape) || perDraw != equal.perDraw) {
            throw new IllegalArgumentException("withDerivativeOf: " + shape + " and " + equal.shape
                    + " must be of one shape and kind");
        }
        return of(new WithValue(), shape, this, equal);
    }

    /** The same value; draws whose derivative is not finite contribute none. */
    public Expr guard() {
        return of(new Guard(), shape, this);
    }

    /** The log-density of the user's own code at this vector. */
    public Expr external(ExternalDensity density) {
        return of(new External(density), Shape.of(shape.size() + 1), this.materialize(this, true)).get(0);
    }

    /**
     * The outputs with some expressions replaced by others of the same shape, wherever they occur in them. What does not
     * depend on a replaced expression is kept as it is.
     */
    public static List<Expr> substitute(List<Expr> outputs, Map<Expr, Expr> replacements) {
        replacements.forEach((from, to) -> {
            if (!from.shape.equals(to.shape)) {
                throw new IllegalArgumentException("substitute: " + to + " must have the shape of " + from);
            }
        });
        return Dag.substitute(outputs, replacements);
    }

    // For the table of adjoints

    static Expr unary(UnaryOp op, Expr x) {
        return x.op instanceof Constant c && x.shape.isScalar() ? of(Algebra.fold(op, c.values[0]))
                : of(new Unary(op), x.shape, x);
    }

    static Expr sumElements(Expr x) {
        return x.shape.size() == 1 ? x.reshape(Shape.scalar()) : of(new SumElements(), Shape.scalar(), x);
    }

    static Expr binary(BinaryOp op, Expr x, Expr y) {
        if (x.op instanceof Constant a && y.op instanceof Constant b && x.shape.isScalar() && y.shape.isScalar()) {
            return of(Algebra.fold(op, a.values[0], b.values[0]));
        }
        Binary b = new Binary(op);
        return of(b, Shape.broadcast(b.label(), x.shape, y.shape), x, y);
    }

    static Expr ternary(TernaryOp op, Expr x, Expr y, Expr z) {
        Ternary t = new Ternary(op);
        Shape shape = Shape.broadcast(t.label(), Shape.broadcast(t.label(), x.shape, y.shape), z.shape);
        return of(t, shape, x, y, z);
    }

    static Expr gather(Expr x, Expr index) {
        return of(new Gather(), index.shape, x, index);
    }

    static Expr scatterAdd(Expr g, Expr index, Shape shape) {
        return of(new ScatterAdd(shape), shape, g, index);
    }

    /** op(a) b, with any number of columns in b; shapes are known to match. */
    static Expr matmul(boolean transposeA, Expr a, Expr b) {
        int m = a.shape.dim(transposeA ? 1 : 0);
        int k = a.shape.dim(transposeA ? 0 : 1);
        Shape out = b.shape.rank() == 1 ? Shape.of(m) : Shape.of(m, b.shape.dim(1));
        return of(new MatMul(transposeA, m, k), out, a, b);
    }

    /** op(l)^-1 b; shapes are known to match. */
    static Expr solveLower(boolean transpose, Expr l, Expr b) {
        return of(new TriangularSolve(transpose, l.shape.dim(0)), b.shape, l, b);
    }

    static Expr outerDraws(Expr g, Expr x) {
        int p = g.shape.rank() == 1 ? 1 : g.shape.dim(1);
        OuterDraws op = new OuterDraws(g.shape.dim(0), x.shape.dim(0), p);
        return new Expr(op, Shape.of(op.m(), op.n()), false, null, Source.here(), g, x);
    }

    /** Operands are of the kinds that the body of the loop expects. */
    static Expr loop(Loop loop, int size, Expr... operands) {
        return of(loop, Shape.of(size), operands);
    }

    static Expr maskDraws(Expr g) {
        return of(new MaskDraws(), g.shape, g);
    }

    /** A vector as a matrix of one column. */
    Expr asMatrix() {
        return shape.rank() == 2 ? this : reshape(Shape.of(shape.size(), 1));
    }

    Expr expand(Shape to, boolean toPerDraw) {
        if (shape.equals(to) && perDraw == toPerDraw) return this;
        return new Expr(new Expand(to, toPerDraw), to, toPerDraw, null, Source.here(), this);
    }

    /** With all elements of another value's shape, and per draw if that is. */
    Expr materialize(Expr like) {
        return materialize(like, like.perDraw || perDraw);
    }

    Expr materialize(Expr like, boolean toPerDraw) {
        Expr x = shape.size() == like.shape.size() ? reshape(like.shape) : this;
        return x.expand(like.shape, toPerDraw);
    }

    @Override
    public String toString() {
        return (name != null ? name : op.label()) + " " + shape + (perDraw ? " per draw" : " shared") + " (" + source + ")";
    }
}
