package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.LOG_2;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/**
 * {@link Distributions#wishart(Expr, Expr)}, {@link Distributions#inverseWishart(Expr, Expr)}, and those by Cholesky factors of
 * both matrices, {@link Distributions#wishartCholesky(Expr, Expr)} and
 * {@link Distributions#inverseWishartCholesky(Expr, Expr)}.
 */
record Wishart(boolean inverse, MatrixForm form, Expr df, Expr scale) implements Multivariate {

    /**
     * Wishart, for symmetric positive definite matrices W (K x K): (df - K - 1) / 2 log(det(W)) - trace(inverse(scale) W) /
     * 2 - df K / 2 log(2) - df / 2 log(det(scale)) - lmgamma(K, df / 2) with df > K - 1. Its mean is df scale.
     *
     * @param df a scalar, or one number for each matrix
     * @param scale symmetric and positive definite (K x K), or (... x K x K)
     */
    @Listed(stan = "wishart", example = {"4", "Expr.vector(2, 0.5, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution wishart(Expr df, @ExprOnly Expr scale) {
        return new Wishart(false, MatrixForm.COVARIANCE, df, scale);
    }

    /**
     * Cholesky factors of matrices that are Wishart distributed, with scale L L': the density of {@link
     * Distributions#wishart(Expr, Expr) wishart} and the Jacobian of the product, K log(2) + sum (K - k + 1) log(x[k,k]).
     */
    @Listed(stan = "wishart_cholesky", example = {"4", "Expr.vector(1, 0, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution wishartCholesky(Expr df, @ExprOnly Expr L) {
        return new Wishart(false, MatrixForm.CHOLESKY, df, L);
    }

    /**
     * Inverse Wishart, the inverse of a Wishart matrix: -(df + K + 1) / 2 log(det(W)) - trace(scale inverse(W)) / 2 - df K /
     * 2 log(2) + df / 2 log(det(scale)) - lmgamma(K, df / 2) with df > K - 1. Its mean is scale / (df - K - 1).
     *
     * @param df a scalar, or one number for each matrix
     * @param scale symmetric and positive definite (K x K), or (... x K x K)
     */
    @Listed(stan = "inv_wishart", example = {"4", "Expr.vector(2, 0.5, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution inverseWishart(Expr df, @ExprOnly Expr scale) {
        return new Wishart(true, MatrixForm.COVARIANCE, df, scale);
    }

    /**
     * Cholesky factors of matrices that are inverse Wishart distributed, with scale L L': the density of {@link
     * Distributions#inverseWishart(Expr, Expr) inverseWishart} and the Jacobian of the product.
     */
    @Listed(stan = "inv_wishart_cholesky", example = {"4", "Expr.vector(1, 0, 0.5, 1).reshape(Shape.of(2, 2))"})
    static Distribution inverseWishartCholesky(Expr df, @ExprOnly Expr L) {
        return new Wishart(true, MatrixForm.CHOLESKY, df, L);
    }

    Wishart {
        EventArguments.of(name(inverse, form)).matrix(form == MatrixForm.CHOLESKY ? "L" : "scale", form, scale)
                .number("df", df).above(Events.size(scale) - 1, "the number of rows less 1");
    }

    private static String name(boolean inverse, MatrixForm form) {
        return (inverse ? "inverseWishart" : "wishart") + form.suffix;
    }

    @Override
    public String name() {
        return name(inverse, form);
    }

    @Override
    public List<Expr> parameters() {
        return List.of(df, scale);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {0, 2};
    }

    @Override
    public int eventRank() {
        return 2;
    }

    @Override
    public int eventSize() {
        return Events.size(scale);
    }

    @Override
    public Support support() {
        return form == MatrixForm.CHOLESKY ? Support.choleskyFactorCov() : Support.covMatrix();
    }

    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        return Events.within(support().contains(x), x, support().interior(x.shape()), this::ofFactors);
    }

    /**
     * By the factors l of x and s of the scale: tr(inverse(S) X) = |solve(s, l)|^2 and tr(S inverse(X)) = |solve(l, s)|^2, sums
     * of squares of all elements.
     */
    private Expr ofFactors(Expr x) {
        int size = eventSize();
        Expr own = form.factor(scale);
        Expr l = form == MatrixForm.CHOLESKY ? Matrices.lowerTriangle(x) : form.factor(x);
        Expr s = Events.repeat(form == MatrixForm.CHOLESKY ? Matrices.lowerTriangle(own) : own, 2,
                Events.leading(x.shape(), 2));
        Expr halfTrace = Events.sum(Events.sum((inverse ? Matrices.solveLower(l, s) : Matrices.solveLower(s, l)).square()))
                .times(0.5);
        Expr logX = Matrices.diagonal(l).log();
        Expr logS = Events.sum(Matrices.diagonal(own).log());
        Expr logDeterminant = Events.sum(logX); // half of that of x
        Expr power = inverse ? df.plus(size + 1).unaryMinus() : df.minus(size + 1);
        Expr half = df.times(0.5);
        Expr density = logDeterminant.times(power).minus(halfTrace).plus(logS.times(inverse ? df : df.unaryMinus()))
                .minus(half.times(size * LOG_2)).minus(Functions.lmgamma(size, half));
        if (form != MatrixForm.CHOLESKY) return density;
        double[] weights = new double[size]; // of the Jacobian of l l'
        for (int i = 0; i < size; i++) weights[i] = size - i;
        return density.plus(Events.dot(logX, Expr.vector(weights))).plus(size * LOG_2);
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        double[] s = form.factor(p[1], size);
        double[] l = inverse ? EventDraws.inverseWishartFactor(random, p[0][0], s, size)
                : EventDraws.wishartFactor(random, p[0][0], s, size);
        return form == MatrixForm.CHOLESKY ? l : EventDraws.selfTimesTransposed(l, size);
    }
}
