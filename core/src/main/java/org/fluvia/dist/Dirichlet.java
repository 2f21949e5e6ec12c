package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#dirichlet(Expr)}. */
record Dirichlet(Expr alpha) implements Multivariate {
    /**
     * Dirichlet: log Gamma(sum alpha[k]) - sum log Gamma(alpha[k]) + sum (alpha[k] - 1) log(x[k]) for simplices x of K
     * elements; alpha[k] > 0.
     *
     * @param alpha a vector (K), or (... x K); or a scalar for equal ones, where x can have any length
     */
    @Listed(stan = "dirichlet", example = "Expr.vector(1, 2, 3)")
    static Distribution dirichlet(Expr alpha) {
        return new Dirichlet(alpha);
    }

    Dirichlet {
        EventArguments.of("dirichlet").vectorOrNumber("alpha", alpha).positive();
    }

    @Override
    public String name() {
        return "dirichlet";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(alpha);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {1};
    }

    @Override
    public int eventRank() {
        return 1;
    }

    @Override
    public int eventSize() {
        return Events.size(alpha);
    }

    @Override
    public Support support() {
        return Support.simplex();
    }

    @Override
    public Expr logDensity(Expr x) {
        Events.checkFits(this, x.shape());
        int size = Events.size(x);
        boolean equal = alpha.shape().isScalar();
        Expr total = equal ? alpha.times(size) : Events.sum(alpha);
        Expr logGammas = equal ? alpha.lgamma().times(size) : Events.sum(alpha.lgamma());
        Expr powers = Events.repeat(alpha, 1, Events.leading(x.shape(), 1)).minus(1);
        return Events.within(support().contains(x), x, support().interior(x.shape()),
                v -> Events.sum(Terms.timesLog(powers, v)).plus(total.lgamma().minus(logGammas)));
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        return EventDraws.dirichlet(random, p[0], size);
    }
}
