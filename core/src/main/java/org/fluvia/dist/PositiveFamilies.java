package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/** The families of numbers that have a bound: positive ones, and those of an interval. */
abstract class PositiveFamilies extends LineFamilies {
    PositiveFamilies() {}

    /**
     * The absolute value of a normal number, in Stan {@code normal} with {@code lower=0}: log(2 / pi) / 2 - log(scale)
     * - (x / scale)^2 / 2 for x >= 0; scale > 0. It is the density that Stan's truncation {@code T[0, ]} gives, log 2
     * above {@code normal(x | 0, scale)}.
     */
    public static Distribution halfNormal(Expr scale) {
        return new HalfNormal(scale);
    }

    public static Distribution halfNormal(double scale) {
        return halfNormal(Expr.of(scale));
    }

    /**
     * The absolute value of a Cauchy number, in Stan {@code cauchy} with {@code lower=0}: log(2 / (pi scale)) - log(1 +
     * (x / scale)^2) for x >= 0; scale > 0. It is log 2 above {@code cauchy(x | 0, scale)}.
     */
    public static Distribution halfCauchy(Expr scale) {
        return new HalfCauchy(scale);
    }

    public static Distribution halfCauchy(double scale) {
        return halfCauchy(Expr.of(scale));
    }

    /**
     * The absolute value of a Student t number, in Stan {@code student_t} with {@code lower=0}: log 2 + log {@link
     * #studentT(Expr, Expr, Expr) studentT}(x | df, 0, scale) for x >= 0; df > 0, scale > 0.
     */
    public static Distribution halfStudentT(Expr df, Expr scale) {
        return new HalfStudentT(df, scale);
    }

    public static Distribution halfStudentT(Expr df, double scale) {
        return halfStudentT(df, Expr.of(scale));
    }

    public static Distribution halfStudentT(double df, Expr scale) {
        return halfStudentT(Expr.of(df), scale);
    }

    public static Distribution halfStudentT(double df, double scale) {
        return halfStudentT(Expr.of(df), Expr.of(scale));
    }

    /**
     * Log-normal, exp of a normal number, Stan's {@code lognormal}: -((log x - mu) / sigma)^2 / 2 - log(x) - log(sigma)
     * - log(2 pi) / 2 for x > 0; sigma > 0. mu and sigma are the mean and standard deviation of log x.
     */
    public static Distribution logNormal(Expr mu, Expr sigma) {
        return new LogNormal(mu, sigma);
    }

    public static Distribution logNormal(Expr mu, double sigma) {
        return logNormal(mu, Expr.of(sigma));
    }

    public static Distribution logNormal(double mu, Expr sigma) {
        return logNormal(Expr.of(mu), sigma);
    }

    public static Distribution logNormal(double mu, double sigma) {
        return logNormal(Expr.of(mu), Expr.of(sigma));
    }

    /** Exponential, Stan's {@code exponential}: log(rate) - rate x for x >= 0; rate > 0, the mean is 1 / rate. */
    public static Distribution exponential(Expr rate) {
        return new Exponential(rate);
    }

    public static Distribution exponential(double rate) {
        return exponential(Expr.of(rate));
    }

    /**
     * Gamma, Stan's {@code gamma}: shape log(rate) - log Gamma(shape) + (shape - 1) log(x) - rate x for x > 0; shape >
     * 0, rate > 0, the mean is shape / rate.
     */
    public static Distribution gamma(Expr shape, Expr rate) {
        return new Gamma(shape, rate);
    }

    public static Distribution gamma(Expr shape, double rate) {
        return gamma(shape, Expr.of(rate));
    }

    public static Distribution gamma(double shape, Expr rate) {
        return gamma(Expr.of(shape), rate);
    }

    public static Distribution gamma(double shape, double rate) {
        return gamma(Expr.of(shape), Expr.of(rate));
    }

    /**
     * Inverse gamma, the reciprocal of a gamma number, Stan's {@code inv_gamma}: shape log(scale) - log Gamma(shape) -
     * (shape + 1) log(x) - scale / x for x > 0; shape > 0, scale > 0.
     */
    public static Distribution inverseGamma(Expr shape, Expr scale) {
        return new InverseGamma(shape, scale);
    }

    public static Distribution inverseGamma(Expr shape, double scale) {
        return inverseGamma(shape, Expr.of(scale));
    }

