package org.fluvia.flows.bijection;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * y = shift + L x with a lower triangular matrix L (d x d) whose diagonal is positive: of a standard normal x it makes
 * any normal distribution, with covariance L L'. log |det| = sum of the log diagonal, shared.
 *
 * <p>Trained on the log of the diagonal, and on what is below it as it is: a correlation near 1 is then a few steps away,
 * where rows that are scaled as a whole would need elements in the thousands.
 *
 * <p>Numerics: the rows of L x are sums; where products of different sign overflow, the result is NaN.
 */
public final class LowerTriangularAffine implements Bijection {
    private final Expr shift;
    private final Expr logDiagonal;
    private final Expr matrix;
    private final List<Expr> weights;

    private LowerTriangularAffine(Expr shift, Expr logDiagonal, Expr matrix, List<Expr> weights) {
        this.shift = shift;
        this.logDiagonal = logDiagonal;
        this.matrix = matrix;
        this.weights = weights;
    }

    /** Weights that start as the identity. */
    public static LowerTriangularAffine trainable(int dimension) {
        DMatrixRMaj identity = new DMatrixRMaj(Dimensions.positive("LowerTriangularAffine", dimension), dimension);
        for (int i = 0; i < dimension; i++) identity.set(i, i, 1);
        return trainable(new double[dimension], identity);
    }

    /**
     * Weights that start with this shift and matrix, which are copied. What the matrix holds above the diagonal is not read.
     *
     * @throws IllegalArgumentException if the matrix is not d x d, an element is not finite or the diagonal not positive
     */
    public static LowerTriangularAffine trainable(double[] shift, DMatrixRMaj lower) {
        int d = check(shift, lower);
        Expr shifts = Expr.shared("shift", Shape.of(d), shift);
        Expr logDiagonal = Expr.shared("log diagonal", Shape.of(d), logDiagonal(lower));
        if (d == 1) {
            Expr matrix = logDiagonal.exp().reshape(Shape.of(1, 1));
            return new LowerTriangularAffine(shifts, logDiagonal, matrix, List.of(shifts, logDiagonal));
        }
        double[] packed = new double[d * (d - 1) / 2];
        double[] index = new double[d * d];
        int zero = d + packed.length;
        for (int i = 0, k = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                if (j < i) packed[k] = lower.get(i, j);
                index[i * d + j] = j < i ? d + k++ : j == i ? i : zero;
            }
        }
        Expr below = Expr.shared("below diagonal", Shape.of(packed.length), packed);
        Expr matrix = Expr.concat(logDiagonal.exp(), below, Expr.of(0)).get(Expr.vector(index)).reshape(Shape.of(d, d));
        return new LowerTriangularAffine(shifts, logDiagonal, matrix, List.of(shifts, logDiagonal, below));
    }

    /**
     * The map with this shift and matrix for good, without weights. Both are copied; what the matrix holds above the
     * diagonal is not read.
     *
     * @throws IllegalArgumentException if the matrix is not d x d, an element is not finite or the diagonal not positive
     */
    public static LowerTriangularAffine fixed(double[] shift, DMatrixRMaj lower) {
        int d = check(shift, lower);
        double[] elements = new double[d * d];
        for (int i = 0; i < d; i++) System.arraycopy(lower.data, i * d, elements, i * d, i + 1);
        return new LowerTriangularAffine(Expr.vector(shift), Expr.vector(logDiagonal(lower)),
                Expr.vector(elements).reshape(Shape.of(d, d)), List.of());
    }

    private static int check(double[] shift, DMatrixRMaj lower) {
        int d = Dimensions.positive("LowerTriangularAffine", Dimensions.present("LowerTriangularAffine", "shift", shift).length);
        Dimensions.present("LowerTriangularAffine", "lower", lower);
        if (lower.numRows != d || lower.numCols != d) {
            throw new IllegalArgumentException("LowerTriangularAffine: lower must be " + d + " x " + d + ", as shift has " + d
                    + " elements, but was " + lower.numRows + " x " + lower.numCols);
        }
        for (int i = 0; i < d; i++) {
            if (!Double.isFinite(shift[i])) {
                throw new IllegalArgumentException("LowerTriangularAffine: shift must be finite, but was " + shift[i]
                        + " at index " + i);
            }
            for (int j = 0; j <= i; j++) {
                double l = lower.get(i, j);
                if (!Double.isFinite(l) || j == i && !(l > 0)) {
                    throw new IllegalArgumentException("LowerTriangularAffine: lower must be finite, and positive on the"
                            + " diagonal, but was " + l + " at row " + i + ", column " + j);
                }
            }
        }
        return d;
    }

    private static double[] logDiagonal(DMatrixRMaj m) {
        double[] result = new double[m.numRows];
        for (int i = 0; i < result.length; i++) result[i] = StrictMath.log(m.get(i, i));
        return result;
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
        return new Transformed(matrix.matmul(x).plus(shift), logDiagonal.sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(matrix.solveLower(y.minus(shift)), logDiagonal.sum().unaryMinus());
    }

    @Override
    public String toString() {
        return "LowerTriangularAffine(" + dimension() + ")";
    }
}
