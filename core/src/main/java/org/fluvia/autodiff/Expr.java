package org.fluvia.autodiff;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Op;
import org.fluvia.autodiff.op.Reach;
import org.fluvia.autodiff.op.Recorded;
import org.fluvia.kernel.BinaryOp;
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
@SuppressWarnings("exports") // how it was recorded is for rooms that are not exported
public final class Expr implements Recorded<Expr> {
    private static final AtomicLong IDS = new AtomicLong();

    private final long number = IDS.getAndIncrement();
    final Op<Expr> op;
    private final Expr[] operands;
    private final Shape shape;
    private final boolean perDraw;
    private final Source source;
    private final @Nullable String name;

    /** Records an operation: for those who have one. The result is per draw if an operand is. */
    public static Expr of(Op<Expr> op, Shape shape, Expr... operands) {
        return new Expr(op, shape, null, Source.here(), operands);
    }

    private Expr(Op<Expr> op, Shape shape, @Nullable String name, Source source, Expr... operands) {
        this.op = op;
        this.shape = shape;
        this.name = name;
        this.source = source;
        this.operands = operands.clone(); // a caller may put others into its array
        boolean draws = op.repeatsOverDraws();
        for (Expr x : operands) draws |= x.perDraw;
        this.perDraw = draws && !op.sumsDraws();
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
        return new Expr(Input.shared(name, shape, initial), shape, name, Source.here());
    }

    /** A value per draw that a workspace reads from a {@link DrawSource}. */
    public static Expr perDraw(String name, Shape shape) {
        return new Expr(new Input(name, null), shape, name, Source.here());
    }

    /** The same value under a name, for messages. */
    public Expr named(String name) {
        return new Expr(new Reshape(shape), shape, name, Source.here(), this);
    }

    /**
     * The same value under the name of a parameter.
     *
     * @param as what the parameter was declared as, in words such as "real"
     * @param reach what its elements run through; null if that is not known
     */
    public Expr declared(String name, String as, @Nullable Reach reach) {
        if (reach == null) return named(name);
        return new Expr(Declared.of(name, as, reach, shape), shape, name, Source.here(), this);
    }

    // What is known of it

    public Shape shape() {
        return shape;
    }

    /** Whether the value differs from draw to draw. */
    @Override
    public boolean isPerDraw() {
        return perDraw;
    }

    /** The user's line that recorded it. */
    @Override
    public Source source() {
        return source;
    }

    /** The name given with {@link #named}, or by the model; null if there is none. */
    public @Nullable String name() {
        return name;
    }

    // How it was recorded

    @Override
    public Op<Expr> op() {
        return op;
    }

    @Override
    public Expr operand(int i) {
        return operands[i];
    }

