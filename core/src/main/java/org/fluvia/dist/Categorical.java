package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;

/** {@link Distributions#categorical(Expr)}. */
record Categorical(Expr prob) implements Categories {
    /**
     * Categorical: log(prob[x]) for x = 1, ..., K; prob is a simplex. See {@link Distributions#categoricalLogit(Expr)
     * categoricalLogit} for regressions.
     *
     * @param prob a vector (K), or one for each observation (... x K)
     */
    @Listed(stan = "categorical", example = "Expr.vector(0.2, 0.5, 0.3)")
    static Distribution categorical(@ExprOnly Expr prob) {
        return new Categorical(prob);
    }

    Categorical {
        EventArguments.of("categorical").vector("prob", prob).simplex();
    }

    @Override
    public String name() {
        return "categorical";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(prob);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {1};
    }

    @Override
    public int size() {
        return Events.size(prob);
    }

    @Override
    public Expr logDensity(Expr x) {
        return mass(x, k -> Categories.pick(Terms.timesLog(Expr.of(1), prob), k));
    }

    @Override
    public double sample(RandomGenerator random, double[][] p) {
        return Draws.category(random, p[0]);
    }
}
