package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
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

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        return EventDraws.normal(random, p[0], form, p[1], size, 1);
    }
}
