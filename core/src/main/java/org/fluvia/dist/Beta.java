package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logBetaPrimeCdf;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#beta(Expr, Expr)}. */
record Beta(Expr a, Expr b) implements Cumulative {
    /**
     * Beta: (a - 1) log(x) + (b - 1) log(1 - x) - log B(a, b) for 0 &lt;= x &lt;= 1; a &gt; 0, b &gt; 0. At 0 and 1 the
     * log-density is its limit, which can be infinite.
     */
    @Listed(stan = "beta", example = {"2", "3"})
    static Distribution beta(Expr a, Expr b) {
        return new Beta(a, b);
    }

    Beta {
        Arguments.of("beta").positive("a", a).positive("b", b);
    }

    @Override
    public String name() {
        return "beta";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(a, b);
    }

    @Override
    public Support support() {
        return Support.interval(0, 1);
    }

    @Override
    public Expr logDensity(Expr x) {
        return logDensity(support(), x, a, b);
    }

    static Expr logDensity(Support unit, Expr x, Expr a, Expr b) {
        Expr logBeta = Terms.logBeta(a, b);
        UnaryOperator<Expr> formula = v -> Terms.timesLog(a.minus(1), v).plus(Terms.timesLog1m(b.minus(1), v)).minus(logBeta);
        return Terms.logit(x) != null ? formula.apply(x) : Terms.within(unit, x, formula);
    }

    @Override
    public Expr logCdf(Expr x) {
        return logCdf(x, a, b);
    }

    @Override
    public Expr logCcdf(Expr x) {
        return logCcdf(x, a, b);
    }

    static Expr logCdf(Expr x, Expr a, Expr b) {
        return Tails.cdf(Expr.of(0), Expr.of(1), x, v -> logBetaPrimeCdf(a, b, v.div(Expr.of(1).minus(v))));
    }

    static Expr logCcdf(Expr x, Expr a, Expr b) {
        return Tails.ccdf(Expr.of(0), Expr.of(1), x, v -> logBetaPrimeCdf(b, a, Expr.of(1).minus(v).div(v)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.beta(random, p[0], p[1]);
    }
}
