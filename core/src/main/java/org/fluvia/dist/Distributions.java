package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/**
 * The distributions. A parameter is a number, data or an expression of a model's parameters: a scalar, or an array with one
 * value for each element. Parameters and their meaning are Stan's (Stan Functions Reference).
 *
 * <p>Values that are known when a model is recorded are checked: {@link IllegalArgumentException} names the distribution,
 * the parameter, its value and the user's line.
 */
public final class Distributions {
    private Distributions() {}

    /** Normal: -((x - loc) / scale)^2 / 2 - log(scale) - log(2 pi) / 2; scale > 0 is the standard deviation. */
    public static Distribution normal(Expr loc, Expr scale) {
        return new Normal(loc, scale);
    }

    public static Distribution normal(double loc, Expr scale) {
        return normal(Expr.of(loc), scale);
    }

    public static Distribution normal(Expr loc, double scale) {
        return normal(loc, Expr.of(scale));
    }

    public static Distribution normal(double loc, double scale) {
        return normal(Expr.of(loc), Expr.of(scale));
    }

    /** The absolute value of a normal number: log(2 / pi) / 2 - log(scale) - (x / scale)^2 / 2 for x >= 0; scale > 0. */
    public static Distribution halfNormal(Expr scale) {
        return new HalfNormal(scale);
    }

    public static Distribution halfNormal(double scale) {
        return halfNormal(Expr.of(scale));
    }

    /** Cauchy: -log(pi scale) - log(1 + ((x - loc) / scale)^2); scale > 0. */
    public static Distribution cauchy(Expr loc, Expr scale) {
        return new Cauchy(loc, scale);
    }

    public static Distribution cauchy(double loc, Expr scale) {
        return cauchy(Expr.of(loc), scale);
    }

    public static Distribution cauchy(Expr loc, double scale) {
        return cauchy(loc, Expr.of(scale));
    }

    public static Distribution cauchy(double loc, double scale) {
        return cauchy(Expr.of(loc), Expr.of(scale));
    }

    /** The absolute value of a Cauchy number: log(2 / (pi scale)) - log(1 + (x / scale)^2) for x >= 0; scale > 0. */
    public static Distribution halfCauchy(Expr scale) {
        return new HalfCauchy(scale);
    }

    public static Distribution halfCauchy(double scale) {
        return halfCauchy(Expr.of(scale));
    }

    /** Exponential: log(rate) - rate x for x >= 0; rate > 0, the mean is 1 / rate. */
    public static Distribution exponential(Expr rate) {
        return new Exponential(rate);
    }

    public static Distribution exponential(double rate) {
        return exponential(Expr.of(rate));
    }
}
