package org.fluvia.dist;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/** How messages speak of one element of an array. */
final class Element {
    private Element() {}

    /** A name with the element's indices, counted from 1: "sigma[3]", "y[2,1]"; the name alone for a scalar. */
    static String label(String name, Shape shape, int element) {
        if (shape.isScalar()) return name;
        StringBuilder indices = new StringBuilder();
        int rest = element;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            indices.insert(0, rest % shape.dim(axis) + 1).insert(0, axis == 0 ? "[" : ",");
            rest /= shape.dim(axis);
        }
        return name + indices + "]";
    }

    /** " (sigma[3], EightSchools.java:12)": the element, as far as it has a name, and the user's line. */
    static String where(Expr x, int element) {
        String line = Source.suffix();
        if (x.name() == null && x.shape().isScalar()) return line;
        return " (" + label(x.name() == null ? "element" : x.name(), x.shape(), element) + ", " + line.substring(2);
    }

    /** A number as people write it: whole numbers without ".0". */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
