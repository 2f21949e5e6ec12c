package org.fluvia.support;

import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.Optional;
import java.util.function.IntFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;

/**
 * Covariance matrices, K x K: symmetric and positive definite. The transform is S = L L' with the Cholesky factor L of
 * {@link CholeskyFactorCov}; the Jacobian is that of the elements of S on and below the diagonal,
 * log |J| = K log 2 + sum over i of (K - i + 2) log L[i,i]. Stan Reference Manual, "Covariance matrices".
 *
 * <p>Where S is singular to a rounding, {@link #contains} is 0: {@link CholeskyFactorCov} has no such limit.
 */
final class CovMatrix implements Region {
    static final CovMatrix COV_MATRIX = new CovMatrix();

    private CovMatrix() {}

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
        return Events.count(shape, 2) * (k * (k + 1) / 2);
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 2);
        if (events == 0) return Events.none(shape);
        int k = shape.dim(shape.rank() - 1);
        Expr logDiagonal = CholeskyFactorCov.logDiagonal(u, events, k);
        double[] weights = new double[k];
        for (int i = 0; i < k; i++) weights[i] = k - i + 1;
        Expr factor = CholeskyFactorCov.factor(u, logDiagonal, events, shape).reshape(shape);
        return new Constrained(Matrices.tcrossprod(factor),
                CholeskyFactorCorr.weigh(logDiagonal, events, weights).plus(events * k * LOG_2));
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        return value.shape().size() == 0 ? value.flatten()
                : CholeskyFactorCov.CHOLESKY_FACTOR_COV.unconstrain(Matrices.cholesky(value));
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 2);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        Expr difference = value.minus(Matrices.transpose(value)).abs();
        Expr symmetric = difference.le(value.abs().max(Expr.of(1)).times(Violations.TOLERANCE));
        Expr wrong = Expr.of(2).minus(symmetric).minus(Matrices.cholesky(value).isFinite());
        return Events.sum(wrong.flatten(), events).eq(0).reshape(leading);
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> whatIsWrong(x, (int) Math.sqrt(x.length), label));
    }

    /** What is wrong with a matrix that is not symmetric and positive definite. */
    static String whatIsWrong(double[] x, int k, IntFunction<String> label) {
        String bad = Violations.notFinite(x, label);
        if (bad != null) return bad;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                double a = x[i * k + j];
                double b = x[j * k + i];
                if (!(Math.abs(a - b) <= Violations.TOLERANCE * Math.max(1, Math.min(Math.abs(a), Math.abs(b))))) {
                    return Violations.of("be symmetric", i * k + j, x, label) + " and " + label.apply(j * k + i) + " is "
                            + Violations.number(b);
                }
            }
        }
        return " must be positive definite, but its first " + leadingBlock(x, k) + " rows and columns are not";
    }

    /** The size of the first leading block that has no Cholesky factor; that of the matrix if all have. */
    private static int leadingBlock(double[] x, int k) {
        double[] l = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = x[i * k + j];
                for (int m = 0; m < j; m++) rest -= l[i * k + m] * l[j * k + m];
                if (i == j && !(rest > 0)) return i + 1;
                l[i * k + j] = i == j ? Math.sqrt(rest) : rest / l[j * k + j];
            }
        }
        return k;
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        return CholeskyFactorCorr.identities(shape);
    }

    @Override
    public String toString() {
        return "covariance matrix";
    }
}
