package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Support;

/** {@link Distributions#ar(Expr, Expr)}. */
record Autoregression(Expr coefficients, Expr sigma) implements Multivariate {
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
