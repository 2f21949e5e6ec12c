package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#lkjCorr(Expr)}. */
record LkjCorr(Expr eta) implements Multivariate {
    /**
     * K x K correlation matrices Omega that are LKJ distributed: (eta - 1) log(det(Omega)) - log c with eta > 0 and the c of
     * {@link Distributions#lkjCorrCholesky(Expr) lkjCorrCholesky}, which is cheaper and more accurate.
     *
     * <p>The size is that of the value: {@code m.sample("Omega", lkjCorr(2), 3, 3)}.
     *
     * @param eta a scalar, or one number for each matrix
     */
    @Listed(stan = "lkj_corr", source = "Lewandowski, Kurowicka and Joe 2009", example = "2")
    static Distribution lkjCorr(Expr eta) {
        return new LkjCorr(eta);
    }

    LkjCorr {
        EventArguments.of("lkjCorr").number("eta", eta).positive();
    }

    @Override
    public String name() {
        return "lkjCorr";
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
        return Support.corrMatrix();
    }

    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        Expr normaliser = LkjCorrCholesky.logNormaliser(eta, Events.size(x));
        return Events.within(support().contains(x), x, support().interior(x.shape()),
                v -> Matrices.logDeterminantSpd(v).times(eta.minus(1)).plus(normaliser));
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        double[] x = EventDraws.selfTimesTransposed(EventDraws.lkjCholesky(random, p[0][0], size), size);
        for (int i = 0; i < size; i++) x[i * size + i] = 1;
        return x;
    }
}
