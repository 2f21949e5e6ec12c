package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.support.Support;

/**
 * {@link Distributions#wishart(Expr, Expr)}, {@link Distributions#inverseWishart(Expr, Expr)}, and those by Cholesky factors of
 * both matrices, {@link Distributions#wishartCholesky(Expr, Expr)} and
 * {@link Distributions#inverseWishartCholesky(Expr, Expr)}.
 */
record Wishart(boolean inverse, MatrixForm form, Expr df, Expr scale) implements Multivariate {
    private static final double LOG_2 = 0.69314718055994530942;

    Wishart {
        EventArguments.of(name(inverse, form)).matrix(form, scale).number("df", df).above(Events.size(scale) - 1,
                "the number of rows less 1");
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
