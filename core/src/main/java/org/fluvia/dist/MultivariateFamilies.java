package org.fluvia.dist;

import org.fluvia.autodiff.Expr;

/**
 * The families of vectors and matrices.
 *
 * <p>An event is the last axis of a value (a vector) or its last two (a matrix); the axes before count independent events.
 * Each parameter is the same for all events, or has the same leading axes with one value for each event: {@code mu} of a
 * multivariate normal for values (N x K) is a vector (K) or (N x K). Vectors of equal elements can be given as a scalar
 * where it says so.
 */
abstract class MultivariateFamilies extends RegressionFamilies {
    MultivariateFamilies() {}

    // Normal and t

    /**
     * Multivariate normal: -(x - mu)' inverse(sigma) (x - mu) / 2 - log(det(sigma)) / 2 - K log(2 pi) / 2 for vectors x of K
     * elements. Stan's {@code multi_normal}. Where sigma depends on parameters, build its Cholesky factor instead:
     * {@link #multiNormalCholesky} is cheaper and cannot fail to be positive definite.
     *
     * @param mu a vector (K), or (... x K), or a scalar for equal ones
     * @param sigma the covariance (K x K), symmetric and positive definite, or (... x K x K). If it is not at some draw, that
     *     draw has no density
     */
    public static Distribution multiNormal(Expr mu, Expr sigma) {
        return new MultiNormal(MatrixForm.COVARIANCE, mu, sigma);
    }

    public static Distribution multiNormal(double mu, Expr sigma) {
        return multiNormal(Expr.of(mu), sigma);
    }

    /**
     * Multivariate normal by its precision, the inverse of the covariance: -(x - mu)' omega (x - mu) / 2 + log(det(omega)) / 2
     * - K log(2 pi) / 2. Stan's {@code multi_normal_prec}. Parameters as those of {@link #multiNormal}.
     */
    public static Distribution multiNormalPrec(Expr mu, Expr omega) {
        return new MultiNormal(MatrixForm.PRECISION, mu, omega);
    }

    public static Distribution multiNormalPrec(double mu, Expr omega) {
        return multiNormalPrec(Expr.of(mu), omega);
    }

    /**
     * Multivariate normal by the Cholesky factor L of its covariance L L':
     * -|solve(L, x - mu)|^2 / 2 - sum log(L[k,k]) - K log(2 pi) / 2. Stan's {@code multi_normal_cholesky}. For example, with J
     * rows of two correlated effects:
     *
     * <pre>{@code
     * Expr L = m.sample("L", lkjCorrCholesky(2), 2, 2);
     * Expr tau = m.sample("tau", halfNormal(1), 2);
     * Expr b = m.sample("b", multiNormalCholesky(0, diagonalTimes(tau, L)), J, 2);
     * }</pre>
     *
     * @param mu a vector (K), or (... x K), or a scalar for equal ones
     * @param L lower triangular with a positive diagonal (K x K), or (... x K x K); what it holds above is not read
     */
    public static Distribution multiNormalCholesky(Expr mu, Expr L) {
        return new MultiNormal(MatrixForm.CHOLESKY, mu, L);
    }

    public static Distribution multiNormalCholesky(double mu, Expr L) {
        return multiNormalCholesky(Expr.of(mu), L);
    }

    /**
     * Multivariate Student t: log Gamma((df + K) / 2) - log Gamma(df / 2) - K log(df pi) / 2 - log(det(sigma)) / 2
     * - (df + K) / 2 log(1 + (x - mu)' inverse(sigma) (x - mu) / df) with df > 0. Its covariance is sigma df / (df - 2). Stan's
     * {@code multi_student_t}.
     *
     * @param df a scalar, or one number for each event
     * @param mu a vector (K), or (... x K), or a scalar for equal ones
     * @param sigma (K x K), symmetric and positive definite, or (... x K x K)
     */
    public static Distribution multiStudentT(Expr df, Expr mu, Expr sigma) {
        return new MultiStudentT(MatrixForm.COVARIANCE, df, mu, sigma);
    }

    public static Distribution multiStudentT(double df, Expr mu, Expr sigma) {
        return multiStudentT(Expr.of(df), mu, sigma);
    }

    /** Multivariate Student t with sigma = L L'. Stan's {@code multi_student_t_cholesky}; see {@link #multiStudentT}. */
    public static Distribution multiStudentTCholesky(Expr df, Expr mu, Expr L) {
        return new MultiStudentT(MatrixForm.CHOLESKY, df, mu, L);
    }

    public static Distribution multiStudentTCholesky(double df, Expr mu, Expr L) {
        return multiStudentTCholesky(Expr.of(df), mu, L);
    }

    // Counts in categories

