package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.HALF_LOG_2PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#gaussianRandomWalk(Expr, Expr)}. */
record GaussianRandomWalk(Expr start, Expr sigma) implements Multivariate {
    /**
     * Gaussian random walk of any length n: x[1] is normal(start, sigma), x[t] is normal(x[t - 1], sigma). So start is the
     * place before the first; the joint density is the product of these n densities. sigma > 0.
     *
     * <p>For a first value with a spread of its own, give the place before it a prior and subtract: start can be a
     * parameter.
     *
     * @param start a scalar, or one number for each series
     * @param sigma a scalar, or one number for each series
     */
    @Listed(example = {"0", "1"})
    static Distribution gaussianRandomWalk(Expr start, Expr sigma) {
        return new GaussianRandomWalk(start, sigma);
    }

    /** Gaussian random walk that starts at 0: x[1] is normal(0, sigma), x[t] is normal(x[t - 1], sigma). */
    @Listed
    static Distribution gaussianRandomWalk(Expr sigma) {
        return gaussianRandomWalk(Expr.of(0), sigma);
    }

    GaussianRandomWalk {
        EventArguments.of("gaussianRandomWalk").number("start", start).finite().number("sigma", sigma).positive();
    }

    @Override
    public String name() {
        return "gaussianRandomWalk";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(start, sigma);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {0, 0};
    }

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public int eventSize() {
        return OPEN;
    }

    @Override
    public Support support() {
        return Support.real();
    }

    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        return independentSteps(x.minus(Events.lagged(x, 1, start)), sigma);
    }

    /** The log-density of the steps of each series: independent normal numbers with mean 0. */
    static Expr independentSteps(Expr steps, Expr sigma) {
        int n = steps.shape().dim(steps.shape().rank() - 1);
        Expr inverse = sigma.reciprocal(); // multiplied twice, as the square of a small sigma is 0
        Expr squares = Events.sum(steps.square()).times(inverse.times(-0.5)).times(inverse);
        return squares.minus(sigma.log().plus(HALF_LOG_2PI).times(n));
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) x[i] = (i == 0 ? p[0][0] : x[i - 1]) + p[1][0] * Draws.normal(random);
        return x;
    }
}
