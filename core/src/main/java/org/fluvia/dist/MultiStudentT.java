package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Support;

/** {@link Distributions#multiStudentT(Expr, Expr, Expr)}, {@link Distributions#multiStudentTCholesky(Expr, Expr, Expr)}. */
record MultiStudentT(MatrixForm form, Expr df, Expr mu, Expr matrix) implements Multivariate {
    private static final double LOG_PI = 1.1447298858494001741;

    MultiStudentT {
        EventArguments.of("multiStudentT" + form.suffix).matrix(form, matrix).number("df", df).positive()
                .vectorOrNumber("mu", mu).finite();
    }

    @Override
    public String name() {
        return "multiStudentT" + form.suffix;
    }

    @Override
    public List<Expr> parameters() {
        return List.of(df, mu, matrix);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {0, 1, 2};
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

    /** With log Gamma((df + K) / 2) - log Gamma(df / 2) = log Gamma(K / 2) - log B(df / 2, K / 2), small for a large df. */
    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        int size = eventSize();
        Shape leading = Events.leading(x.shape(), 1);
        Expr factor = form.factor(matrix);
        Expr square = form.squaredDistance(factor, x.minus(Events.repeat(mu, 1, leading)));
        Expr half = Expr.of(size / 2.0);
        Expr normaliser = half.lgamma().minus(Functions.lbeta(df.times(0.5), half)).minus(df.log().plus(LOG_PI).times(half));
        return normaliser.minus(form.halfLogDeterminant(factor)).minus(square.div(df).log1p().times(df.plus(size).times(0.5)));
    }

    /** A normal vector over the root of an independent chi-square number over df. */
    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        double half = p[0][0] / 2;
        return EventDraws.normal(random, p[1], form, p[2], size, 1 / Math.sqrt(Draws.gamma(random, half) / half));
    }
}
