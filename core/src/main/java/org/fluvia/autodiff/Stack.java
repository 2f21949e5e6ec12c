package org.fluvia.autodiff;

/** A shape as matrices (rows x columns) in its last two axes, one for each entry of the leading axes. */
record Stack(Shape leading, int rows, int columns) {

    /** @throws IllegalArgumentException if there are fewer than two axes */
    static Stack of(String operation, Expr x) {
        Shape s = x.shape();
        if (s.rank() < 2) {
            throw new IllegalArgumentException(operation + ": the value must be a matrix, but has shape " + s + Source.suffix());
        }
        return new Stack(leading(s, s.rank() - 2), s.dim(s.rank() - 2), s.dim(s.rank() - 1));
    }

    /** @throws IllegalArgumentException if the matrices are not square */
    static Stack ofSquare(String operation, Expr x) {
        Stack s = of(operation, x);
        if (s.rows != s.columns) {
            throw new IllegalArgumentException(operation + ": the matrix must be square, but has shape " + x.shape() + Source.suffix());
        }
        return s;
    }

    static Shape leading(Shape s, int rank) {
        return Shape.of(java.util.Arrays.copyOf(s.dims(), rank));
    }

    int count() {
        return leading.size();
    }

    /** The leading axes followed by others. */
    Shape with(int... trailing) {
        int[] dims = java.util.Arrays.copyOf(leading.dims(), leading.rank() + trailing.length);
        System.arraycopy(trailing, 0, dims, leading.rank(), trailing.length);
        return Shape.of(dims);
    }
}
