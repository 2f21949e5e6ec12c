package org.fluvia.dist;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;

/**
 * Generalised linear models under the names of Stan's {@code _glm} functions: families whose location is the linear predictor
 * alpha + x beta. They are short for {@code x.matmul(beta).plus(alpha)} and the family, and as fast.
 *
 * <p>x is a matrix (N x M), a row for each observation; alpha is a scalar, or one number for each observation; beta is a
 * vector (M).
 */
abstract class RegressionFamilies extends CategoricalFamilies {
    RegressionFamilies() {}

    /** Linear regression, Stan's {@code normal_id_glm}: {@link #normal(Expr, Expr) normal}(alpha + x beta, sigma). */
    public static Distribution normalIdGlm(Expr x, Expr alpha, Expr beta, Expr sigma) {
        return normal(predictor("normalIdGlm", x, alpha, beta), sigma);
    }

    /** Logistic regression, Stan's {@code bernoulli_logit_glm}: {@link #bernoulliLogit(Expr) bernoulliLogit}(alpha + x beta). */
    public static Distribution bernoulliLogitGlm(Expr x, Expr alpha, Expr beta) {
        return bernoulliLogit(predictor("bernoulliLogitGlm", x, alpha, beta));
    }

    /**
     * Logistic regression of counts, Stan's {@code binomial_logit_glm}:
     * {@link #binomialLogit(Expr, Expr) binomialLogit}(trials, alpha + x beta).
     */
    public static Distribution binomialLogitGlm(Expr trials, Expr x, Expr alpha, Expr beta) {
        return binomialLogit(trials, predictor("binomialLogitGlm", x, alpha, beta));
    }

    /** Poisson regression, Stan's {@code poisson_log_glm}: {@link #poissonLog(Expr) poissonLog}(alpha + x beta). */
    public static Distribution poissonLogGlm(Expr x, Expr alpha, Expr beta) {
        return poissonLog(predictor("poissonLogGlm", x, alpha, beta));
    }

    /**
     * Negative binomial regression, Stan's {@code neg_binomial_2_log_glm}:
     * {@link #negBinomial2Log(Expr, Expr) negBinomial2Log}(alpha + x beta, phi).
     */
    public static Distribution negBinomial2LogGlm(Expr x, Expr alpha, Expr beta, Expr phi) {
        return negBinomial2Log(predictor("negBinomial2LogGlm", x, alpha, beta), phi);
    }

    /**
     * Softmax regression, Stan's {@code categorical_logit_glm}: {@link #categoricalLogit(Expr) categoricalLogit} of
     * alpha + x[n] beta for each row x[n].
     *
     * @param alpha a vector (K)
     * @param beta a matrix (M x K)
     */
    public static Distribution categoricalLogitGlm(Expr x, Expr alpha, Expr beta) {
        checkMatrix("categoricalLogitGlm", x);
        if (beta.shape().rank() != 2 || beta.shape().dim(0) != x.shape().dim(1)) {
            throw new IllegalArgumentException("categoricalLogitGlm: beta must be a matrix with a row for each of the "
                    + x.shape().dim(1) + " columns of x, but has shape " + beta.shape() + Source.suffix());
        }
        if (!alpha.shape().equals(Shape.of(beta.shape().dim(1)))) {
            throw new IllegalArgumentException("categoricalLogitGlm: alpha must have a number for each of the "
                    + beta.shape().dim(1) + " columns of beta, but has shape " + alpha.shape() + Source.suffix());
        }
        return categoricalLogit(x.matmul(beta).plus(Functions.repeatRows(alpha, x.shape().dim(0))));
    }

    /**
     * Ordinal regression, Stan's {@code ordered_logistic_glm}: {@link #orderedLogistic(Expr, Expr) orderedLogistic}(x beta,
     * cutpoints).
     */
    public static Distribution orderedLogisticGlm(Expr x, Expr beta, Expr cutpoints) {
        return orderedLogistic(predictor("orderedLogisticGlm", x, Expr.of(0), beta), cutpoints);
    }

    private static Expr predictor(String name, Expr x, Expr alpha, Expr beta) {
        checkMatrix(name, x);
        Shape perRow = Shape.of(x.shape().dim(0));
        if (!beta.shape().equals(Shape.of(x.shape().dim(1)))) {
            throw new IllegalArgumentException(name + ": beta must be a vector with a number for each of the "
                    + x.shape().dim(1) + " columns of x, but has shape " + beta.shape() + Source.suffix());
        }
        if (!alpha.shape().isScalar() && !alpha.shape().equals(perRow)) {
            throw new IllegalArgumentException(name + ": alpha must be a scalar or have a number for each of the "
                    + x.shape().dim(0) + " rows of x, but has shape " + alpha.shape() + Source.suffix());
        }
        return x.matmul(beta).plus(alpha);
    }

    private static void checkMatrix(String name, Expr x) {
        if (x.shape().rank() != 2) {
            throw new IllegalArgumentException(name + ": x must be a matrix with a row for each observation, but has shape "
                    + x.shape() + Source.suffix());
        }
    }
}
