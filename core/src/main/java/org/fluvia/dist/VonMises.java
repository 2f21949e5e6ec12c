package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logScaledBesselI0;
import static org.fluvia.autodiff.Functions.sin;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#vonMises(Expr, Expr)}. */
record VonMises(Expr mu, Expr kappa) implements Univariate {

    /**
     * Von Mises, of angles: kappa cos(x - mu) - log(2 pi I0(kappa)) for real x, I0 being the modified Bessel function; kappa
     * >= 0. It is a density on any interval of length 2 pi: as a prior it needs one, {@code m.sample("angle", vonMises(0,
     * 2), Support.interval(-Math.PI, Math.PI))}. Draws lie from mu - pi to mu + pi.
     */
    @Listed(stan = "von_mises", example = {"0", "2"})
    static Distribution vonMises(Expr mu, Expr kappa) {
        return new VonMises(mu, kappa);
    }

    VonMises {
        Arguments.of("vonMises").finite("mu", mu).notNegative("kappa", kappa);
    }

    @Override
    public String name() {
        return "vonMises";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(mu, kappa);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        // cos(d) - 1 = -2 sin(d / 2)^2, and the Bessel function without its exp(kappa): nothing cancels for large kappa
        Expr square = sin(x.minus(mu).times(0.5)).square();
        return square.times(kappa.times(-2)).minus(logScaledBesselI0(kappa)).minus(2 * HALF_LOG_2PI);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + Draws.vonMises(random, p[1]);
    }
}
