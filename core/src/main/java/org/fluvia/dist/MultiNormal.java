package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/**
 * {@link Distributions#multiNormal(Expr, Expr)}, {@link Distributions#multiNormalPrec(Expr, Expr)},
 * {@link Distributions#multiNormalCholesky(Expr, Expr)}.
 */
record MultiNormal(MatrixForm form, Expr mu, Expr matrix) implements Multivariate {
    /**
     * Multivariate normal: -(x - mu)' inverse(sigma) (x - mu) / 2 - log(det(sigma)) / 2 - K log(2 pi) / 2 for vectors x of K
     * elements. Where sigma depends on parameters, build its Cholesky factor instead: {@link
     * Distributions#multiNormalCholesky(Expr, Expr) multiNormalCholesky} is cheaper and cannot fail to be positive definite.
     *
     * @param mu a vector (K), or (... x K), or a scalar for equal ones
     * @param sigma the covariance (K x K), symmetric and positive definite, or (... x K x K). If it is not at some draw,
     *     that draw has no density
     */
    @Listed(stan = "multi_normal", example = {"Expr.vector(0, 1)", "Expr.vector(2, 0.5, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution multiNormal(Expr mu, @ExprOnly Expr sigma) {
        return new MultiNormal(MatrixForm.COVARIANCE, mu, sigma);
    }

    /**
     * Multivariate normal by its precision, the inverse of the covariance: -(x - mu)' omega (x - mu) / 2 + log(det(omega)) /
     * 2 - K log(2 pi) / 2. Parameters as those of {@link Distributions#multiNormal(Expr, Expr) multiNormal}.
     */
    @Listed(stan = "multi_normal_prec", example = {"Expr.vector(0, 1)", "Expr.vector(2, 0.5, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution multiNormalPrec(Expr mu, @ExprOnly Expr omega) {
        return new MultiNormal(MatrixForm.PRECISION, mu, omega);
    }

    /**
     * Multivariate normal by the Cholesky factor L of its covariance L L': -|solve(L, x - mu)|^2 / 2 - sum log(L[k,k]) - K
     * log(2 pi) / 2. For example, with J rows of two correlated effects:
     *
     * <pre>{@code
     * Expr L = m.sample("L", lkjCorrCholesky(2), 2, 2);
     * Expr tau = m.sample("tau", halfNormal(1), 2);
     * Expr b = m.sample("b", multiNormalCholesky(0, diagonalTimes(tau, L)), J, 2);
     * }</pre>
     *
     * @param mu a vector (K), or (... x K), or a scalar for equal ones
     * @param L lower triangular with a positive diagonal (K x K), or (... x K x K); what it holds above is not read
     */
    @Listed(stan = "multi_normal_cholesky", example = {"Expr.vector(0, 1)", "Expr.vector(1, 0, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution multiNormalCholesky(Expr mu, @ExprOnly Expr L) {
        return new MultiNormal(MatrixForm.CHOLESKY, mu, L);
    }

    MultiNormal {
        EventArguments.of("multiNormal" + form.suffix).matrix(form.symbol, form, matrix).vectorOrNumber("mu", mu).finite();
    }

    @Override
    public String name() {
        return "multiNormal" + form.suffix;
    }

    @Override
    public List<Expr> parameters() {
        return List.of(mu, matrix);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {1, 2};
    }

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public int eventSize() {
        return Events.size(matrix);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        Shape leading = Events.leading(x.shape(), 1);
        Expr factor = form.factor(matrix);
        Expr square = form.squaredDistance(factor, x.minus(Events.repeat(mu, 1, leading)));
        return square.times(-0.5).minus(form.halfLogDeterminant(factor))
                .minus(HALF_LOG_2PI * eventSize());
    }

    /**
     * For data of one mean and spread, what each event costs is paid once: with the mean m of the rows and the triangular R of
     * the QR decomposition of their deviations from it, the sum of (x - mu)' a (x - mu) over n rows is that over the rows of R
     * and sqrt(n) (m - mu).
     */
    @Override
    public Expr totalLogDensity(Expr x) {
        boolean alike = leading().isScalar() && !x.isPerDraw() && !SharedValues.mayChange(x) && x.shape().rank() > 1;
        int n = alike ? Events.leading(x.shape(), 1).size() : 1;
        if (n <= eventSize() + 1) return logDensity(x).sum();
        Events.checkFits(this, x.shape());
        Scatter scatter = Scatter.of(SharedValues.of(x), eventSize());
        if (scatter == null) return logDensity(x).sum();
        Expr factor = form.factor(matrix);
        Expr fromMean = Expr.vector(scatter.mean()).minus(mu).times(Math.sqrt(n));
        Expr rows = Expr.concat(Expr.vector(scatter.triangle()), fromMean).reshape(Shape.of(eventSize() + 1, eventSize()));
        return form.squaredDistance(factor, rows).sum().times(-0.5)
                .minus(form.halfLogDeterminant(factor).plus(HALF_LOG_2PI * eventSize()).times(n));
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        return EventDraws.normal(random, p[0], form, p[1], size, 1);
    }
}
