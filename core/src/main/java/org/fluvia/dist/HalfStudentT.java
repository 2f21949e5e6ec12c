package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#halfStudentT(Expr, Expr)}. */
record HalfStudentT(Expr df, Expr scale) implements Cumulative {
    /**
     * The absolute value of a Student t number, in Stan {@code student_t} with {@code lower=0}: log 2 + log {@link
     * Distributions#studentT(Expr, Expr, Expr) studentT}(x | df, 0, scale) for x >= 0; df > 0, scale > 0.
     */
    @Listed(example = {"4", "1"})
    static Distribution halfStudentT(Expr df, Expr scale) {
        return new HalfStudentT(df, scale);
    }

    HalfStudentT {
        Arguments.of("halfStudentT").positive("df", df).positive("scale", scale);
    }

    @Override
    public String name() {
        return "halfStudentT";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(df, scale);
    }

    @Override
    public Support support() {
        return Support.lower(0);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> StudentT.kernel(v, df, scale).plus(LOG_2));
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> StudentT.logInside(v.times(scale.reciprocal()), df));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> StudentT.logOutside(v.times(scale.reciprocal()), df));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Math.abs(p[1] * Draws.studentT(random, p[0]));
    }
}
