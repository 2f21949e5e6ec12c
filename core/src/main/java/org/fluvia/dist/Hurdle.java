package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#hurdle(Expr, Distribution)}. */
record Hurdle(Expr prob, Distribution of) implements Derived {
    /** An array of counts without distribution function is drawn so many times until no element of it is zero. */
    private static final int TRIES = 100_000;

    /**
     * Zero with probability prob, otherwise something else: log(prob) for x = 0; for others, log(1 - prob) + log p(x) of a
     * continuous distribution, such as {@code logNormal(mu, sigma)}, and log(1 - prob) + log p(x) - log(1 - p(0)) of counts,
     * such as {@code poisson(rate)}. Stan User's Guide, "Zero-inflated and hurdle models".
     *
     * @param prob from 0 to 1, a scalar or one value for each observation
     */
    @Listed(source = "Stan User's Guide, Zero-inflated and hurdle models", example = {"0.2", "Distributions.poisson(3)"})
    static Distribution hurdle(Expr prob, Distribution others) {
        return new Hurdle(prob, others);
    }

    Hurdle {
        Arguments.of("hurdle").proportion("prob", prob);
        Derived.checkNumbers("hurdle", of);
        Derived.checkShapes("hurdle", of, prob);
    }

    @Override
    public String name() {
        return "hurdle";
    }

    @Override
    public List<Expr> own() {
        return List.of(prob);
    }

    @Override
    public List<Expr> parameters() {
        return Derived.join(own(), of.parameters());
    }

    @Override
    public Support support() {
        return JoinedSupports.with0(of.support());
    }

    @Override
    public boolean hasAtoms() {
        return true;
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr zero = x.eq(0);
        Expr missing = x.times(0); // NaN where x is
        Expr other = of.logDensity(x).plus(Functions.log1m(prob));
        if (of.isDiscrete()) other = other.minus(Functions.log1mExp(of.logDensity(Expr.of(0))));
        return Expr.where(zero, prob.log().plus(missing), other);
    }

    @Override
    public double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        double[] x = notZero(random, shape, values.subList(1, values.size()));
        for (int i = 0; i < x.length; i++) {
            if (Draws.uniform(random) < Multivariate.element(values.get(0), i)) x[i] = 0;
        }
        return x;
    }

    private double[] notZero(RandomGenerator random, Shape shape, List<double[]> values) {
        if (Derived.isCumulative(of) && of.isDiscrete()) {
            return new TruncatedDraws(of, shape, values, new double[] {1}, null).draw(random);
        }
        double[] x = of.sample(random, shape, values);
        for (int i = 0; i < TRIES; i++) {
            boolean any = false;
            for (double v : x) any |= v == 0;
            if (!any) return x;
            double[] again = of.sample(random, shape, values);
            for (int k = 0; k < x.length; k++) if (x[k] == 0) x[k] = again[k];
        }
        for (int k = 0; k < x.length; k++) if (x[k] == 0) x[k] = 1; // what so rare a count is, when it is not 0
        return x;
    }
}
