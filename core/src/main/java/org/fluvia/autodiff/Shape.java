package org.fluvia.autodiff;

import java.util.Arrays;

/**
 * The dimensions of a value: none for a scalar, one for a vector, two for a matrix, and so on. Elements are counted
 * row-major (the last index runs fastest). Immutable.
 */
public final class Shape {
    private static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        this.dims = dims;
        long product = 1;
        boolean overflow = false;
        for (int d : dims) {
            overflow |= d > 0 && product > Long.MAX_VALUE / d;
            product = overflow ? Long.MAX_VALUE : product * d;
        }
        for (int d : dims) if (d == 0) product = 0;
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shape: " + text(dims) + " has " + (product == Long.MAX_VALUE ? "more than " + product : product)
                    + " elements" + Source.suffix() + "; at most " + Integer.MAX_VALUE + " are possible");
        }
        this.size = (int) product;
    }

    public static Shape scalar() {
        return SCALAR;
    }

    /** @throws IllegalArgumentException if a dimension is negative. */
    public static Shape of(int... dims) {
        for (int d : dims) {
            if (d < 0) throw new IllegalArgumentException("shape: dimensions must not be negative, but were " + text(dims) + Source.suffix());
        }
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    /** The number of elements; 1 for a scalar. */
    public int size() {
        return size;
    }

    /** The number of dimensions. */
    public int rank() {
        return dims.length;
    }

    public int dim(int axis) {
        return dims[axis];
    }

    /** The dimensions, a copy. */
    public int[] dims() {
        return dims.clone();
    }

    public boolean isScalar() {
        return dims.length == 0;
    }

    /** A name with an element's indices, counted from 1: "theta[2]", "L[2,1]"; the name alone for a scalar. */
    public String label(String name, int element) {
        if (isScalar()) return name;
        StringBuilder indices = new StringBuilder();
        int rest = element;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            indices.insert(0, rest % dims[axis] + 1).insert(0, axis == 0 ? "[" : ",");
            rest /= dims[axis];
        }
        return name + indices + "]";
    }

    /**
     * The shape of an elementwise operation: the operands' shapes are equal, or one of them is a scalar.
     *
     * @throws IllegalArgumentException naming the operation and both shapes
     */
    static Shape broadcast(String operation, Shape a, Shape b) {
        if (a.equals(b) || b.isScalar()) return a;
        if (a.isScalar()) return b;
        throw new IllegalArgumentException(operation + ": shapes " + a + " and " + b
                + " do not match" + Source.suffix() + ". Elementwise operations need equal shapes or a scalar." + hint(operation, a, b));
    }

    private static String hint(String operation, Shape a, Shape b) {
        String product = operation.equals("times") && a.rank() == 2 && b.rank() == 1 ? " For the matrix product use matmul." : "";
        Shape matrix = a.rank() == 2 ? a : b;
        Shape vector = a.rank() == 2 ? b : a;
        if (matrix.rank() != 2 || vector.rank() != 1) return product;
        if (vector.dim(0) == matrix.dim(1)) return product + " repeatRows(x, " + matrix.dim(0) + ") makes the vector every row of a matrix.";
        if (vector.dim(0) == matrix.dim(0)) {
            return product + " repeatColumns(x, " + matrix.dim(1) + ") makes the vector every column of a matrix.";
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape s && Arrays.equals(dims, s.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** "scalar", "(8)" or "(434 x 5)". */
    @Override
    public String toString() {
        return text(dims);
    }

    private static String text(int[] dims) {
        if (dims.length == 0) return "scalar";
        StringBuilder b = new StringBuilder("(");
        for (int i = 0; i < dims.length; i++) b.append(i == 0 ? "" : " x ").append(dims[i]);
        return b.append(')').toString();
    }
}
