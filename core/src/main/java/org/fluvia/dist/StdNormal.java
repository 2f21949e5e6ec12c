package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logNormalCcdf;
import static org.fluvia.autodiff.Functions.logNormalCdf;
import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#stdNormal()}. */
record StdNormal() implements Cumulative {
    /** Standard normal: -x^2 / 2 - log(2 pi) / 2 for real x. */
    @Listed(stan = "std_normal")
    static Distribution stdNormal() {
        return new StdNormal();
    }

    @Override
    public String name() {
        return "stdNormal";
    }

    @Override
    public List<Expr> parameters() {
        return List.of();
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        return x.square().times(-0.5).minus(HALF_LOG_2PI);
    }

    @Override
    public Expr logCdf(Expr x) {
        return logNormalCdf(x);
    }

    @Override
    public Expr logCcdf(Expr x) {
        return logNormalCcdf(x);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.normal(random);
    }
}
