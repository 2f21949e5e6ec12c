package org.fluvia.autodiff.op;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.IntFunction;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A primitive operation: how it is computed, its adjoint, and what it is to those who plan, simplify or explain a program. They
 * ask it, and know no operation by its class: a new one is a file of its own.
 *
 * <p>Operations are values: equal operations on equal operands compute the same thing, which is how common
 * subexpressions are found. They hold no state.
 *
 * @param <X> the expressions that are recorded
 */
public interface Op<X> {

    /** The name people know it by, as in "exp". */
    String label();

    // Derivatives

    /**
     * The contributions to the operands' adjoints, given the adjoint g of the node: expressions over primitives, one for
     * each operand, null where there is none. A contribution may have more elements or be per draw where the operand is
     * not (the caller sums), or be a scalar or shared where the operand is not (it stands for its repetition).
     */
    @Nullable X[] adjoint(X node, X g);

    /** As above, where not all contributions are wanted; the others may be null. */
    default @Nullable X[] adjoint(X node, X g, boolean[] wanted) {
        return adjoint(node, g);
    }

    /** Whether a node of this, whose adjoint is known, has no further derivatives. */
    default boolean firstDerivativesOnly(X node) {
        return false;
    }

    /** Whether a scalar or shared operand is repeated to the shape of the result. */
    default boolean repeatsOperands() {
        return false;
    }

    // Computation

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

    /** Whether the result is per draw, whatever the operands are. */
    default boolean repeatsOverDraws() {
        return false;
    }

    /** How many of the operands the value is computed from: the first ones. Others only carry a derivative. */
    default int valueOperands(int operands) {
        return operands;
    }

    /**
     * This and a sum with a shared vector, which nothing else needs, as one operation of one operand more; null if there is none.
     *
     * @param elements of the result
     */
    default @Nullable Op<X> plusShared(int elements) {
        return null;
    }

    // Computation by blocks of rows, see RowGroup: of vectors of n elements, n large

    /** Whether the result, of so many elements, can be computed row by row, given the rows of its long operands. */
    default boolean isRowwise(int elements) {
        return false;
    }

    /** The operand over whose n rows this sums; -1 if it does not. */
    default int sumsRowsOf(int n) {
        return -1;
    }

    /** Whether a row of the result, or of the sum, needs only the same row of an operand. */
    default boolean needsSameRowOf(int operand) {
        return true;
    }

    /** The operation on a block of rows. */
    default Op<X> forRows(int rows) {
        return this;
    }

    /** The part of an operand's memory that rows from, ..., from + rows - 1 of n need. */
    default Slot operandRows(int operand, Slot whole, int n, int from, int rows) {
        return whole.elements() == n ? whole.part(from, rows) : whole;
    }

    // What it is

    /** What the value is made of, to those who look for patterns. */
    default Form form() {
        return Form.OTHER;
    }

    /** Values that were known when it was recorded, of a constant or a shared input; not to be modified. */
    default double @Nullable [] known() {
        return null;
    }

    /** As {@link #known}, of an operation that has such values. */
    default double[] values() {
        return requireNonNull(known(), label());
    }

    /** For {@link Form#SELECT} and {@link Form#REARRANGE}: where each element is in the operand, negative for a zero; not to be modified. */
    default int @Nullable [] places(X node) {
        return null;
    }

    /** For {@link Form#PARAMETER}: what it was declared as. */
    default @Nullable Declaration declaration() {
        return null;
    }

    /** The same on other operands of the same shapes, where the operation changes with their kind; null where it does not. */
    default @Nullable X on(X node, List<X> operands) {
        return null;
    }

    /** The same on operands of which some are per draw that were not; null if they are to be made of one kind. */
    default @Nullable X perDraw(X node, List<X> operands) {
        return null;
    }

    /**
     * Why values are not finite although the operands' are, in words, where the operation knows more than its name.
     *
     * @param values of the node, one draw
     * @param operands the values of an operand
     */
    default @Nullable String explain(X node, double[] values, IntFunction<double[]> operands) {
        return null;
    }
}
