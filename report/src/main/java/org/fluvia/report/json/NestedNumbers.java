package org.fluvia.report.json;

import java.io.IOException;
import java.io.Writer;
import java.util.function.DoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;

/** Draws of one quantity as nested lists of JSON: a list of draws, each a number, or lists in the quantity's shape. */
public final class NestedNumbers {
    private NestedNumbers() {}

    /**
     * @param values elements x draws
     * @param row of the quantity's first element
     * @param number how a number is written
     */
    public static void write(Writer out, DMatrixRMaj values, int row, Shape shape, DoubleFunction<String> number) throws IOException {
        out.write("[");
        for (int draw = 0; draw < values.numCols; draw++) {
            if (draw > 0) out.write(", ");
            int at = draw;
            write(out, shape, 0, row, i -> number.apply(values.data[i * values.numCols + at]));
        }
        out.write("]");
    }

    /** The first draw alone, not in a list. */
    public static void writeOne(Writer out, DMatrixRMaj values, int row, Shape shape, DoubleFunction<String> number) throws IOException {
        write(out, shape, 0, row, i -> number.apply(values.data[i * values.numCols]));
    }

    /** An element, by its row, as JSON. */
    private interface Element {
        String at(int row);
    }

    /** Elements from a row on, along an axis and those after it; returns the row after them. */
    private static int write(Writer out, Shape shape, int axis, int row, Element element) throws IOException {
        if (axis == shape.rank()) {
            out.write(element.at(row));
            return row + 1;
        }
        int next = row;
        out.write("[");
        for (int i = 0; i < shape.dim(axis); i++) {
            if (i > 0) out.write(", ");
            next = write(out, shape, axis + 1, next, element);
        }
        out.write("]");
        return next;
    }
}
