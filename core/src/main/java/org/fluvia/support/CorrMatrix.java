package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;

/**
 * Correlation matrices, K x K: symmetric and positive definite, with ones on the diagonal. The transform is R = L L' with the
 * Cholesky factor L of {@link CholeskyFactorCorr}, except that the partial correlations z = tanh(u) fill the columns below the
 * diagonal one after the other. The Jacobian is that of the elements of R below the diagonal,
 * log |J| = sum over j &lt; i of (K - j + 1) log(1 - z[i,j]^2) / 2. Stan Reference Manual, "Correlation matrices"; Lewandowski,
 * Kurowicka and Joe 2009.
 *
 * <p>Where correlations come so near to 1 that R is singular to a rounding, {@link #contains} is 0:
 * {@link CholeskyFactorCorr} has no such limit.
 */
final class CorrMatrix implements Region {
    static final CorrMatrix CORR_MATRIX = new CorrMatrix();

    private CorrMatrix() {}

    @Override
    public int eventRank() {
        return 2;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkSquare(this, name, shape);
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        checkShape("the value", shape);
        int k = shape.dim(shape.rank() - 1);
        return Events.count(shape, 2) * (k * (k - 1) / 2);
    }

    /** The position of row i of column j below the diagonal, column by column. */
    private static int position(int i, int j, int k) {
        return j * (k - 1) - j * (j - 1) / 2 + i - j - 1;
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 2);
        if (events == 0) return Events.none(shape);
        int k = shape.dim(shape.rank() - 1);
        Expr logSech = CholeskyFactorCorr.logSech(u);
        double[] weights = new double[k * (k - 1) / 2];
        double[] offDiagonal = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) offDiagonal[i * k + j] = i == j ? 0 : 1;
            for (int j = 0; j < i; j++) weights[position(i, j, k)] = k - j;
        }
        Expr factor = CholeskyFactorCorr.factor(u, logSech, events, k, (i, j) -> position(i, j, k));
        Expr value = Matrices.tcrossprod(factor.reshape(shape)).times(Events.each(events, offDiagonal).reshape(shape))
                .plus(CholeskyFactorCorr.identities(shape));
        return new Constrained(value, CholeskyFactorCorr.weigh(logSech, events, weights));
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        int events = Events.count(value.shape(), 2);
        int k = value.shape().dim(value.shape().rank() - 1);
        return events == 0 || k == 1 ? Expr.vector()
                : CholeskyFactorCorr.partial(Matrices.cholesky(value).flatten(), events, k, (i, j) -> position(i, j, k));
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 2);
        if (leading.size() == 0) return Expr.vector().reshape(leading);
        Expr error = Matrices.diagonal(value).minus(1).abs().flatten();
        Expr wrong = Events.sum(Expr.of(1).minus(error.le(Violations.TOLERANCE)), leading.size());
        return CovMatrix.COV_MATRIX.contains(value).times(wrong.eq(0).reshape(leading));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> {
            int k = (int) Math.sqrt(x.length);
            for (int i = 0; i < k; i++) {
                if (!(Math.abs(x[i * (k + 1)] - 1) <= Violations.TOLERANCE)) {
                    return Violations.of("have ones on the diagonal", i * (k + 1), x, label);
                }
            }
            return CovMatrix.whatIsWrong(x, k, label);
        });
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        return CholeskyFactorCorr.identities(shape);
    }

    @Override
    public String toString() {
        return "correlation matrix";
    }
}