    /**
     * Multinomial, the counts of K categories among a number of trials: log(trials!) - sum log(x[k]!) + sum x[k] log(prob[k])
     * for whole x[k] >= 0 that add up to trials; prob is a simplex. Stan's {@code multinomial}.
     *
     * @param trials a scalar, or one number for each event
     * @param prob a vector (K), or (... x K)
     */
    public static Distribution multinomial(Expr trials, Expr prob) {
        return new Multinomial(trials, prob);
    }

    public static Distribution multinomial(double trials, Expr prob) {
        return multinomial(Expr.of(trials), prob);
    }

    /**
     * Multinomial with as many trials as the counts add up to, as in Stan. Replicates of observed counts have their number of
     * trials; otherwise it cannot be drawn from.
     */
    public static Distribution multinomial(Expr prob) {
        return new Multinomial(null, prob);
    }

    /**
     * Multinomial with probabilities softmax(logits): log(trials!) - sum log(x[k]!) + sum x[k] logits[k]
     * - trials logSumExp(logits). Stan's {@code multinomial_logit}.
     *
     * @param trials a scalar, or one number for each event
     * @param logits a vector (K), or (... x K)
     */
    public static Distribution multinomialLogit(Expr trials, Expr logits) {
        return new MultinomialLogit(trials, logits);
    }

    public static Distribution multinomialLogit(double trials, Expr logits) {
        return multinomialLogit(Expr.of(trials), logits);
    }

    /** Multinomial, on the logit scale, with as many trials as the counts add up to; see {@link #multinomial(Expr)}. */
    public static Distribution multinomialLogit(Expr logits) {
        return new MultinomialLogit(null, logits);
    }

    /**
     * Dirichlet-multinomial, a multinomial whose probabilities are Dirichlet distributed: log(trials!) - sum log(x[k]!)
     * + log Gamma(A) - log Gamma(trials + A) + sum (log Gamma(x[k] + alpha[k]) - log Gamma(alpha[k])) with A = sum alpha[k]
     * and all alpha[k] > 0. Stan's {@code dirichlet_multinomial}.
     *
     * @param trials a scalar, or one number for each event
     * @param alpha a vector (K), or (... x K), or a scalar for equal ones
     */
    public static Distribution dirichletMultinomial(Expr trials, Expr alpha) {
        return new DirichletMultinomial(trials, alpha);
    }

    public static Distribution dirichletMultinomial(double trials, Expr alpha) {
        return dirichletMultinomial(Expr.of(trials), alpha);
    }

    /** Dirichlet-multinomial with as many trials as the counts add up to; see {@link #multinomial(Expr)}. */
    public static Distribution dirichletMultinomial(Expr alpha) {
        return new DirichletMultinomial(null, alpha);
    }

    /**
     * Dirichlet: log Gamma(sum alpha[k]) - sum log Gamma(alpha[k]) + sum (alpha[k] - 1) log(x[k]) for simplices x of K
     * elements; alpha[k] > 0. Stan's {@code dirichlet}.
     *
     * @param alpha a vector (K), or (... x K); or a scalar for equal ones, where x can have any length
     */
    public static Distribution dirichlet(Expr alpha) {
        return new Dirichlet(alpha);
    }

    public static Distribution dirichlet(double alpha) {
        return dirichlet(Expr.of(alpha));
    }

    // Correlations and covariances

    /**
     * Cholesky factors L of K x K correlation matrices that are LKJ distributed:
     * sum over k = 2, ..., K of (K - k + 2 eta - 2) log L[k,k] - log c with eta > 0. The correlations are all equally likely at
     * eta = 1, and are drawn towards 0 above. Stan's {@code lkj_corr_cholesky}; Lewandowski, Kurowicka and Joe 2009:
     * log c = sum over k = 1, ..., K - 1 of (k log(pi) / 2 + log Gamma(eta + (K - 1 - k) / 2)) - (K - 1) log Gamma(eta + (K - 1) / 2).
     *
     * <p>The size is that of the value: {@code m.sample("L", lkjCorrCholesky(2), 3, 3)}.
     *
     * @param eta a scalar, or one number for each matrix
     */
    public static Distribution lkjCorrCholesky(Expr eta) {
        return new LkjCorrCholesky(eta);
    }

    public static Distribution lkjCorrCholesky(double eta) {
        return lkjCorrCholesky(Expr.of(eta));
    }

    /**
     * K x K correlation matrices Omega that are LKJ distributed: (eta - 1) log(det(Omega)) - log c with eta > 0 and the c of
     * {@link #lkjCorrCholesky}, which is cheaper and more accurate. Stan's {@code lkj_corr}.
     *
     * <p>The size is that of the value: {@code m.sample("Omega", lkjCorr(2), 3, 3)}.
     *
     * @param eta a scalar, or one number for each matrix
     */
    public static Distribution lkjCorr(Expr eta) {
        return new LkjCorr(eta);
    }

    public static Distribution lkjCorr(double eta) {
        return lkjCorr(Expr.of(eta));
    }

