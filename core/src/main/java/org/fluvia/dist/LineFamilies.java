package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/** The families on the whole real line. */
abstract class LineFamilies {
    LineFamilies() {}

    /**
     * Normal, Stan's {@code normal}: -((x - loc) / scale)^2 / 2 - log(scale) - log(2 pi) / 2 for real x; scale > 0 is
     * the standard deviation.
     */
    public static Distribution normal(Expr loc, Expr scale) {
        return new Normal(loc, scale);
    }

    public static Distribution normal(Expr loc, double scale) {
        return normal(loc, Expr.of(scale));
    }

    public static Distribution normal(double loc, Expr scale) {
        return normal(Expr.of(loc), scale);
    }

    public static Distribution normal(double loc, double scale) {
        return normal(Expr.of(loc), Expr.of(scale));
    }

    /** Standard normal, Stan's {@code std_normal}: -x^2 / 2 - log(2 pi) / 2 for real x. */
    public static Distribution stdNormal() {
        return new StdNormal();
    }

    /**
     * Student's t, Stan's {@code student_t}: log Gamma((df + 1) / 2) - log Gamma(df / 2) - log(df pi) / 2 - log(scale)
     * - (df + 1) / 2 log(1 + ((x - loc) / scale)^2 / df) for real x; df > 0 degrees of freedom, scale > 0.
     */
    public static Distribution studentT(Expr df, Expr loc, Expr scale) {
        return new StudentT(df, loc, scale);
    }

    public static Distribution studentT(Expr df, Expr loc, double scale) {
        return studentT(df, loc, Expr.of(scale));
    }

    public static Distribution studentT(Expr df, double loc, Expr scale) {
        return studentT(df, Expr.of(loc), scale);
    }

    public static Distribution studentT(Expr df, double loc, double scale) {
        return studentT(df, Expr.of(loc), Expr.of(scale));
    }

    public static Distribution studentT(double df, Expr loc, Expr scale) {
        return studentT(Expr.of(df), loc, scale);
    }

    public static Distribution studentT(double df, Expr loc, double scale) {
        return studentT(Expr.of(df), loc, Expr.of(scale));
    }

    public static Distribution studentT(double df, double loc, Expr scale) {
        return studentT(Expr.of(df), Expr.of(loc), scale);
    }

    public static Distribution studentT(double df, double loc, double scale) {
        return studentT(Expr.of(df), Expr.of(loc), Expr.of(scale));
    }

    /** Cauchy, Stan's {@code cauchy}: -log(pi scale) - log(1 + ((x - loc) / scale)^2) for real x; scale > 0. */
    public static Distribution cauchy(Expr loc, Expr scale) {
        return new Cauchy(loc, scale);
    }

    public static Distribution cauchy(Expr loc, double scale) {
        return cauchy(loc, Expr.of(scale));
    }

    public static Distribution cauchy(double loc, Expr scale) {
        return cauchy(Expr.of(loc), scale);
    }

    public static Distribution cauchy(double loc, double scale) {
        return cauchy(Expr.of(loc), Expr.of(scale));
    }

    /**
     * Double exponential, or Laplace, Stan's {@code double_exponential}: -|x - loc| / scale - log(2 scale) for real x;
     * scale > 0.
     */
    public static Distribution doubleExponential(Expr loc, Expr scale) {
        return new DoubleExponential(loc, scale);
    }

    public static Distribution doubleExponential(Expr loc, double scale) {
        return doubleExponential(loc, Expr.of(scale));
    }

    public static Distribution doubleExponential(double loc, Expr scale) {
        return doubleExponential(Expr.of(loc), scale);
    }

    public static Distribution doubleExponential(double loc, double scale) {
        return doubleExponential(Expr.of(loc), Expr.of(scale));
    }

    /**
     * Skew double exponential, or asymmetric Laplace, Stan's {@code skew_double_exponential}: log(2 tau (1 - tau)) -
     * log(scale) - 2 w |x - loc| / scale for real x, where w is 1 - tau below loc and tau above; scale > 0, tau from 0
     * to 1 is the probability below loc. At tau = 0 and 1 the log-density is minus infinity.
     */
    public static Distribution skewDoubleExponential(Expr loc, Expr scale, Expr tau) {
        return new SkewDoubleExponential(loc, scale, tau);
    }

    public static Distribution skewDoubleExponential(Expr loc, Expr scale, double tau) {
        return skewDoubleExponential(loc, scale, Expr.of(tau));
    }

    public static Distribution skewDoubleExponential(Expr loc, double scale, Expr tau) {
        return skewDoubleExponential(loc, Expr.of(scale), tau);
    }

    public static Distribution skewDoubleExponential(Expr loc, double scale, double tau) {
        return skewDoubleExponential(loc, Expr.of(scale), Expr.of(tau));
    }

    public static Distribution skewDoubleExponential(double loc, Expr scale, Expr tau) {
        return skewDoubleExponential(Expr.of(loc), scale, tau);
    }

    public static Distribution skewDoubleExponential(double loc, Expr scale, double tau) {
        return skewDoubleExponential(Expr.of(loc), scale, Expr.of(tau));
    }

    public static Distribution skewDoubleExponential(double loc, double scale, Expr tau) {
        return skewDoubleExponential(Expr.of(loc), Expr.of(scale), tau);
    }

    public static Distribution skewDoubleExponential(double loc, double scale, double tau) {
        return skewDoubleExponential(Expr.of(loc), Expr.of(scale), Expr.of(tau));
    }

