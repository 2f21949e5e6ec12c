package org.fluvia.dist;

import static org.fluvia.kernel.special.Constants.LOG_PI;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#lkjCorrCholesky(Expr)}. */
record LkjCorrCholesky(Expr eta) implements Multivariate {

    /**
     * Cholesky factors L of K x K correlation matrices that are LKJ distributed: sum over k = 2, ..., K of (K - k + 2 eta -
     * 2) log L[k,k] - log c with eta > 0. The correlations are all equally likely at eta = 1, and are drawn towards 0
     * above. Lewandowski, Kurowicka and Joe 2009: log c = sum over k = 1, ..., K - 1 of (k log(pi) / 2 + log Gamma(eta + (K
     * - 1 - k) / 2)) - (K - 1) log Gamma(eta + (K - 1) / 2).
     *
     * <p>The size is that of the value: {@code m.sample("L", lkjCorrCholesky(2), 3, 3)}.
     *
     * @param eta a scalar, or one number for each matrix
     */
    @Listed(stan = "lkj_corr_cholesky", source = "Lewandowski, Kurowicka and Joe 2009", example = "2")
    static Distribution lkjCorrCholesky(Expr eta) {
        return new LkjCorrCholesky(eta);
    }

    LkjCorrCholesky {
        EventArguments.of("lkjCorrCholesky").number("eta", eta).positive();
    }

    @Override
    public String name() {
        return "lkjCorrCholesky";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(eta);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {0};
    }

    @Override
    public int eventRank() {
        return 2;
    }

    @Override
    public int eventSize() {
        return OPEN;
    }

    @Override
    public Support support() {
        return Support.choleskyFactorCorr();
    }

    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        int size = Events.size(x);
        double[] fixed = new double[size];
        double[] byEta = new double[size];
        for (int i = 1; i < size; i++) {
            fixed[i] = size - i - 3;
            byEta[i] = 2;
        }
        return Events.within(support().contains(x), x, support().interior(x.shape()), v -> {
            Expr logs = Matrices.diagonal(v).log();
            return Events.dot(logs, Expr.vector(fixed)).plus(Events.dot(logs, Expr.vector(byEta)).times(eta))
                    .plus(logNormaliser(eta, size));
        });
    }

    /**
     * The logarithm of what makes det(Omega)^(eta - 1) a density: with m = K - 1,
     * m log Gamma(eta + m / 2) - sum over k = 1, ..., m of (k log(pi) / 2 + log Gamma(eta + (m - k) / 2)).
     */
    static Expr logNormaliser(Expr eta, int size) {
        int m = size - 1;
        Expr sum = eta.plus(m / 2.0).lgamma().times(m);
        for (int k = 1; k <= m; k++) sum = sum.minus(eta.plus((m - k) / 2.0).lgamma());
        return sum.minus(LOG_PI * m * (m + 1) / 4);
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        return EventDraws.lkjCholesky(random, p[0][0], size);
    }
}
