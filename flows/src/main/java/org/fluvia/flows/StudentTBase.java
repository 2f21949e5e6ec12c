package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Solve;
import org.fluvia.dist.Distribution;
import org.fluvia.dist.Distributions;
import org.fluvia.flows.check.Dimensions;

/**
 * Independent elements with Student's t of location 0 and scale 1, each with degrees of freedom of its own that training changes:
 * df = 1/2 + exp(w), at most about 1.6e5. Draws are quantiles, x = F^-1(Phi(noise)), found by {@link Solve#increasing} of
 * log F(x) - log(1 - F(x)) = log Phi(noise) - log Phi(-noise), so that either tail is as exact as the middle; in the variable s of
 * x = s sqrt(expm1(s^2 / df) / (s^2 / df)), in which the equation is nearly that of a normal distribution.
 *
 * <p>A draw takes some ten incomplete beta functions an element. A density takes none.
 */
record StudentTBase(int dimension, Expr exponents) implements Base {
    private static final double LEAST = 0.5;
    private static final double MOST_EXPONENT = 12;
    /** Below it expm1(r) / r is 1. */
    private static final double TINY = 1e-20;

    static StudentTBase of(int dimension, double df) {
        Dimensions.positive("studentT", dimension);
        if (!(df >= 0.6 && df <= 1e5)) {
            throw new IllegalArgumentException("studentT: df must be from 0.6 to 1e5, but was " + df);
        }
        double[] initial = new double[dimension];
        Arrays.fill(initial, StrictMath.log(df - LEAST));
        return new StudentTBase(dimension, Expr.shared("log degrees of freedom", Shape.of(dimension), initial));
    }

    private Expr df() {
        return exponents.min(MOST_EXPONENT).exp().plus(LEAST);
    }

    @Override
    public List<Expr> weights() {
        return List.of(exponents);
    }

    @Override
    public Expr ofNoise(Expr noise) {
        Expr df = df();
        Distribution t = Distributions.studentT(df, 0, 1);
        Expr odds = Functions.logNormalCdf(noise).minus(Functions.logNormalCcdf(noise));
        Expr s = Solve.increasing(odds, v -> {
            Expr x = stretched(v, df);
            return t.logCdf(x).minus(t.logCcdf(x));
        });
        return stretched(s, df);
    }

    private static Expr stretched(Expr s, Expr df) {
        Expr r = s.square().div(df).max(TINY);
        return s.times(r.expm1().div(r).sqrt());
    }

    @Override
    public Expr logDensity(Expr x) {
        return Distributions.studentT(df(), 0, 1).logDensity(x).sum();
    }

    @Override
    public String toString() {
        return "Student t";
    }
}