    public static Distribution inverseGamma(double shape, Expr scale) {
        return inverseGamma(Expr.of(shape), scale);
    }

    public static Distribution inverseGamma(double shape, double scale) {
        return inverseGamma(Expr.of(shape), Expr.of(scale));
    }

    /**
     * Chi-square, Stan's {@code chi_square}: -h log 2 - log Gamma(h) + (h - 1) log(x) - x / 2 with h = df / 2 for x >
     * 0; df > 0 degrees of freedom.
     */
    public static Distribution chiSquare(Expr df) {
        return new ChiSquare(df);
    }

    public static Distribution chiSquare(double df) {
        return chiSquare(Expr.of(df));
    }

    /**
     * Inverse chi-square, the reciprocal of a chi-square number, Stan's {@code inv_chi_square}: -h log 2 - log Gamma(h)
     * - (h + 1) log(x) - 1 / (2 x) with h = df / 2 for x > 0; df > 0 degrees of freedom.
     */
    public static Distribution inverseChiSquare(Expr df) {
        return new InverseChiSquare(df);
    }

    public static Distribution inverseChiSquare(double df) {
        return inverseChiSquare(Expr.of(df));
    }

    /**
     * Scaled inverse chi-square, Stan's {@code scaled_inv_chi_square}: h log(h) - log Gamma(h) + df log(scale) - (h +
     * 1) log(x) - h scale^2 / x with h = df / 2 for x > 0; df > 0, scale > 0: a variance of which df earlier
     * observations had the mean square scale^2.
     */
    public static Distribution scaledInverseChiSquare(Expr df, Expr scale) {
        return new ScaledInverseChiSquare(df, scale);
    }

    public static Distribution scaledInverseChiSquare(Expr df, double scale) {
        return scaledInverseChiSquare(df, Expr.of(scale));
    }

    public static Distribution scaledInverseChiSquare(double df, Expr scale) {
        return scaledInverseChiSquare(Expr.of(df), scale);
    }

    public static Distribution scaledInverseChiSquare(double df, double scale) {
        return scaledInverseChiSquare(Expr.of(df), Expr.of(scale));
    }

    /**
     * Weibull, Stan's {@code weibull}: log(shape / scale) + (shape - 1) log(x / scale) - (x / scale)^shape for x >= 0;
     * shape > 0, scale > 0. At 0 the log-density is its limit: infinite unless shape = 1.
     */
    public static Distribution weibull(Expr shape, Expr scale) {
        return new Weibull(shape, scale);
    }

    public static Distribution weibull(Expr shape, double scale) {
        return weibull(shape, Expr.of(scale));
    }

    public static Distribution weibull(double shape, Expr scale) {
        return weibull(Expr.of(shape), scale);
    }

    public static Distribution weibull(double shape, double scale) {
        return weibull(Expr.of(shape), Expr.of(scale));
    }

    /**
     * Frechet, the reciprocal of a Weibull number, Stan's {@code frechet}: log(shape / scale) - (shape + 1) log(x /
     * scale) - (x / scale)^-shape for x > 0; shape > 0, scale > 0.
     */
    public static Distribution frechet(Expr shape, Expr scale) {
        return new Frechet(shape, scale);
    }

    public static Distribution frechet(Expr shape, double scale) {
        return frechet(shape, Expr.of(scale));
    }

    public static Distribution frechet(double shape, Expr scale) {
        return frechet(Expr.of(shape), scale);
    }

    public static Distribution frechet(double shape, double scale) {
        return frechet(Expr.of(shape), Expr.of(scale));
    }

    /** Rayleigh, Stan's {@code rayleigh}: log(x) - 2 log(scale) - (x / scale)^2 / 2 for x >= 0; scale > 0. */
    public static Distribution rayleigh(Expr scale) {
        return new Rayleigh(scale);
    }

    public static Distribution rayleigh(double scale) {
        return rayleigh(Expr.of(scale));
    }

    /**
     * Log-logistic, exp of a logistic number, Stan's {@code loglogistic}: log(shape / scale) + (shape - 1) log(x /
     * scale) - 2 log(1 + (x / scale)^shape) for x > 0; scale > 0 is the median, shape > 0.
     */
    public static Distribution logLogistic(Expr scale, Expr shape) {
        return new LogLogistic(scale, shape);
    }

    public static Distribution logLogistic(Expr scale, double shape) {
        return logLogistic(scale, Expr.of(shape));
    }

