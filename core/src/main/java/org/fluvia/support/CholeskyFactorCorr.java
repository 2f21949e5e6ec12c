package org.fluvia.support;

import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * Cholesky factors of K x K correlation matrices: lower triangular, with a positive diagonal and rows of length 1. The
 * transform makes partial correlations z = tanh(u), which fill the rows below the diagonal one after the other:
 * L[i,j] = z[i,j] r[i,j] with r[i,j]^2 = 1 - (sum over m &lt; j of L[i,m]^2) = product over m &lt; j of (1 - z[i,m]^2), and
 * L[i,i] = r[i,i]. The Jacobian is that of the elements below the diagonal,
 * log |J| = sum over j &lt; i of (i - j + 1) log(1 - z[i,j]^2) / 2. It is computed with log(1 - tanh(u)^2) = -2 log cosh(u). Stan
 * Reference Manual, "Cholesky factors of correlation matrices"; Lewandowski, Kurowicka and Joe 2009.
 */
final class CholeskyFactorCorr implements Region {
    static final CholeskyFactorCorr CHOLESKY_FACTOR_CORR = new CholeskyFactorCorr();
    private static final IntBinaryOperator BY_ROW = (i, j) -> i * (i - 1) / 2 + j;

    private CholeskyFactorCorr() {}

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

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 2);
        if (events == 0) return Events.none(shape);
        int k = shape.dim(shape.rank() - 1);
        Expr logSech = logSech(u);
        double[] weights = new double[k * (k - 1) / 2];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) weights[BY_ROW.applyAsInt(i, j)] = i - j + 1;
        }
        return new Constrained(factor(u, logSech, events, k, BY_ROW).reshape(shape), weigh(logSech, events, weights));
    }

    /** -log cosh(u). */
    static Expr logSech(Expr u) {
        return u.minus(u.times(2).softplus()).plus(LOG_2);
    }

    /** The sum over all events with a weight by position. */
    static Expr weigh(Expr x, int events, double... weights) {
        return weights.length == 0 ? Expr.of(0) : x.dot(Events.each(events, weights));
    }

    /** The factor of each event, where the position of u for row i and column j is given. */
    static Expr factor(Expr u, Expr logSech, int events, int k, IntBinaryOperator position) {
        int[] before = new int[k * k];
        int[] correlation = new int[k * k];
        Arrays.fill(before, Events.ZERO);
        Arrays.fill(correlation, Events.ZERO);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                before[i * k + j + 1] = position.applyAsInt(i, j);
                correlation[i * k + j] = position.applyAsInt(i, j);
            }
            correlation[i * k + i] = Events.ONE;
        }
        Expr logRest = Events.cumulativeSum(Events.pick(events, before, logSech), events * k);
        return logRest.exp().times(Events.pick(events, correlation, u.tanh()));
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        int events = Events.count(value.shape(), 2);
        int k = value.shape().dim(value.shape().rank() - 1);
        return events == 0 || k == 1 ? Expr.vector() : partial(value.flatten(), events, k, BY_ROW);
    }

    /** The unconstrained values of each factor: artanh of the partial correlations, in the order given. */
    static Expr partial(Expr factors, int events, int k, IntBinaryOperator position) {
        int[] own = new int[k * (k - 1) / 2];
        int[] after = new int[own.length];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                own[position.applyAsInt(i, j)] = i * k + j;
                after[position.applyAsInt(i, j)] = i * k + j + 1;
            }
        }
        // tanh(u) = x / sqrt(x^2 + t^2) for the rest t of the row, so sinh(u) = x / t
        Expr x = Events.pick(events, own, factors);
        Expr t = Events.pick(events, after, Events.sumFrom(factors.square(), events * k)).sqrt();
        Expr size = x.abs();
        Expr r = x.square().plus(t.square()).sqrt();
        Expr u = size.plus(x.square().div(r.plus(t))).div(t).log1p();
        return Expr.where(x.lt(0), u.unaryMinus(), u);
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 2);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        int k = value.shape().dim(value.shape().rank() - 1);
        Expr wrongLengths = Expr.of(1).minus(Events.sum(value.flatten().square(), events * k).minus(1).abs()
                .le(Violations.TOLERANCE));
        return CholeskyFactorCov.CHOLESKY_FACTOR_COV.contains(value)
                .times(Events.sum(wrongLengths, events).eq(0).reshape(leading));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) -> {
            int k = (int) Math.sqrt(x.length);
            String bad = CholeskyFactorCov.triangle(x, k, label);
            for (int i = 0; i < k && bad == null; i++) {
                double square = 0;
                for (int j = 0; j <= i; j++) square += x[i * k + j] * x[i * k + j];
                if (!(Math.abs(square - 1) <= Violations.TOLERANCE)) {
                    bad = " must have rows of length 1, but row " + (i + 1) + " has length " + Violations.number(Math.sqrt(square));
                }
            }
            return String.valueOf(bad);
        });
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        return identities(shape);
    }

    /** Identity matrices. */
    static Expr identities(Shape shape) {
        int rows = shape.dim(shape.rank() - 2);
        int columns = shape.dim(shape.rank() - 1);
        double[] x = new double[rows * columns];
        for (int i = 0; i < columns; i++) x[i * columns + i] = 1;
        return Events.each(Events.count(shape, 2), x).reshape(shape);
    }

    @Override
    public String toString() {
        return "Cholesky factor of a correlation matrix";
    }
}
