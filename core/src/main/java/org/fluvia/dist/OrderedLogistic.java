package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;
import static org.fluvia.autodiff.Functions.logSigmoid;

import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;

/** {@link Distributions#orderedLogistic(Expr, Expr)}. */
record OrderedLogistic(Expr eta, Expr cutpoints) implements Ordered {
    /**
     * Ordered logistic: log(S(eta - c[x - 1]) - S(eta - c[x])) for ranks x = 1, ..., K, S being the inverse logit and the K
     * - 1 cutpoints c in increasing order, c[0] = -infinity and c[K] = infinity.
     *
     * @param eta a scalar, or one number for each observation
     * @param cutpoints a vector (K - 1), such as a parameter with {@code Support.ordered()}, or one for each observation
     */
    @Listed(stan = "ordered_logistic", example = {"0", "Expr.vector(-1, 1)"})
    static Distribution orderedLogistic(Expr eta, @ExprOnly Expr cutpoints) {
        return new OrderedLogistic(eta, cutpoints);
    }

    OrderedLogistic {
        Ordered.check("orderedLogistic", eta, cutpoints);
    }

    @Override
    public String name() {
        return "orderedLogistic";
    }

    /** S(a) - S(b) = S(a) S(-b) (1 - exp(b - a)) for the inverse logit S, where nothing cancels. */
    @Override
    public Expr logDensity(Expr x) {
        return mass(x, k -> {
            Expr isFirst = k.eq(0);
            Expr isLast = k.eq(size() - 1);
            Expr isEdge = isFirst.plus(isLast);
            Expr gap = Expr.where(isEdge, Expr.of(-1), below(k).minus(above(k)));
            return Expr.where(isFirst, Expr.of(0), logSigmoid(eta.minus(below(k))))
                    .plus(Expr.where(isLast, Expr.of(0), logSigmoid(above(k).minus(eta))))
                    .plus(Expr.where(isEdge, Expr.of(0), log1mExp(gap)));
        });
    }

    @Override
    public double noise(RandomGenerator random) {
        return Draws.logistic(random);
    }
}
