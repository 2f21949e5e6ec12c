package org.fluvia.flows.bijection;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.check.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * y = shift + D (I + N Q') x with a positive diagonal matrix D, r orthonormal directions Q (d x r), and N = Q (T - I) + (I - Q Q') M, where
 * T (r x r) is lower triangular with a positive diagonal, what a direction becomes along the directions, and M (d x r) is what it becomes
 * across them. log |det| = the sums of the logs of D and of the diagonal of T, shared. With c = T^-1 Q' z of z = D^-1 (y - shift), x = z - N c.
 *
 * <p>Of a standard normal x it makes a normal distribution with a low-rank-plus-diagonal covariance (Ong et al. 2018): every D^2 + U U' with r
 * factors U (d x r), and more of rank 2 r, such as those that are narrower than D in r directions. With r = d - 1 it is any covariance.
 *
 * <p>The usual y = shift + D x + U z needs r more random numbers than there are elements, and is not invertible, and I + U V' is
 * invertible only under a constraint. Here any weights are lawful. It starts as exactly the identity, T = I and M = 0, in random
 * directions, and the first gradients of M already point to where the target is wide, as a step of a power iteration does. A
 * symmetric matrix of the same rank, I + Q (T - I) Q', has to turn its directions there, and stays behind: it was 0.6 nats away from
 * targets of two factors in 10 dimensions, and 1.6 in 50, where this one was 0.002 away.
 *
 * <p>Q is made of r Householder reflections, N of Q, once for all draws, with d r^2 operations; a draw takes 2 d r in either direction.
 *
 * <p>Numerics: where products of different sign overflow, the result is NaN.
 */
public final class LowRankAffine implements Bijection {
    private final Expr shift;
    private final Expr logScale;
    private final Expr directions;
    private final Expr logDiagonal;
    private final Expr along;
    /** N. */
    private final Expr changes;
    private final List<Expr> weights;

    /** @param across null if nothing */
    private LowRankAffine(Expr shift, Expr logScale, Expr vectors, Expr logDiagonal, Expr below, @Nullable Expr across, List<Expr> weights) {
        this.shift = shift;
        this.logScale = logScale;
        this.logDiagonal = logDiagonal;
        this.weights = weights;
        int r = logDiagonal.shape().size();
        directions = new Reflections(vectors).columns(r);
        along = triangle(logDiagonal, below);
        Expr stretches = directions.matmul(along.minus(Matrices.identity(r)));
        changes = across == null ? stretches
                : stretches.plus(across.minus(directions.matmul(Matrices.transposedTimes(directions, across))));
    }

    private static Expr triangle(Expr logDiagonal, Expr below) {
        int r = logDiagonal.shape().size();
        double[] index = new double[r * r];
        for (int i = 0, k = r + 1; i < r; i++) {
            for (int j = 0; j < r; j++) index[i * r + j] = j < i ? k++ : j == i ? i : r;
        }
        return Expr.concat(logDiagonal.exp(), Expr.of(0), below).get(Expr.vector(index)).reshape(Shape.of(r, r));
    }

    /**
     * Weights that start as the identity.
     *
     * @param rank r, at least 1 and less than the dimension
     * @param seed of the random directions
     */
    public static LowRankAffine trainable(int dimension, int rank, long seed) {
        rank(Dimensions.positive("LowRankAffine", dimension), rank);
        DMatrixRMaj vectors = DMatrixRMaj.wrap(dimension, rank, NormalNoise.of(seed).values(dimension * rank));
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
        return trainable(shift, s.logScale, s.vectors, s.logDiagonal);
    }

    /** The map of {@link #trainable(double[], double[], DMatrixRMaj)} for good, without weights. */
    public static LowRankAffine fixed(double[] shift, double[] scale, DMatrixRMaj factors) {
        Start s = new Start(shift, scale, factors);
        int r = s.logDiagonal.length;
        return new LowRankAffine(Expr.vector(shift), Expr.vector(s.logScale), Expr.vector(s.vectors.data).reshape(shape(s.vectors)),
                Expr.vector(s.logDiagonal), Expr.vector(new double[r * (r - 1) / 2]), null, List.of());
    }

    private static LowRankAffine trainable(double[] shift, double[] logScale, DMatrixRMaj vectors, double[] logDiagonal) {
        int d = shift.length;
        int r = logDiagonal.length;
        Expr shifts = Expr.shared("shift", Shape.of(d), shift);
        Expr logScales = Expr.shared("log scale", Shape.of(d), logScale);
        Expr directions = Expr.shared("directions", shape(vectors), vectors.data);
        Expr logDiagonals = Expr.shared("log diagonal", Shape.of(r), logDiagonal);
        Expr below = r == 1 ? Expr.vector() : Expr.shared("below diagonal", Shape.of(r * (r - 1) / 2), new double[r * (r - 1) / 2]);
        Expr across = Expr.shared("across", shape(vectors), new double[d * r]);
        List<Expr> weights = new ArrayList<>(List.of(shifts, logScales, directions, logDiagonals, across));
        if (r > 1) weights.add(below);
        return new LowRankAffine(shifts, logScales, directions, logDiagonals, below, across, List.copyOf(weights));
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

    /** What the weights are for a covariance: with D^-1 U = Q S R', T is the root of 1 + S^2. */
    private static final class Start {
        final double[] logScale;
        final DMatrixRMaj vectors;
        final double[] logDiagonal;

        Start(double[] shift, double[] scale, DMatrixRMaj factors) {
            int d = Dimensions.positive("LowRankAffine", Dimensions.present("LowRankAffine", "shift", shift).length);
            Dimensions.present("LowRankAffine", "scale", scale);
            int r = Dimensions.present("LowRankAffine", "factors", factors).numCols;
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
            logDiagonal = new double[r];
            for (int j = 0; j < r; j++) logDiagonal[j] = 0.5 * StrictMath.log1p(svd.getSingularValues()[j] * svd.getSingularValues()[j]);
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
        Expr changed = x.plus(changes.matmul(Matrices.transposedTimes(directions, x)));
        return new Transformed(changed.times(logScale.exp()).plus(shift), logDet());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        Expr changed = y.minus(shift).div(logScale.exp());
        Expr components = along.solveLower(Matrices.transposedTimes(directions, changed));
        return new Transformed(changed.minus(changes.matmul(components)), logDet().unaryMinus());
    }

    private Expr logDet() {
        return logScale.sum().plus(logDiagonal.sum());
    }

    @Override
    public String toString() {
        return "LowRankAffine(" + logDiagonal.shape().size() + ", " + dimension() + ")";
    }
}
