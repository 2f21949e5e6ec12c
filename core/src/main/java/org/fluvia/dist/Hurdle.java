package org.fluvia.dist;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.support.Support;

/** {@link Distributions#hurdle(Expr, Distribution)}. */
record Hurdle(Expr prob, Univariate others) implements Univariate {
    /** Draws until one is not zero. One that is zero with a probability below 0.999 takes so many once in 10^400. */
    private static final int TRIES = 1_000_000;

    Hurdle {
        Arguments arguments = Arguments.of("hurdle").probability("prob", prob);
        for (Expr p : others.parameters()) arguments.fits("a parameter of " + others.name(), p);
    }

    static Hurdle of(Expr prob, Distribution others) {
        return new Hurdle(prob, Arguments.univariate("hurdle", others));
    }

    @Override
    public String name() {
        return "hurdle";
    }

    /** The probability, then the parameters of the others. */
    @Override
    public List<Expr> parameters() {
        return ZeroInflated.prepend(prob, others);
    }

    @Override
    public Support support() {
        return Supports.with0(others.support());
    }

    @Override
    public boolean hasAtoms() {
        return true;
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr zero = x.eq(0);
        Expr missing = x.times(0); // NaN where x is
        Expr other = others.logDensity(x).plus(Functions.log1m(prob));
        if (others.isDiscrete()) other = other.minus(Functions.log1mExp(others.logDensity(Expr.of(0))));
        return Expr.where(zero, prob.log().plus(missing), other);
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        if (Draws.uniform(random) < p[0]) return 0;
        double[] q = Arrays.copyOfRange(p, 1, p.length);
        for (int i = 0; i < TRIES; i++) {
            double x = others.sample(random, q);
            if (x != 0) return x;
        }
        return 1; // what a count that is 0 but for one time in a million is, when it is not
    }
}
