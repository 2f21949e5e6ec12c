package org.fluvia.flows.bijection;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.LUDecomposition_F64;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * y = shift + P L U x, any invertible matrix (Kingma and Dhariwal 2018, section 3.2): L lower triangular with ones on the diagonal, U
 * upper triangular, P a permutation that stays as it is. log |det| = sum of the logs of |U[i, i]|, shared.
 *
 * <p>Trained on the shift, the logs of |U[i, i]|, whose signs stay, and on what is below the diagonal of L and above that of U as it is.
 * The product is made once for all draws, with d^3 operations; a draw takes d^2 in either direction, the inverse by substitution.
 *
 * <p>Numerics: the rows of the product are sums; where terms of different sign overflow, the result is NaN.
 */
public final class LuAffine implements Bijection {
    /** A pivot that is smaller, relative to its row, is rounding of zero. */
    private static final double SMALLEST_PIVOT = 1e-14;

    private final Expr shift;
    private final Expr logDiagonal;
    private final Permutation rows;
    private final Expr lower;
    private final Expr upper;
    private final Expr matrix;
    private final List<Expr> weights;

    private LuAffine(Expr shift, Expr logDiagonal, Factors factors, Expr below, Expr above, List<Expr> weights) {
        this.shift = shift;
        this.logDiagonal = logDiagonal;
        this.rows = Permutation.of(factors.rows);
        lower = factors.lower(below);
        upper = factors.upper(logDiagonal, above);
        matrix = lower.matmul(upper).get(rows.index());
        this.weights = weights;
    }

    /** Weights that start as the identity, with the elements in their order. */
    public static LuAffine trainable(int dimension) {
        DMatrixRMaj identity = new DMatrixRMaj(Dimensions.positive("LuAffine", dimension), dimension);
        for (int i = 0; i < dimension; i++) identity.set(i, i, 1);
        return trainable(new double[dimension], identity);
    }

    /**
     * Weights that start with this shift and matrix, whose row exchanges and signs of U's diagonal stay. Both are copied.
     *
     * @throws IllegalArgumentException if the matrix is not d x d, is singular, or an element is not finite
     */
    public static LuAffine trainable(double[] shift, DMatrixRMaj matrix) {
        Factors f = new Factors(shift, matrix);
        int d = shift.length;
        Expr shifts = Expr.shared("shift", Shape.of(d), shift);
        Expr logDiagonal = Expr.shared("log diagonal", Shape.of(d), f.logDiagonal);
        if (d == 1) return new LuAffine(shifts, logDiagonal, f, Expr.vector(), Expr.vector(), List.of(shifts, logDiagonal));
        Shape triangle = Shape.of(f.below.length);
        Expr below = Expr.shared("below diagonal", triangle, f.below);
        Expr above = Expr.shared("above diagonal", triangle, f.above);
        return new LuAffine(shifts, logDiagonal, f, below, above, List.of(shifts, logDiagonal, below, above));
    }

    /**
     * The map with this shift and matrix for good, without weights. Both are copied.
     *
     * @throws IllegalArgumentException if the matrix is not d x d, is singular, or an element is not finite
     */
    public static LuAffine fixed(double[] shift, DMatrixRMaj matrix) {
        Factors f = new Factors(shift, matrix);
        return new LuAffine(Expr.vector(shift), Expr.vector(f.logDiagonal), f, Expr.vector(f.below), Expr.vector(f.above), List.of());
    }

    @Override
    public int dimension() {
        return shift.shape().size();
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        return new Transformed(times(x).plus(shift), logDeterminant());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(solve(y.minus(shift)), logDeterminant().unaryMinus());
    }

    Expr shift() {
        return shift;
    }

    /** The log of the absolute determinant of the matrix. */
    Expr logDeterminant() {
        return logDiagonal.sum();
    }

    /** The product of the matrix with a vector, or with each column of a matrix. */
    Expr times(Expr x) {
        return matrix.matmul(x);
    }

    /** What {@link #times} makes this of. */
    Expr solve(Expr y) {
        return Matrices.solveUpper(upper, lower.solveLower(y.get(rows.inverseIndex())));
    }

    @Override
    public String toString() {
        return "LuAffine(" + dimension() + ")";
    }

    /** The factors of a matrix, as numbers. */
    private static final class Factors {
        /** Element i of the result comes from row rows[i] of L U. */
        final int[] rows;
        final double[] below;
        final double[] above;
        final double[] logDiagonal;
        private final double[] signs;

        Factors(double[] shift, DMatrixRMaj matrix) {
            int d = Dimensions.square("LuAffine", "matrix", matrix);
            if (Dimensions.present("LuAffine", "shift", shift).length != d) {
                throw new IllegalArgumentException("LuAffine: shift must have " + d + " elements, as matrix is " + d + " x " + d
                        + ", but had " + shift.length);
            }
            Dimensions.finite("LuAffine", "shift", shift, d);
            LUDecomposition_F64<DMatrixRMaj> lu = DecompositionFactory_DDRM.lu(d, d);
            lu.decompose(matrix.copy());
            int[] from = lu.getRowPivotV(null);
            DMatrixRMaj l = lu.getLower(null);
            DMatrixRMaj u = lu.getUpper(null);
            rows = new int[d];
            for (int i = 0; i < d; i++) rows[from[i]] = i;
            below = new double[d * (d - 1) / 2];
            above = new double[below.length];
            logDiagonal = new double[d];
            signs = new double[d];
            for (int i = 0, b = 0, a = 0; i < d; i++) {
                double largest = 0;
                for (int j = 0; j < d; j++) {
                    largest = Math.max(largest, Math.abs(matrix.get(from[i], j)));
                    if (j < i) below[b++] = l.get(i, j);
                    if (j > i) above[a++] = u.get(i, j);
                }
                double pivot = u.get(i, i);
                if (!(Math.abs(pivot) > SMALLEST_PIVOT * largest) || !Double.isFinite(pivot)) {
                    throw new IllegalArgumentException("LuAffine: matrix must be invertible, but pivot " + i + " of its LU factors was "
                            + pivot);
                }
                logDiagonal[i] = StrictMath.log(Math.abs(pivot));
                signs[i] = Math.signum(pivot);
            }
        }

        Expr lower(Expr below) {
            return place(Expr.concat(below, Expr.vector(0, 1)), below.shape().size(), true);
        }

        Expr upper(Expr logDiagonal, Expr above) {
            Expr diagonal = logDiagonal.exp().times(Expr.vector(signs));
            return place(Expr.concat(above, Expr.of(0), diagonal), above.shape().size(), false);
        }

        /** A triangular matrix of cells: those of the triangle without the diagonal, a zero, then the diagonal, or a one for all of it. */
        private Expr place(Expr cells, int zero, boolean low) {
            int d = rows.length;
            double[] index = new double[d * d];
            for (int i = 0, k = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    index[i * d + j] = i == j ? zero + 1 + (low ? 0 : i) : low == (j < i) ? k++ : zero;
                }
            }
            return cells.get(Expr.vector(index)).reshape(Shape.of(d, d));
        }
    }
}
