package org.fluvia.autodiff;

/**
 * A primitive operation: how it is computed, and its adjoint. The implementations are the one table of adjoints there is.
 *
 * <p>Operations are values: equal operations on equal operands compute the same thing, which is how common
 * subexpressions are found. They hold no state.
 */
sealed interface Op permits Input, Constant, Unary, Binary, Ternary, Where, SumElements, Dot, LogSumExp, SumDraws, OuterDraws,
        MatMul, TriangularSolve, Transpose, Slice, Concat, Gather, ScatterAdd, Reshape, Expand, WithValue, Guard, MaskDraws, External,
        SumAxis, RepeatAxis, LogSumExpAxis, MaxAxis, CumulativeSum, Select, AddAt, GatherRows, AddRows, Loop, OdeSolve,
        MatMulPlus, MatMulDraws, MatMulShared, Cholesky, CholeskyAdjoint, TriangularSolveDraws, EigenSymmetric, EigenPart,
        Lu, LuSolve, LuDeterminant, MatrixExponential, Declared {

    /** The name people know it by, as in "exp". */
    String label();

    /**
     * The contributions to the operands' adjoints, given the adjoint g of the node: expressions over primitives, one for
     * each operand, null where there is none. A contribution may have more elements or be per draw where the operand is
     * not (the caller sums), or be a scalar or shared where the operand is not (it stands for its repetition).
     */
    Expr[] adjoint(Expr node, Expr g);

    /** As above, where not all contributions are wanted; the others may be null. */
    default Expr[] adjoint(Expr node, Expr g, boolean[] wanted) {
        return adjoint(node, g);
    }

    /** Computes out from the operands, for one tile or, for shared values, once. */
    void run(Frame f, Slot[] in, Slot out);

    /** Whether out may take an operand's place (the same elements, computed one by one). */
    default boolean inPlace() {
        return false;
    }

    /** The first row of the one operand that this is a view of, or -1 if it computes something. */
    default int viewFrom() {
        return -1;
    }

    /** Rows of memory that run needs to work in; where there are any, they follow the operands. */
    default int scratch(boolean perDraw) {
        return 0;
    }

    /** Places in the {@link Frame} that run needs: see {@link Slot#pointer}. */
    default int places() {
        return 0;
    }

    /** Roughly how many elements run computes, given the number in its result. */
    default long work(int elements) {
        return elements;
    }

    /** Whether this turns values per draw into a shared one. */
    default boolean sumsDraws() {
        return false;
    }

    /** Whether a node of this, whose adjoint is known, has no further derivatives. */
    default boolean firstDerivativesOnly(Expr node) {
        return false;
    }

    /** Whether a scalar or shared operand is repeated to the shape of the result. */
    default boolean repeatsOperands() {
        return false;
    }
}