    /**
     * Logistic, Stan's {@code logistic}: -z - 2 log(1 + exp(-z)) - log(scale) with z = (x - loc) / scale for real x;
     * scale > 0.
     */
    public static Distribution logistic(Expr loc, Expr scale) {
        return new Logistic(loc, scale);
    }

    public static Distribution logistic(Expr loc, double scale) {
        return logistic(loc, Expr.of(scale));
    }

    public static Distribution logistic(double loc, Expr scale) {
        return logistic(Expr.of(loc), scale);
    }

    public static Distribution logistic(double loc, double scale) {
        return logistic(Expr.of(loc), Expr.of(scale));
    }

    /**
     * Skew normal, Stan's {@code skew_normal}: log 2 + log {@link #normal(Expr, Expr) normal}(x | loc, scale) + log
     * Phi(shape (x - loc) / scale) for real x; scale > 0. loc is the mean and scale the standard deviation only where
     * shape is 0.
     */
    public static Distribution skewNormal(Expr loc, Expr scale, Expr shape) {
        return new SkewNormal(loc, scale, shape);
    }

    public static Distribution skewNormal(Expr loc, Expr scale, double shape) {
        return skewNormal(loc, scale, Expr.of(shape));
    }

    public static Distribution skewNormal(Expr loc, double scale, Expr shape) {
        return skewNormal(loc, Expr.of(scale), shape);
    }

    public static Distribution skewNormal(Expr loc, double scale, double shape) {
        return skewNormal(loc, Expr.of(scale), Expr.of(shape));
    }

    public static Distribution skewNormal(double loc, Expr scale, Expr shape) {
        return skewNormal(Expr.of(loc), scale, shape);
    }

    public static Distribution skewNormal(double loc, Expr scale, double shape) {
        return skewNormal(Expr.of(loc), scale, Expr.of(shape));
    }

    public static Distribution skewNormal(double loc, double scale, Expr shape) {
        return skewNormal(Expr.of(loc), Expr.of(scale), shape);
    }

    public static Distribution skewNormal(double loc, double scale, double shape) {
        return skewNormal(Expr.of(loc), Expr.of(scale), Expr.of(shape));
    }

    /**
     * Exponentially modified normal, the sum of a normal and an exponential number, Stan's {@code exp_mod_normal}:
     * log(rate) - log 2 + rate / 2 (2 mu + rate sigma^2 - 2 x) + log erfc((mu + rate sigma^2 - x) / (sqrt(2) sigma))
     * for real x; sigma > 0, rate > 0.
     */
    public static Distribution expModNormal(Expr mu, Expr sigma, Expr rate) {
        return new ExpModNormal(mu, sigma, rate);
    }

    public static Distribution expModNormal(Expr mu, Expr sigma, double rate) {
        return expModNormal(mu, sigma, Expr.of(rate));
    }

    public static Distribution expModNormal(Expr mu, double sigma, Expr rate) {
        return expModNormal(mu, Expr.of(sigma), rate);
    }

    public static Distribution expModNormal(Expr mu, double sigma, double rate) {
        return expModNormal(mu, Expr.of(sigma), Expr.of(rate));
    }

    public static Distribution expModNormal(double mu, Expr sigma, Expr rate) {
        return expModNormal(Expr.of(mu), sigma, rate);
    }

    public static Distribution expModNormal(double mu, Expr sigma, double rate) {
        return expModNormal(Expr.of(mu), sigma, Expr.of(rate));
    }

    public static Distribution expModNormal(double mu, double sigma, Expr rate) {
        return expModNormal(Expr.of(mu), Expr.of(sigma), rate);
    }

    public static Distribution expModNormal(double mu, double sigma, double rate) {
        return expModNormal(Expr.of(mu), Expr.of(sigma), Expr.of(rate));
    }

    /**
     * Von Mises, of angles, Stan's {@code von_mises}: kappa cos(x - mu) - log(2 pi I0(kappa)) for real x, I0 being the
     * modified Bessel function; kappa >= 0. It is a density on any interval of length 2 pi: as a prior it needs one,
     * {@code m.sample("angle", vonMises(0, 2), Support.interval(-Math.PI, Math.PI))}. Draws lie from mu - pi to mu +
     * pi.
     */
    public static Distribution vonMises(Expr mu, Expr kappa) {
        return new VonMises(mu, kappa);
    }

    public static Distribution vonMises(Expr mu, double kappa) {
        return vonMises(mu, Expr.of(kappa));
    }

    public static Distribution vonMises(double mu, Expr kappa) {
        return vonMises(Expr.of(mu), kappa);
    }

    public static Distribution vonMises(double mu, double kappa) {
        return vonMises(Expr.of(mu), Expr.of(kappa));
    }

    /**
     * Gumbel, of largest values, Stan's {@code gumbel}: -z - exp(-z) - log(scale) with z = (x - loc) / scale for real
     * x; scale > 0.
     */
    public static Distribution gumbel(Expr loc, Expr scale) {
        return new Gumbel(loc, scale);
    }

    public static Distribution gumbel(Expr loc, double scale) {
        return gumbel(loc, Expr.of(scale));
    }

    public static Distribution gumbel(double loc, Expr scale) {
        return gumbel(Expr.of(loc), scale);
    }

    public static Distribution gumbel(double loc, double scale) {
        return gumbel(Expr.of(loc), Expr.of(scale));
    }
}
