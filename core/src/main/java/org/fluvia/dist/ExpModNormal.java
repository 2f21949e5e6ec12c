package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;
import static org.fluvia.autodiff.Functions.logAddExp;
import static org.fluvia.autodiff.Functions.logDiffExp;
import static org.fluvia.autodiff.Functions.logMillsRatio;
import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;
import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#expModNormal(Expr, Expr, Expr)}. */
record ExpModNormal(Expr mu, Expr sigma, Expr rate) implements Cumulative {
    private static final double SMALL = 0.02;
    /** sqrt(15) / 10. */
    private static final double GAUSS = 0.38729833462074168852;

    /**
     * Exponentially modified normal, the sum of a normal and an exponential number: log(rate) - log 2 + rate / 2 (2 mu +
     * rate sigma^2 - 2 x) + log erfc((mu + rate sigma^2 - x) / (sqrt(2) sigma)) for real x; sigma > 0, rate > 0.
     */
    @Listed(stan = "exp_mod_normal", example = {"0", "1", "1"})
    static Distribution expModNormal(Expr mu, Expr sigma, Expr rate) {
        return new ExpModNormal(mu, sigma, rate);
    }

    ExpModNormal {
        Arguments.of("expModNormal").finite("mu", mu).positive("sigma", sigma).positive("rate", rate);
    }

    @Override
    public String name() {
        return "expModNormal";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(mu, sigma, rate);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        // 0 log(sigma) is NaN for a sigma that is not positive
        return logBetween(standard(x), rate.times(sigma), rate.times(x.minus(mu))).plus(rate.log().plus(sigma.log().times(0)));
    }

    @Override
    public Expr logCdf(Expr x) {
        Expr h = rate.times(sigma);
        Expr z = standard(x);
        Expr zero = Expr.of(0);
        Expr negative = z.min(zero);
        Expr positive = z.max(zero);
        Expr finite = negative.max(Expr.of(-1e100)).unaryMinus();
        Expr left = logNormalCdf(negative).plus(log1mExp(logMillsDifference(finite, h)));
        Expr right = logDiffExp(logNormalCdf(positive), logBetween(positive, h, h.times(positive)));
        Expr ccdf = logCcdf(x);
        Expr cut = Expr.of(-0.6); // with room to log 1/2, so that either branch has a derivative there
        return Expr.where(ccdf.lt(-LOG_2), log1mExp(ccdf.min(cut)), Expr.where(z.lt(zero), left, right));
    }

    @Override
    public Expr logCcdf(Expr x) {
        Expr z = standard(x);
        return logAddExp(logNormalCcdf(z), logBetween(z, rate.times(sigma), rate.times(x.minus(mu))));
    }

    /** log of Mills' ratio at t + h less that at t; for small h by integrating its slope, with three points of Gauss. */
    private static Expr logMillsDifference(Expr t, Expr h) {
        Expr cut = Expr.of(SMALL);
        Expr small = h.min(cut);
        Expr slopes = slope(t.plus(small.times(0.5 - GAUSS))).plus(slope(t.plus(small.times(0.5 + GAUSS)))).times(5.0 / 18)
                .plus(slope(t.plus(small.times(0.5))).times(8.0 / 18));
        Expr large = h.max(cut);
        return Expr.where(h.lt(cut), small.times(slopes), logMillsRatio(t.plus(large)).minus(logMillsRatio(t)));
    }

    /** The derivative of log of Mills' ratio. */
    private static Expr slope(Expr t) {
        return t.minus(logMillsRatio(t).unaryMinus().exp());
    }

    private Expr standard(Expr x) {
        return x.minus(mu).times(sigma.reciprocal());
    }

    /**
     * log P(Z <= z < Z + E) of a standard normal Z and an exponential E of rate h, which is the density over h:
     * h^2 / 2 - h z + log Phi(z - h), where h^2 / 2 - h z = (h - z)^2 / 2 - z^2 / 2 cancels with the last term if h is large.
     *
     * @param product h z
     */
    private static Expr logBetween(Expr z, Expr h, Expr product) {
        Expr excess = h.minus(z);
        Expr zero = Expr.of(0);
        Expr right = h.square().times(0.5).minus(product).plus(logNormalCcdf(excess.min(zero)));
        Expr left = z.square().times(-0.5).plus(logMillsRatio(excess.max(zero))).minus(HALF_LOG_2PI);
        return Expr.where(excess.lt(zero), right, left);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + p[1] * Draws.normal(random) + Draws.exponential(random) / p[2];
    }
}
