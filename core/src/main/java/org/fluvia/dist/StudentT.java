package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1m;
import static org.fluvia.autodiff.Functions.log1mExp;
import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#studentT(Expr, Expr, Expr)}. */
record StudentT(Expr df, Expr loc, Expr scale) implements Cumulative {
    /** From here on the series is as accurate as the difference of two log-gammas, and soon far more. */
    private static final double LARGE = 12;

    /** Up to here the density is what it is at 0. */
    private static final double NEAR = 1e-20;

    /**
     * Student's t: log Gamma((df + 1) / 2) - log Gamma(df / 2) - log(df pi) / 2 - log(scale) - (df + 1) / 2 log(1 + ((x -
     * loc) / scale)^2 / df) for real x; df > 0 degrees of freedom, scale > 0.
     */
    @Listed(stan = "student_t", example = {"4", "0", "1"})
    static Distribution studentT(Expr df, Expr loc, Expr scale) {
        return new StudentT(df, loc, scale);
    }

    StudentT {
        Arguments.of("studentT").positive("df", df).finite("loc", loc).positive("scale", scale);
    }

    @Override
    public String name() {
        return "studentT";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(df, loc, scale);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        return kernel(x.minus(loc), df, scale);
    }

    /** The log-density of a deviation from loc. */
    static Expr kernel(Expr deviation, Expr df, Expr scale) {
        Expr square = deviation.times(scale.reciprocal()).square();
        Expr tail = square.div(df).log1p().times(df.plus(1).times(-0.5));
        return tail.plus(logNormaliser(df.times(0.5))).minus(scale.log());
    }

    @Override
    public Expr logCdf(Expr x) {
        return logBelow(standard(x));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return logBelow(standard(x).unaryMinus());
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[1] + p[2] * Draws.studentT(random, p[0]);
    }

    /**
     * log Gamma(h + 1/2) - log Gamma(h) - log(2 h pi) / 2 for h = df / 2. For large h by the asymptotic series in 1 / h of
     * log Gamma(h + 1/2) - log Gamma(h) - log(h) / 2 (from NIST DLMF 5.11.8), up to h^-11. What is left out is below 2e-16.
     */
    private static Expr logNormaliser(Expr h) {
        Expr small = h.min(Expr.of(LARGE));
        Expr exact = small.plus(0.5).lgamma().minus(small.lgamma()).minus(small.log().times(0.5));
        Expr r = h.max(Expr.of(LARGE)).reciprocal();
        Expr r2 = r.square();
        Expr series = r2.times(691.0 / 180224).minus(31.0 / 18432).times(r2).plus(17.0 / 14336).times(r2)
                .minus(1.0 / 640).times(r2).plus(1.0 / 192).times(r2).minus(1.0 / 8).times(r);
        return Expr.where(h.lt(LARGE), exact, series).minus(HALF_LOG_2PI);
    }

    private Expr standard(Expr x) {
        return x.minus(loc).times(scale.reciprocal());
    }

    /** log P(T <= t) of standard T: half of P(|T| > |t|), or what that leaves of 1. */
    private Expr logBelow(Expr t) {
        Expr tail = logOutside(t.abs(), df).minus(LOG_2);
        return Expr.where(t.lt(0), tail, log1mExp(tail));
    }

    /** log P(|T| > t) of standard T, t >= 0. At 0, where the odds are infinite, it is its tangent. */
    static Expr logOutside(Expr t, Expr df) {
        Expr near = t.lt(NEAR);
        Expr far = Expr.where(near, Expr.of(1), t);
        Expr odds = logBetaPrimeCdf(df.times(0.5), Expr.of(0.5), df.div(far).div(far));
        return Expr.where(near, log1m(Expr.where(near, t, Expr.of(0)).times(slope(df))), odds);
    }

    /** log P(|T| <= t) of standard T, t > 0. */
    static Expr logInside(Expr t, Expr df) {
        Expr near = t.lt(NEAR);
        Expr far = Expr.where(near, Expr.of(1), t);
        Expr odds = logBetaPrimeCdf(Expr.of(0.5), df.times(0.5), far.div(df).times(far));
        return Expr.where(near, t.times(slope(df)).log(), odds);
    }

    /** The density of |T| at 0. */
    private static Expr slope(Expr df) {
        return logNormaliser(df.times(0.5)).plus(LOG_2).exp();
    }
}
