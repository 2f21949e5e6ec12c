package org.fluvia.dist;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.catalogue.build.Listed;

/**
 * Generalised linear models under the names of Stan's {@code _glm} functions: families whose location is the linear predictor
 * alpha + x beta. They are short for {@code x.matmul(beta).plus(alpha)} and the family, and as fast.
 *
 * <p>x is a matrix (N x M), a row for each observation; alpha is a scalar, or one number for each observation; beta is a
 * vector (M).
 */
final class Regressions {
    private Regressions() {}

    /** Linear regression: {@link Distributions#normal(Expr, Expr) normal}(alpha + x beta, sigma). */
    @Listed(stan = "normal_id_glm",
            example = {"Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "0.5", "Expr.vector(0.1, -0.2)", "1"})
    static Distribution normalIdGlm(@ExprOnly Expr x, @ExprOnly Expr alpha, @ExprOnly Expr beta, @ExprOnly Expr sigma) {
        return new Normal(predictor("normalIdGlm", x, alpha, beta), sigma);
    }

    /** Logistic regression: {@link Distributions#bernoulliLogit(Expr) bernoulliLogit}(alpha + x beta). */
    @Listed(stan = "bernoulli_logit_glm",
            example = {"Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "0.5", "Expr.vector(0.1, -0.2)"})
    static Distribution bernoulliLogitGlm(@ExprOnly Expr x, @ExprOnly Expr alpha, @ExprOnly Expr beta) {
        return new BernoulliLogit(predictor("bernoulliLogitGlm", x, alpha, beta));
    }

    /**
     * Logistic regression of counts: {@link Distributions#binomialLogit(Expr, Expr) binomialLogit}(trials, alpha + x beta).
     */
    @Listed(stan = "binomial_logit_glm",
            example = {"10", "Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "0.5", "Expr.vector(0.1, -0.2)"})
    static Distribution binomialLogitGlm(@ExprOnly Expr trials, @ExprOnly Expr x, @ExprOnly Expr alpha, @ExprOnly Expr beta) {
        return new BinomialLogit(trials, predictor("binomialLogitGlm", x, alpha, beta));
    }

    /** Poisson regression: {@link Distributions#poissonLog(Expr) poissonLog}(alpha + x beta). */
    @Listed(stan = "poisson_log_glm",
            example = {"Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "0.5", "Expr.vector(0.1, -0.2)"})
    static Distribution poissonLogGlm(@ExprOnly Expr x, @ExprOnly Expr alpha, @ExprOnly Expr beta) {
        return new PoissonLog(predictor("poissonLogGlm", x, alpha, beta));
    }

    /**
     * Negative binomial regression: {@link Distributions#negBinomial2Log(Expr, Expr) negBinomial2Log}(alpha + x beta, phi).
     */
    @Listed(stan = "neg_binomial_2_log_glm",
            example = {"Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "0.5", "Expr.vector(0.1, -0.2)", "2"})
    static Distribution negBinomial2LogGlm(@ExprOnly Expr x, @ExprOnly Expr alpha, @ExprOnly Expr beta, @ExprOnly Expr phi) {
        return new NegBinomial2Log(predictor("negBinomial2LogGlm", x, alpha, beta), phi);
    }

    /**
     * Softmax regression: {@link Distributions#categoricalLogit(Expr) categoricalLogit} of alpha + x[n] beta for each row
     * x[n].
     *
     * @param alpha a vector (K)
     * @param beta a matrix (M x K)
     */
    @Listed(stan = "categorical_logit_glm",
            example = {"Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "Expr.vector(1, 2, 3)",
                "Expr.vector(0, 1, -1, 0.5, 0, 0.2).reshape(Shape.of(2, 3))"})
    static Distribution categoricalLogitGlm(@ExprOnly Expr x, @ExprOnly Expr alpha, @ExprOnly Expr beta) {
        checkMatrix("categoricalLogitGlm", x);
        if (beta.shape().rank() != 2 || beta.shape().dim(0) != x.shape().dim(1)) {
            throw new IllegalArgumentException("categoricalLogitGlm: beta must be a matrix with a row for each of the "
                    + x.shape().dim(1) + " columns of x, but has shape " + beta.shape() + Source.suffix());
        }
        if (!alpha.shape().equals(Shape.of(beta.shape().dim(1)))) {
            throw new IllegalArgumentException("categoricalLogitGlm: alpha must have a number for each of the "
                    + beta.shape().dim(1) + " columns of beta, but has shape " + alpha.shape() + Source.suffix());
        }
        return new CategoricalLogit(x.matmul(beta).plus(Functions.repeatRows(alpha, x.shape().dim(0))));
    }

    /** Ordinal regression: {@link Distributions#orderedLogistic(Expr, Expr) orderedLogistic}(x beta, cutpoints). */
    @Listed(stan = "ordered_logistic_glm",
            example = {"Expr.vector(1, 2, 3, 4, 5, 6).reshape(Shape.of(3, 2))", "Expr.vector(0.1, -0.2)", "Expr.vector(-1, 1)"})
    static Distribution orderedLogisticGlm(@ExprOnly Expr x, @ExprOnly Expr beta, @ExprOnly Expr cutpoints) {
        return new OrderedLogistic(predictor("orderedLogisticGlm", x, Expr.of(0), beta), cutpoints);
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
