package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#ar(Expr, Expr)}. */
record Autoregression(Expr coefficients, Expr sigma) implements Multivariate {
    /**
     * Autoregression of order p with mean 0, of any length n: x[t] is normal(coefficients[1] x[t - 1] + ... +
     * coefficients[p] x[t - p], sigma), where the values before the first are 0, so that x[1] is normal(0, sigma). The joint
     * density is the product of these n densities. sigma > 0; the coefficients need not be stationary.
     *
     * <p>For a series about a mean, subtract it: {@code m.observe(y.minus(mu), ar(phi, sigma))}. A likelihood given the
     * first p values, as Stan's programs write it, is {@code m.observe(y.slice(p, n), normal(...))} of the lagged slices.
     *
     * @param coefficients a vector (p), that of lag 1 first, or (... x p)
     * @param sigma a scalar, or one number for each series
     */
    @Listed(example = {"Expr.vector(0.5, -0.2)", "1"})
    static Distribution ar(@ExprOnly Expr coefficients, Expr sigma) {
        return new Autoregression(coefficients, sigma);
    }

    Autoregression {
        EventArguments.of("ar").list("coefficients", coefficients).finite().number("sigma", sigma).positive();
    }

    @Override
    public String name() {
        return "ar";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(coefficients, sigma);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {1, 0};
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
        Expr steps = x;
        Shape s = coefficients.shape();
        Expr byLag = s.rank() == 1 ? coefficients
                : coefficients.reshape(Shape.of(leading().size(), s.dim(s.rank() - 1))).transpose();
        for (int k = 0; k < byLag.shape().dim(0); k++) {
            Expr c = byLag.get(k);
            Expr ofEach = c.shape().isScalar() ? c : Events.spread(c, x.shape());
            steps = steps.minus(Events.lagged(x, k + 1, Expr.of(0)).times(ofEach));
        }
        return GaussianRandomWalk.independentSteps(steps, sigma);
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            double mean = 0;
            for (int k = 0; k < Math.min(i, p[0].length); k++) mean += p[0][k] * x[i - 1 - k];
            x[i] = mean + p[1][0] * Draws.normal(random);
        }
        return x;
    }
}
