package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logSigmoid;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#logLogistic(Expr, Expr)}. */
record LogLogistic(Expr scale, Expr alpha) implements Cumulative {
    /**
     * Log-logistic, exp of a logistic number: log(shape / scale) + (shape - 1) log(x / scale) - 2 log(1 + (x / scale)^shape)
     * for x > 0; scale > 0 is the median, shape > 0.
     */
    @Listed(stan = "loglogistic", example = {"1", "2"})
    static Distribution logLogistic(Expr scale, Expr shape) {
        return new LogLogistic(scale, shape);
    }

    LogLogistic {
        Arguments.of("logLogistic").positive("scale", scale).positive("shape", alpha);
    }

    @Override
    public String name() {
        return "logLogistic";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(scale, alpha);
    }

    @Override
    public Support support() {
        return Support.positive();
    }

    @Override
    public Expr logDensity(Expr x) {
        return Terms.within(support(), x, v -> {
            Expr logX = v.log(); // once: the derivatives of two would be infinities that cancel, near 0
            return Logistic.kernel(logPower(logX)).plus(alpha.log()).minus(logX);
        });
    }

    @Override
    public Expr logCdf(Expr x) {
        return Tails.cdf(Expr.of(0), x, v -> logSigmoid(logPower(v.log())));
    }

    @Override
    public Expr logCcdf(Expr x) {
        return Tails.ccdf(Expr.of(0), x, v -> logSigmoid(logPower(v.log()).unaryMinus()));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.above0(p[0] * StrictMath.exp(Draws.logistic(random) / p[1]));
    }

    /** log((x / scale)^shape). */
    private Expr logPower(Expr logX) {
        return logX.minus(scale.log()).times(alpha);
    }
}
