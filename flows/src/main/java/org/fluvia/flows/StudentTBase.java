package org.fluvia.flows;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distributions;
import org.fluvia.flows.check.Dimensions;

/**
 * Independent elements with Student's t of location 0 and scale 1, each with degrees of freedom of its own that training changes:
 * df = 1/2 + exp(w), at most about 1.6e5. Draws are {@link Quantiles} in the variable s of x = sqrt(df expm1(k^2 s^2 / df)),
 * k = (8 df + 3) / (8 df + 1), which is nearly normal (Wallace 1959, eq. 2.1).
 *
 * <p>A draw takes a few evaluations of the incomplete beta function and its slope for each element. A density takes none.
 *
 * @param df degrees of freedom that each begins with
 */
record StudentTBase(int dimension, double df, Expr exponents) implements Base {
    private static final double LEAST = 0.5;
    private static final double MOST_EXPONENT = 12;
    private static final double LOG_TWO = StrictMath.log(2);
    /** Within it the tangent is as exact as a double. */
    private static final double NEAR = 1e-8;
    /** Below it expm1(r) / r is 1. */
    private static final double TINY = 1e-20;

    static StudentTBase of(int dimension, double df) {
        Dimensions.positive("studentT", dimension);
        if (!(df >= 0.6 && df <= 1e5)) {
            throw new IllegalArgumentException("studentT: df must be from 0.6 to 1e5, but was " + df);
        }
        double[] initial = new double[dimension];
        Arrays.fill(initial, StrictMath.log(df - LEAST));
        return new StudentTBase(dimension, df, Expr.shared("log degrees of freedom", Shape.of(dimension), initial));
    }

    private Expr degrees() {
        return exponents.min(MOST_EXPONENT).exp().plus(LEAST);
    }

    @Override
    public List<Expr> weights() {
        return List.of(exponents);
    }

    @Override
    public Expr ofNoise(Expr noise) {
        Expr df = degrees();
        Expr tangent = Distributions.studentT(df, 0, 1).logDensity(Functions.zeros(dimension)).exp().times(4);
        return stretched(Quantiles.of(noise, s -> logOdds(stretched(s, df), df, tangent)), df);
    }

    /** log F(x) - log(1 - F(x)) = log((1 - p) / p) for x > 0, p the probability of what is further out; near 0 its tangent. */
    private static Expr logOdds(Expr x, Expr df, Expr tangent) {
        Expr size = x.abs();
        Expr tail = Functions.logBetaPrimeCdf(df.times(0.5), Expr.of(0.5), df.div(size.max(NEAR).square())).minus(LOG_TWO);
        Expr odds = Functions.log1mExp(tail).minus(tail);
        return Expr.where(size.lt(NEAR), tangent.times(x), Expr.where(x.lt(0), odds.unaryMinus(), odds));
    }

    /** That of Wallace 1959, whose own scores are off by a few parts in a hundred for two degrees of freedom, and less for more. */
    private static Expr stretched(Expr s, Expr df) {
        Expr scaled = s.times(df.times(8).plus(3)).div(df.times(8).plus(1));
        Expr r = scaled.square().div(df).max(TINY);
        return scaled.times(r.expm1().div(r).sqrt());
    }

    @Override
    public Expr logDensity(Expr x) {
        return Distributions.studentT(degrees(), 0, 1).logDensity(x).sum();
    }

    @Override
    public String toString() {
        return "Student t";
    }
}
