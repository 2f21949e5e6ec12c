package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;

/** {@link Distributions#categoricalLogit(Expr)}. */
record CategoricalLogit(Expr logits) implements Categories {
    /**
     * Categorical with probabilities softmax(logits): logits[x] - log(sum(exp(logits))) for x = 1, ..., K.
     *
     * @param logits a vector (K), or one for each observation (... x K)
     */
    @Listed(stan = "categorical_logit", example = "Expr.vector(0, 1, -1)")
    static Distribution categoricalLogit(@ExprOnly Expr logits) {
        return new CategoricalLogit(logits);
    }

    CategoricalLogit {
        EventArguments.of("categoricalLogit").vector("logits", logits).finite();
    }

    @Override
    public String name() {
        return "categoricalLogit";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(logits);
    }

    @Override
    public int[] parameterRanks() {
        return new int[] {1};
    }

    @Override
    public int size() {
        return Events.size(logits);
    }

    @Override
    public Expr logDensity(Expr x) {
        return mass(x, k -> Categories.pick(logits, k).minus(Events.logSumExp(logits)));
    }

    @Override
    public double sample(RandomGenerator random, double[][] p) {
        return Draws.category(random, EventDraws.softmax(p[0]));
    }
}
