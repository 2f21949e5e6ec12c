package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Support;

/**
 * {@link Distributions#multiNormal(Expr, Expr)}, {@link Distributions#multiNormalPrec(Expr, Expr)},
 * {@link Distributions#multiNormalCholesky(Expr, Expr)}.
 */
record MultiNormal(MatrixForm form, Expr mu, Expr matrix) implements Multivariate {
    MultiNormal {
        EventArguments.of("multiNormal" + form.suffix).matrix(form, matrix).vectorOrNumber("mu", mu).finite();
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
                .minus(Normal.HALF_LOG_TWO_PI * eventSize());
    }

    /**
     * For data of one mean and spread, what each event costs is paid once: with the mean m of the rows and the triangular R of
     * the QR decomposition of their deviations from it, the sum of (x - mu)' a (x - mu) over n rows is that over the rows of R
     * and sqrt(n) (m - mu).
     */
    @Override
    public Expr totalLogDensity(Expr x) {
        boolean alike = leading().isScalar() && !x.isPerDraw() && x.shape().rank() > 1;
        int n = alike ? Events.leading(x.shape(), 1).size() : 1;
        if (n <= eventSize() + 1) return logDensity(x).sum();
        Events.checkFits(this, x.shape());
        Scatter scatter = Scatter.of(SharedValues.of(x), eventSize());
        if (scatter == null) return logDensity(x).sum();
        Expr factor = form.factor(matrix);
        Expr fromMean = Expr.vector(scatter.mean()).minus(mu).times(Math.sqrt(n));
        Expr rows = Expr.concat(Expr.vector(scatter.triangle()), fromMean).reshape(Shape.of(eventSize() + 1, eventSize()));
        return form.squaredDistance(factor, rows).sum().times(-0.5)
                .minus(form.halfLogDeterminant(factor).plus(Normal.HALF_LOG_TWO_PI * eventSize()).times(n));
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        return EventDraws.normal(random, p[0], form, p[1], size, 1);
    }
}
