package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.LOG_PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#multiStudentT(Expr, Expr, Expr)}, {@link Distributions#multiStudentTCholesky(Expr, Expr, Expr)}. */
record MultiStudentT(MatrixForm form, Expr df, Expr mu, Expr matrix) implements Multivariate {

    /**
     * Multivariate Student t: log Gamma((df + K) / 2) - log Gamma(df / 2) - K log(df pi) / 2 - log(det(sigma)) / 2 - (df +
     * K) / 2 log(1 + (x - mu)' inverse(sigma) (x - mu) / df) with df > 0. Its covariance is sigma df / (df - 2).
     *
     * @param df a scalar, or one number for each event
     * @param mu a vector (K), or (... x K), or a scalar for equal ones
     * @param sigma (K x K), symmetric and positive definite, or (... x K x K)
     */
    @Listed(stan = "multi_student_t", example = {"4", "Expr.vector(0, 1)", "Expr.vector(2, 0.5, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution multiStudentT(Expr df, @ExprOnly Expr mu, @ExprOnly Expr sigma) {
        return new MultiStudentT(MatrixForm.COVARIANCE, df, mu, sigma);
    }

    /**
     * Multivariate Student t by the Cholesky factor of sigma: {@link Distributions#multiStudentT(Expr, Expr, Expr)
     * multiStudentT}(x | df, mu, L L').
     */
    @Listed(stan = "multi_student_t_cholesky",
            example = {"4", "Expr.vector(0, 1)", "Expr.vector(1, 0, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution multiStudentTCholesky(Expr df, @ExprOnly Expr mu, @ExprOnly Expr L) {
        return new MultiStudentT(MatrixForm.CHOLESKY, df, mu, L);
    }

    MultiStudentT {
        EventArguments.of("multiStudentT" + form.suffix).matrix(form.symbol, form, matrix).number("df", df).positive()
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
