package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#betaProportion(Expr, Expr)}. */
record BetaProportion(Expr mu, Expr kappa) implements Cumulative {
    /**
     * Beta by its mean and precision: {@link Distributions#beta(Expr, Expr) beta}(x | mu kappa, (1 - mu) kappa) for 0 &lt;=
     * x &lt;= 1; 0 &lt; mu &lt; 1, kappa &gt; 0.
     */
    @Listed(stan = "beta_proportion", example = {"0.4", "5"})
    static Distribution betaProportion(Expr mu, Expr kappa) {
        return new BetaProportion(mu, kappa);
    }

    BetaProportion {
        Arguments.of("betaProportion").openProportion("mu", mu).positive("kappa", kappa);
    }

    @Override
    public String name() {
        return "betaProportion";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(mu, kappa);
    }

    @Override
    public Support support() {
        return Support.interval(0, 1);
    }

    @Override
    public Expr logDensity(Expr x) {
        return Beta.logDensity(support(), x, a(), b());
    }

    @Override
    public Expr logCdf(Expr x) {
        return Beta.logCdf(x, a(), b());
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Beta.logCcdf(x, a(), b());
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.beta(random, p[0] * p[1], (1 - p[0]) * p[1]);
    }

    private Expr a() {
        return mu.times(kappa);
    }

    private Expr b() {
        return Expr.of(1).minus(mu).times(kappa);
    }
}
