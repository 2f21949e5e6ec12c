package org.fluvia.flows.bijection;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;

/**
 * The orthogonal matrix H_1 H_2 ... H_k with reflections H_i = I - 2 v_i v_i' / v_i'v_i. It is I - V T V', where V (d x k) has the vectors
 * as columns and the inverse of T is the upper triangle of V'V with half its diagonal (Joffrain et al. 2006): two products with V and
 * a triangular system take the place of k steps. A vector shorter than 1e-150 counts as none.
 */
final class Reflections {
    /** Of a squared length: below, quotients would be of subnormal numbers. */
    private static final double SHORTEST = 1e-300;

    private final Expr vectors;
    /** The transpose of the inverse of T. */
    private final Expr lower;

    /** @param vectors (d x k), shared */
    Reflections(Expr vectors) {
        this.vectors = vectors;
        Expr products = Matrices.crossprod(vectors);
        Expr none = Expr.where(Matrices.diagonal(products).lt(SHORTEST), Expr.of(1), Expr.of(0));
        lower = Matrices.addToDiagonal(products.times(belowAndHalf(vectors.shape().dim(1))), none);
    }

    private static Expr belowAndHalf(int k) {
        double[] factors = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) factors[i * k + j] = j < i ? 1 : 0.5;
        }
        return Expr.vector(factors).reshape(Shape.of(k, k));
    }

    /** The product of the matrix and x, a vector (d) or a matrix (d x n). */
    Expr times(Expr x) {
        return x.minus(vectors.matmul(Matrices.solveLowerTransposed(lower, Matrices.transposedTimes(vectors, x))));
    }

    /** The product of its transpose, which is its inverse, and x. */
    Expr transposedTimes(Expr x) {
        return x.minus(vectors.matmul(Matrices.solveLower(lower, Matrices.transposedTimes(vectors, x))));
    }

    /** The first r columns of the matrix: orthonormal vectors (d x r). */
    Expr columns(int r) {
        int d = vectors.shape().dim(0);
        double[] unit = new double[d * r];
        for (int i = 0; i < r; i++) unit[i * r + i] = 1;
        return times(Expr.vector(unit).reshape(Shape.of(d, r)));
    }

    /** Vectors (d x r) with which the first r columns are those of a matrix with orthonormal columns (d x r), up to their signs. */
    static DMatrixRMaj of(DMatrixRMaj orthonormal) {
        DMatrixRMaj rest = orthonormal.copy();
        DMatrixRMaj vectors = new DMatrixRMaj(rest.numRows, rest.numCols);
        for (int k = 0; k < rest.numCols; k++) {
            double squares = 0;
            for (int i = k; i < rest.numRows; i++) squares += rest.get(i, k) * rest.get(i, k);
            for (int i = k; i < rest.numRows; i++) vectors.set(i, k, rest.get(i, k));
            vectors.add(k, k, Math.copySign(Math.sqrt(squares), rest.get(k, k)));
            reflect(vectors, k, rest);
        }
        return vectors;
    }

    private static void reflect(DMatrixRMaj vectors, int k, DMatrixRMaj columns) {
        double length = 0;
        for (int i = k; i < vectors.numRows; i++) length += vectors.get(i, k) * vectors.get(i, k);
        for (int j = k; j < columns.numCols; j++) {
            double along = 0;
            for (int i = k; i < vectors.numRows; i++) along += vectors.get(i, k) * columns.get(i, j);
            for (int i = k; i < vectors.numRows; i++) columns.add(i, j, -2 * along / length * vectors.get(i, k));
        }
    }
}
