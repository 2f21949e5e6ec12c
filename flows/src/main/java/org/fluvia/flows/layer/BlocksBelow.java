package org.fluvia.flows.layer;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * W h + b with a matrix of blocks, a row and a column of them for each element: those of elements before a block's own are there, and
 * those of the context, which is before all; the others are not. What is multiplied is the context followed by units of elements.
 */
final class BlocksBelow {
    private final int elements;
    private final int rows;
    private final int columns;
    private final int context;
    /** Blocks of the first element, then of the second, ..., each row-major with the context first; null if there is none. */
    private final @Nullable Expr blocks;
    private final Expr bias;

    /**
     * @param rows of each block
     * @param columns of each block
     * @param context the size of the context
     * @param matrix initial elements, scaled by the root of a row's inputs
     * @param bias initial biases
     */
    BlocksBelow(int number, int elements, int rows, int columns, int context, IntToDoubleFunction matrix, IntToDoubleFunction bias) {
        this.elements = elements;
        this.rows = rows;
        this.columns = columns;
        this.context = context;
        double[] initial = new double[start(elements)];
        for (int i = 0; i < elements; i++) {
            for (int k = start(i); k < start(i + 1); k++) initial[k] = matrix.applyAsDouble(k) / Math.sqrt(seen(i));
        }
        this.blocks = initial.length == 0 ? null : Expr.shared("matrix " + number, Shape.of(initial.length), initial);
        double[] biases = new double[elements * rows];
        Arrays.setAll(biases, bias);
        this.bias = Expr.shared("bias " + number, Shape.of(biases.length), biases);
    }

    /** Where the blocks of an element start. */
    private int start(int element) {
        return rows * (element * context + element * (element - 1) / 2 * columns);
    }

    /** How many numbers an element depends on. */
    private int seen(int element) {
        return context + element * columns;
    }

    List<Expr> weights() {
        return blocks == null ? List.of(bias) : List.of(blocks, bias);
    }

    /** The rows of all elements. */
    Expr all(Expr known) {
        if (blocks == null) return bias;
        double[] place = new double[elements * rows * seen(elements)];
        Arrays.fill(place, start(elements));
        for (int i = 0, k = 0; i < elements; i++) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < seen(i); c++) place[(i * rows + r) * seen(elements) + c] = k++;
            }
        }
        Expr matrix = Expr.concat(blocks, Expr.of(0)).get(Expr.vector(place)).reshape(Shape.of(elements * rows, seen(elements)));
        return matrix.matmul(known).plus(bias);
    }

    /** The rows of one element, of what is known before it. */
    Expr of(int element, Expr known) {
        Expr own = bias.slice(element * rows, (element + 1) * rows);
        if (blocks == null || seen(element) == 0) return own;
        return blocks.slice(start(element), start(element + 1)).reshape(Shape.of(rows, seen(element))).matmul(known).plus(own);
    }
}