    public static Distribution logLogistic(double scale, Expr shape) {
        return logLogistic(Expr.of(scale), shape);
    }

    public static Distribution logLogistic(double scale, double shape) {
        return logLogistic(Expr.of(scale), Expr.of(shape));
    }

    /**
     * Pareto, Stan's {@code pareto}: log(shape) + shape log(min) - (shape + 1) log(x) for x >= min; min > 0, shape > 0.
     */
    public static Distribution pareto(Expr min, Expr shape) {
        return new Pareto(min, shape);
    }

    public static Distribution pareto(Expr min, double shape) {
        return pareto(min, Expr.of(shape));
    }

    public static Distribution pareto(double min, Expr shape) {
        return pareto(Expr.of(min), shape);
    }

    public static Distribution pareto(double min, double shape) {
        return pareto(Expr.of(min), Expr.of(shape));
    }

    /**
     * Pareto of type 2, with loc = 0 the Lomax distribution, Stan's {@code pareto_type_2}: log(shape / scale) - (shape
     * + 1) log(1 + (x - loc) / scale) for x >= loc; scale > 0, shape > 0.
     */
    public static Distribution paretoType2(Expr loc, Expr scale, Expr shape) {
        return new ParetoType2(loc, scale, shape);
    }

    public static Distribution paretoType2(Expr loc, Expr scale, double shape) {
        return paretoType2(loc, scale, Expr.of(shape));
    }

    public static Distribution paretoType2(Expr loc, double scale, Expr shape) {
        return paretoType2(loc, Expr.of(scale), shape);
    }

    public static Distribution paretoType2(Expr loc, double scale, double shape) {
        return paretoType2(loc, Expr.of(scale), Expr.of(shape));
    }

    public static Distribution paretoType2(double loc, Expr scale, Expr shape) {
        return paretoType2(Expr.of(loc), scale, shape);
    }

    public static Distribution paretoType2(double loc, Expr scale, double shape) {
        return paretoType2(Expr.of(loc), scale, Expr.of(shape));
    }

    public static Distribution paretoType2(double loc, double scale, Expr shape) {
        return paretoType2(Expr.of(loc), Expr.of(scale), shape);
    }

    public static Distribution paretoType2(double loc, double scale, double shape) {
        return paretoType2(Expr.of(loc), Expr.of(scale), Expr.of(shape));
    }

    /**
     * Beta, Stan's {@code beta}: (a - 1) log(x) + (b - 1) log(1 - x) - log B(a, b) for 0 &lt;= x &lt;= 1; a &gt; 0, b &gt; 0. At 0
     * and 1 the log-density is its limit, which can be infinite.
     */
    public static Distribution beta(Expr a, Expr b) {
        return new Beta(a, b);
    }

    public static Distribution beta(Expr a, double b) {
        return beta(a, Expr.of(b));
    }

    public static Distribution beta(double a, Expr b) {
        return beta(Expr.of(a), b);
    }

    public static Distribution beta(double a, double b) {
        return beta(Expr.of(a), Expr.of(b));
    }

    /**
     * Beta by its mean and precision, Stan's {@code beta_proportion}: {@link #beta(Expr, Expr) beta}(x | mu kappa, (1 -
     * mu) kappa) for 0 &lt;= x &lt;= 1; 0 &lt; mu &lt; 1, kappa &gt; 0.
     */
    public static Distribution betaProportion(Expr mu, Expr kappa) {
        return new BetaProportion(mu, kappa);
    }

    public static Distribution betaProportion(Expr mu, double kappa) {
        return betaProportion(mu, Expr.of(kappa));
    }

    public static Distribution betaProportion(double mu, Expr kappa) {
        return betaProportion(Expr.of(mu), kappa);
    }

    public static Distribution betaProportion(double mu, double kappa) {
        return betaProportion(Expr.of(mu), Expr.of(kappa));
    }

    /** Uniform, Stan's {@code uniform}: -log(upper - lower) for lower &lt;= x &lt;= upper. */
    public static Distribution uniform(Expr lower, Expr upper) {
        return new Uniform(lower, upper);
    }

    public static Distribution uniform(Expr lower, double upper) {
        return uniform(lower, Expr.of(upper));
    }

    public static Distribution uniform(double lower, Expr upper) {
        return uniform(Expr.of(lower), upper);
    }

    public static Distribution uniform(double lower, double upper) {
        return uniform(Expr.of(lower), Expr.of(upper));
    }
}
