package org.fluvia.flows.bijection;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;

/**
 * y = shift + D (I + Q (exp(A) - I) Q') x with positive diagonal matrices D = diag(exp(log scale)) and exp(A) = diag(exp(log stretch)), and r
 * orthonormal directions Q (d x r). log |det| = sum of log scales + sum of log stretches, shared; the inverse has -A for A.
 *
 * <p>Of a standard normal x it makes the normal distribution with covariance D^2 + D Q (exp(2 A) - I) Q' D: with stretches of at least 1
 * every low-rank-plus-diagonal covariance D^2 + U U' of r factors (Ong et al. 2018), and with smaller ones such as are narrower
 * than D in r directions. With r = d - 1 it is any covariance.
 *
 * <p>The usual y = shift + D x + U z needs r more random numbers than there are elements, and is not invertible; I + U V' is invertible
 * only under a constraint, and the symmetric I + W W' has no gradient at its start, W = 0. Here any weights are lawful, it starts as
 * exactly the identity, with stretches of 1 in random directions, and needs neither a determinant nor a system of equations.
 *
 * <p>Q is that of r Householder reflections, made once for all draws with d r^2 operations; a draw takes d r in either direction.
 *
 * <p>Numerics: where products of different sign overflow, the result is NaN.
 */
public final class LowRankAffine implements Bijection {
    private final Expr shift;
    private final Expr logScale;
    private final Expr directions;
    private final Expr logStretch;
    private final List<Expr> weights;

    private LowRankAffine(Expr shift, Expr logScale, Expr vectors, Expr logStretch, List<Expr> weights) {
        this.shift = shift;
        this.logScale = logScale;
        this.directions = new Reflections(vectors).columns(logStretch.shape().size());
        this.logStretch = logStretch;
        this.weights = weights;
    }

    /**
     * Weights that start as the identity.
     *
     * @param rank r, at least 1 and less than the dimension
     * @param seed of the random directions
     */
    public static LowRankAffine trainable(int dimension, int rank, long seed) {
        rank(Dimensions.positive("LowRankAffine", dimension), rank);
        DMatrixRMaj vectors = new DMatrixRMaj(dimension, rank);
        NormalNoise.of(seed).fill(0, dimension * rank, 1, vectors.data, 0, dimension * rank);
        return trainable(new double[dimension], new double[dimension], vectors, new double[rank]);
    }

    /**
     * Weights that start with the covariance diag(scale)^2 + U U'.
     *
     * @param shift finite, copied
     * @param scale positive and finite, copied
     * @param factors U (d x r), finite, with r at least 1 and less than d; copied
     */
    public static LowRankAffine trainable(double[] shift, double[] scale, DMatrixRMaj factors) {
        Start s = new Start(shift, scale, factors);
        return trainable(shift, s.logScale, s.vectors, s.logStretch);
    }

    /** The map of {@link #trainable(double[], double[], DMatrixRMaj)} for good, without weights. */
    public static LowRankAffine fixed(double[] shift, double[] scale, DMatrixRMaj factors) {
        Start s = new Start(shift, scale, factors);
        return new LowRankAffine(Expr.vector(shift), Expr.vector(s.logScale), Expr.vector(s.vectors.data).reshape(shape(s.vectors)),
                Expr.vector(s.logStretch), List.of());
    }

    private static LowRankAffine trainable(double[] shift, double[] logScale, DMatrixRMaj vectors, double[] logStretch) {
        Expr shifts = Expr.shared("shift", Shape.of(shift.length), shift);
        Expr logScales = Expr.shared("log scale", Shape.of(shift.length), logScale);
        Expr directions = Expr.shared("directions", shape(vectors), vectors.data);
        Expr logStretches = Expr.shared("log stretch", Shape.of(logStretch.length), logStretch);
        return new LowRankAffine(shifts, logScales, directions, logStretches, List.of(shifts, logScales, directions, logStretches));
    }

    private static Shape shape(DMatrixRMaj m) {
        return Shape.of(m.numRows, m.numCols);
    }

    private static void rank(int dimension, int rank) {
        if (rank < 1 || rank >= dimension) {
            throw new IllegalArgumentException("LowRankAffine: rank must be at least 1 and less than the dimension, " + dimension + ", but was "
                    + rank + ". With one less than the dimension the covariance is any.");
        }
    }

    /** What the weights are for a covariance: with D^-1 U = Q S R', a stretch is the root of 1 + S^2. */
    private static final class Start {
        final double[] logScale;
        final DMatrixRMaj vectors;
        final double[] logStretch;

        Start(double[] shift, double[] scale, DMatrixRMaj factors) {
            int d = Dimensions.positive("LowRankAffine", shift.length);
            int r = factors.numCols;
            if (scale.length != d || factors.numRows != d) {
                throw new IllegalArgumentException("LowRankAffine: scale and the rows of factors must be " + d + ", as shift has so many"
                        + " elements, but were " + scale.length + " and " + factors.numRows);
            }
            rank(d, r);
            Dimensions.finite("LowRankAffine", "shift", shift, d);
            Dimensions.finite("LowRankAffine", "factors", factors.data, d * r);
            logScale = new double[d];
            DMatrixRMaj relative = new DMatrixRMaj(d, r);
            for (int i = 0; i < d; i++) {
                if (!(scale[i] > 0 && scale[i] < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("LowRankAffine: scale must be positive and finite, but was " + scale[i] + " at index " + i);
                }
                logScale[i] = StrictMath.log(scale[i]);
                for (int j = 0; j < r; j++) relative.set(i, j, factors.get(i, j) / scale[i]);
            }
            SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(d, r, true, false, true);
            svd.decompose(relative);
            vectors = Reflections.of(svd.getU(null, false));
            logStretch = new double[r];
            for (int j = 0; j < r; j++) logStretch[j] = 0.5 * StrictMath.log1p(svd.getSingularValues()[j] * svd.getSingularValues()[j]);
        }
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
        return new Transformed(stretched(x, logStretch).times(logScale.exp()).plus(shift), logDet());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return new Transformed(stretched(y.minus(shift).div(logScale.exp()), logStretch.unaryMinus()), logDet().unaryMinus());
    }

    private Expr stretched(Expr x, Expr byLog) {
        return x.plus(directions.matmul(Matrices.transposedTimes(directions, x).times(byLog.expm1())));
    }

    private Expr logDet() {
        return logScale.sum().plus(logStretch.sum());
    }

    @Override
    public String toString() {
        return "LowRankAffine(" + logStretch.shape().size() + ", " + dimension() + ")";
    }
}
