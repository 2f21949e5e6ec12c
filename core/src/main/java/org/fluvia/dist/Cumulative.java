package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/**
 * A distribution of numbers whose distribution function is known: what censoring and truncation need. Both tails have their
 * own function, as log(1 - p) of a p near 1 has lost its digits.
 *
 * <p>All families of numbers of {@link Distributions} have one, but skewNormal, vonMises, betaBinomial, betaNegBinomial and
 * hypergeometric. By the incomplete gamma and beta functions, those of gamma, inverseGamma, chiSquare, poisson, beta, studentT, binomial,
 * negBinomial and the like have no second derivatives in a shape: a fit then takes differences of first ones.
 *
 * <p>x may be any number, also infinite: below the support the distribution function is 0, above it is 1, and derivatives
 * are 0 there. Between two whole numbers a discrete distribution has the value at the smaller one.
 */
public interface Cumulative extends Univariate {

    /** log P(X &lt;= x), element by element; Stan's {@code _lcdf}. */
    @Override
    Expr logCdf(Expr x);

    /** log P(X > x), element by element; Stan's {@code _lccdf}. */
    @Override
    Expr logCcdf(Expr x);
}
