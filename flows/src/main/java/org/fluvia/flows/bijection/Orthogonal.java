package org.fluvia.flows.bijection;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * y = Q x with an orthogonal matrix Q (d x d); x = Q' y. log |det| = 0.
 *
 * <p>Trained as Q = (I - S)^-1 (I + S) with S = A - A', by the weights A below the diagonal (Cayley's transform): rotations, all but
 * those that turn a plane by half, which only weights at infinity reach. The exponential of S would reach these too, but costs several
 * times as much at every step, and a flow that starts as the identity does not need them. In one dimension there are no weights.
 *
 * <p>Orthogonal to rounding times the size of the weights. Q is made once for all draws, with d^3 operations; a draw takes d^2.
 */
public final class Orthogonal implements Bijection {
    /** Of the elements of Q'Q - I: the log-determinant is as far from zero, times d. */
    private static final double TOLERANCE = 1e-12;

    private final Expr matrix;
    private final List<Expr> weights;

    private Orthogonal(Expr matrix, List<Expr> weights) {
        this.matrix = matrix;
        this.weights = weights;
    }

    /** Weights that start as the identity. */
    public static Orthogonal trainable(int dimension) {
        int d = Dimensions.positive("Orthogonal", dimension);
        if (d == 1) return new Orthogonal(Matrices.identity(1), List.of());
        Expr below = Expr.shared("below diagonal", Shape.of(d * (d - 1) / 2), new double[d * (d - 1) / 2]);
        double[] index = new double[d * d];
        int count = d * (d - 1) / 2;
        for (int i = 0, k = 0; i < d; i++) {
            index[i * d + i] = 2 * count;
            for (int j = 0; j < i; j++, k++) {
                index[i * d + j] = k;
                index[j * d + i] = count + k;
            }
        }
        Expr skew = Expr.concat(below, below.unaryMinus(), Expr.of(0)).get(Expr.vector(index)).reshape(Shape.of(d, d));
        Expr identity = Matrices.identity(d);
        return new Orthogonal(Matrices.solve(identity.minus(skew), identity.plus(skew)), List.of(below));
    }

    /**
     * The map with this matrix for good, without weights.
     *
     * @param matrix orthogonal: no element of Q'Q - I is beyond 1e-12; copied
     */
    public static Orthogonal fixed(DMatrixRMaj matrix) {
        int d = Dimensions.square("Orthogonal", "matrix", matrix);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < d; k++) product += matrix.get(k, i) * matrix.get(k, j);
                if (!(Math.abs(product - (i == j ? 1 : 0)) <= TOLERANCE)) {
                    throw new IllegalArgumentException("Orthogonal: matrix must have orthonormal columns, but the product of columns " + j
                            + " and " + i + " was " + product);
                }
            }
        }
        return new Orthogonal(Expr.vector(Arrays.copyOf(matrix.data, d * d)).reshape(Shape.of(d, d)), List.of());
    }

    @Override
    public int dimension() {
        return matrix.shape().dim(0);
    }

    @Override
    public List<Expr> weights() {
        return weights;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        return new Transformed(matrix.matmul(x), Expr.of(0));
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(Matrices.transposedTimes(matrix, y), Expr.of(0));
    }

    @Override
    public String toString() {
        return "Orthogonal(" + dimension() + ")";
    }
}
