package org.fluvia.autodiff;

/**
 * A place among the dimensions of a shape: {@code outer} blocks of {@code n} entries of {@code inner} elements each, row-major.
 * Reductions run over the entries.
 */
record Axis(int outer, int n, int inner) {

    /**
     * @param axis counted from 0, or from the end: -1 is the last
     * @throws IllegalArgumentException naming the operation and the shape
     */
    static Axis of(String operation, Shape s, int axis) {
        int a = position(operation, s, axis);
        int outer = 1;
        int inner = 1;
        for (int i = 0; i < a; i++) outer *= s.dim(i);
        for (int i = a + 1; i < s.rank(); i++) inner *= s.dim(i);
        return new Axis(outer, s.dim(a), inner);
    }

    static int position(String operation, Shape s, int axis) {
        int a = axis < 0 ? axis + s.rank() : axis;
        if (a < 0 || a >= s.rank()) {
            throw new IllegalArgumentException(operation + ": axis must be from " + -s.rank() + " to " + (s.rank() - 1)
                    + " for shape " + s + ", but was " + axis + Source.suffix() + "."
                    + (s.isScalar() ? " A scalar has none." : ""));
        }
        return a;
    }

    /** The shape without an axis. */
    static Shape without(Shape s, int position) {
        int[] dims = new int[s.rank() - 1];
        for (int i = 0, k = 0; i < s.rank(); i++) if (i != position) dims[k++] = s.dim(i);
        return Shape.of(dims);
    }

    /** The shape with an axis of n entries put in at a position. */
    static Shape with(Shape s, int position, int n) {
        int[] dims = new int[s.rank() + 1];
        for (int i = 0, k = 0; i < dims.length; i++) dims[i] = i == position ? n : s.dim(k++);
        return Shape.of(dims);
    }

    int size() {
        return outer * n * inner;
    }
}