    /**
     * Wishart, for symmetric positive definite matrices W (K x K): (df - K - 1) / 2 log(det(W)) - trace(inverse(scale) W) / 2
     * - df K / 2 log(2) - df / 2 log(det(scale)) - lmgamma(K, df / 2) with df > K - 1. Its mean is df scale. Stan's
     * {@code wishart}.
     *
     * @param df a scalar, or one number for each matrix
     * @param scale symmetric and positive definite (K x K), or (... x K x K)
     */
    public static Distribution wishart(Expr df, Expr scale) {
        return new Wishart(false, MatrixForm.COVARIANCE, df, scale);
    }

    public static Distribution wishart(double df, Expr scale) {
        return wishart(Expr.of(df), scale);
    }

    /**
     * Cholesky factors of matrices that are Wishart distributed, with scale L L': the density of {@link #wishart} and the
     * Jacobian of the product, K log(2) + sum (K - k + 1) log(x[k,k]). Stan's {@code wishart_cholesky}.
     */
    public static Distribution wishartCholesky(Expr df, Expr L) {
        return new Wishart(false, MatrixForm.CHOLESKY, df, L);
    }

    public static Distribution wishartCholesky(double df, Expr L) {
        return wishartCholesky(Expr.of(df), L);
    }

    /**
     * Inverse Wishart, the inverse of a Wishart matrix: -(df + K + 1) / 2 log(det(W)) - trace(scale inverse(W)) / 2
     * - df K / 2 log(2) + df / 2 log(det(scale)) - lmgamma(K, df / 2) with df > K - 1. Its mean is scale / (df - K - 1). Stan's
     * {@code inv_wishart}.
     *
     * @param df a scalar, or one number for each matrix
     * @param scale symmetric and positive definite (K x K), or (... x K x K)
     */
    public static Distribution inverseWishart(Expr df, Expr scale) {
        return new Wishart(true, MatrixForm.COVARIANCE, df, scale);
    }

    public static Distribution inverseWishart(double df, Expr scale) {
        return inverseWishart(Expr.of(df), scale);
    }

    /**
     * Cholesky factors of matrices that are inverse Wishart distributed, with scale L L': the density of
     * {@link #inverseWishart} and the Jacobian of the product. Stan's {@code inv_wishart_cholesky}.
     */
    public static Distribution inverseWishartCholesky(Expr df, Expr L) {
        return new Wishart(true, MatrixForm.CHOLESKY, df, L);
    }

    public static Distribution inverseWishartCholesky(double df, Expr L) {
        return inverseWishartCholesky(Expr.of(df), L);
    }

    // Series

    /**
     * Gaussian random walk of any length n: x[1] is normal(start, sigma), x[t] is normal(x[t - 1], sigma). So start is the
     * place before the first; the joint density is the product of these n densities. sigma > 0.
     *
     * <p>For a first value with a spread of its own, give the place before it a prior and subtract: start can be a parameter.
     *
     * @param start a scalar, or one number for each series
     * @param sigma a scalar, or one number for each series
     */
    public static Distribution gaussianRandomWalk(Expr start, Expr sigma) {
        return new GaussianRandomWalk(start, sigma);
    }

    public static Distribution gaussianRandomWalk(Expr start, double sigma) {
        return gaussianRandomWalk(start, Expr.of(sigma));
    }

    public static Distribution gaussianRandomWalk(double start, Expr sigma) {
        return gaussianRandomWalk(Expr.of(start), sigma);
    }

    public static Distribution gaussianRandomWalk(double start, double sigma) {
        return gaussianRandomWalk(Expr.of(start), Expr.of(sigma));
    }

    /** Gaussian random walk that starts at 0: x[1] is normal(0, sigma), x[t] is normal(x[t - 1], sigma). */
    public static Distribution gaussianRandomWalk(Expr sigma) {
        return gaussianRandomWalk(Expr.of(0), sigma);
    }

    public static Distribution gaussianRandomWalk(double sigma) {
        return gaussianRandomWalk(Expr.of(0), Expr.of(sigma));
    }

    /**
     * Autoregression of order p with mean 0, of any length n: x[t] is
     * normal(coefficients[1] x[t - 1] + ... + coefficients[p] x[t - p], sigma), where the values before the first are 0, so
     * that x[1] is normal(0, sigma). The joint density is the product of these n densities. sigma > 0; the coefficients need
     * not be stationary.
     *
     * <p>For a series about a mean, subtract it: {@code m.observe(y.minus(mu), ar(phi, sigma))}. A likelihood given the first
     * p values, as Stan's programs write it, is {@code m.observe(y.slice(p, n), normal(...))} of the lagged slices.
     *
     * @param coefficients a vector (p), that of lag 1 first, or (... x p)
     * @param sigma a scalar, or one number for each series
     */
    public static Distribution ar(Expr coefficients, Expr sigma) {
        return new Autoregression(coefficients, sigma);
    }

    public static Distribution ar(Expr coefficients, double sigma) {
        return ar(coefficients, Expr.of(sigma));
    }
}