    @Override
    public int operandCount() {
        return operands.length;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int size() {
        return shape.size();
    }

    @Override
    public Expr with(List<Expr> newOperands) {
        Expr again = op.on(this, newOperands);
        if (again != null) return again;
        return new Expr(op, shape, name, source, newOperands.toArray(new Expr[0]));
    }

    /**
     * Whether the value has first derivatives only: where it comes in part from the user's own code, from an ordinary differential
     * equation, or from a function whose second derivative is not known, such as an incomplete gamma function of a parameter.
     */
    public boolean hasFirstDerivativesOnly() {
        return Dag.reachable(List.of(this)).stream().anyMatch(x -> x.op.firstDerivativesOnly(x));
    }

    // Arithmetic

    public Expr plus(Expr other) {
        if (Algebra.isNumber(other, 0)) return this;
        if (Algebra.isNumber(this, 0)) return other;
        return Binary.of(BinaryOp.ADD, this, other);
    }

    public Expr plus(double other) {
        return plus(of(other));
    }

    public Expr minus(Expr other) {
        return Algebra.isNumber(other, 0) ? this : Binary.of(BinaryOp.SUB, this, other);
    }

    public Expr minus(double other) {
        return minus(of(other));
    }

    /** The product, element by element. */
    public Expr times(Expr other) {
        if (Algebra.isNumber(other, 1)) return this;
        if (Algebra.isNumber(this, 1)) return other;
        return Binary.of(BinaryOp.MUL, this, other);
    }

    public Expr times(double other) {
        return times(of(other));
    }

    public Expr div(Expr other) {
        return Algebra.isNumber(other, 1) ? this : Binary.of(BinaryOp.DIV, this, other);
    }

    public Expr div(double other) {
        return div(of(other));
    }

    public Expr unaryMinus() {
        return Unary.of(UnaryOp.NEG, this);
    }

    /** This to the power of the exponent; NaN for a negative base and an exponent that is not whole. */
    public Expr pow(Expr exponent) {
        if (Algebra.isNumber(exponent, 2)) return square();
        return Algebra.isNumber(exponent, 1) ? this : Binary.of(BinaryOp.POW, this, exponent);
    }

    public Expr pow(double exponent) {
        return pow(of(exponent));
    }

    /** The smaller of the two; NaN if either is. */
    public Expr min(Expr other) {
        return Binary.of(BinaryOp.MIN, this, other);
    }

    public Expr min(double other) {
        return min(of(other));
    }

    /** The larger of the two; NaN if either is. */
    public Expr max(Expr other) {
        return Binary.of(BinaryOp.MAX, this, other);
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
        return Unary.of(UnaryOp.ABS, this);
    }

    public Expr square() {
        return Unary.of(UnaryOp.SQUARE, this);
    }

    /** 1 / x. */
    public Expr reciprocal() {
        return Unary.of(UnaryOp.RECIPROCAL, this);
    }

    public Expr sqrt() {
        return Unary.of(UnaryOp.SQRT, this);
    }

    public Expr exp() {
        return Unary.of(UnaryOp.EXP, this);
    }

    /** The natural logarithm; minus infinity at 0, NaN below. */
    public Expr log() {
        return Unary.of(UnaryOp.LOG, this);
    }

    /** log(1 + x), accurate for small x. */
    public Expr log1p() {
        return Unary.of(UnaryOp.LOG1P, this);
    }

    /** exp(x) - 1, accurate for small x. */
    public Expr expm1() {
        return Unary.of(UnaryOp.EXPM1, this);
    }

    public Expr tanh() {
        return Unary.of(UnaryOp.TANH, this);
    }

    /** The inverse logit, 1 / (1 + exp(-x)). */
    public Expr sigmoid() {
        return Unary.of(UnaryOp.SIGMOID, this);
    }

    /** log(1 + exp(x)). */
    public Expr softplus() {
        return Unary.of(UnaryOp.SOFTPLUS, this);
    }

    /** log Gamma(x), x > 0. */
    public Expr lgamma() {
        return Unary.of(UnaryOp.LGAMMA, this);
    }

    /** The derivative of {@link #lgamma}. */
    public Expr digamma() {
        return Unary.of(UnaryOp.DIGAMMA, this);
    }

    /** 1 where the value is finite, 0 elsewhere. */
    public Expr isFinite() {
        return Unary.of(UnaryOp.IS_FINITE, this);
    }

    // Comparisons: 1 or 0

    /** 1 where this is less than other, else 0. */
    public Expr lt(Expr other) {
        return Binary.of(BinaryOp.LT, this, other);
    }

    public Expr lt(double other) {
        return lt(of(other));
    }

    /** 1 where this is at most other, else 0. */
    public Expr le(Expr other) {
        return Binary.of(BinaryOp.LE, this, other);
    }

    public Expr le(double other) {
        return le(of(other));
    }

    /** 1 where this equals other, else 0. */
    public Expr eq(Expr other) {
        return Binary.of(BinaryOp.EQ, this, other);
    }

    public Expr eq(double other) {
        return eq(of(other));
    }

    /** then where the condition is not 0, otherwise elsewhere; the branch not taken has no part in the derivative. */
    public static Expr where(Expr condition, Expr then, Expr otherwise) {
        return Where.of(condition, then, otherwise);
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
        return Dot.of(this, other);
    }

    /** log(sum(exp(x))) over all elements, without overflow. */
    public Expr logSumExp() {
        return of(new LogSumExp(), Shape.scalar(), this);
    }

    /** The sum over all draws, element by element: a shared value. */
    public Expr sumDraws() {
        return SumDraws.of(this);
    }

    /** The sum over all draws of the outer product of this vector (m) and another (n): a shared matrix (m x n). */
    public Expr outerSumDraws(Expr other) {
        return OuterDraws.ofVectors(this, other);
    }

    // Elements and shapes

    /** Element i of a vector, or row i of a matrix, counted from 0. */
    public Expr get(int i) {
        return Indexing.get(this, i);
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
        return Indexing.column(this, j);
    }

    /** Elements (of a vector) or rows (of a matrix) from, inclusive, to, exclusive; a view, nothing is copied. */
    public Expr slice(int from, int to) {
        return Slice.of(this, from, to);
    }

    /** The same elements, row-major, in another shape of the same size. */
    public Expr reshape(Shape to) {
        return to.equals(shape) ? this : Reshape.of(this, to);
    }

    /** A vector of all elements, row-major. */
    public Expr flatten() {
        return reshape(Shape.of(shape.size()));
    }

    /** Scalars and vectors one after the other, as a vector. */
    public static Expr concat(Expr... parts) {
        return Concat.of(parts);
    }

    /** The matrix whose columns are these vectors of equal length; a scalar is repeated. */
    public static Expr columns(Expr... columns) {
        return Concat.columns(columns);
    }

    /** The transpose of a matrix. */
    public Expr transpose() {
        return Transpose.of(this);
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
        return WithValue.of(this, equal);
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
        replacements.forEach(Reshape::checkSame);
        return Dag.substitute(outputs, replacements);
    }

    // For operations

    /** A scalar repeated to a shape, or a shared value for all draws, or both. */
    public Expr expand(Shape to, boolean toPerDraw) {
        return shape.equals(to) && perDraw == toPerDraw ? this : of(new Expand(to, toPerDraw), to, this);
    }

    /** With all elements of another value's shape, and per draw if that is. */
    public Expr materialize(Expr like) {
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
