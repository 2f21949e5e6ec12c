package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logSigmoid;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#logistic(Expr, Expr)}. */
record Logistic(Expr loc, Expr scale) implements Cumulative {
    /** Logistic: -z - 2 log(1 + exp(-z)) - log(scale) with z = (x - loc) / scale for real x; scale > 0. */
    @Listed(stan = "logistic", example = {"0", "1"})
    static Distribution logistic(Expr loc, Expr scale) {
        return new Logistic(loc, scale);
    }

    Logistic {
        Arguments.of("logistic").finite("loc", loc).positive("scale", scale);
    }

    @Override
    public String name() {
        return "logistic";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(loc, scale);
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        return kernel(x.minus(loc).times(scale.reciprocal())).minus(scale.log());
    }

    @Override
    public Expr logCdf(Expr x) {
        return logSigmoid(x.minus(loc).times(scale.reciprocal()));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return logSigmoid(loc.minus(x).times(scale.reciprocal()));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return p[0] + p[1] * Draws.logistic(random);
    }

    /** -z - 2 log(1 + exp(-z)), which is even: from |z| without cancellation. */
    static Expr kernel(Expr z) {
        Expr size = z.abs();
        return size.plus(size.unaryMinus().softplus().times(2)).unaryMinus();
    }
}
