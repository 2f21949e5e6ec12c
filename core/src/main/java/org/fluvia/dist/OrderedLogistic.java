package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;
import static org.fluvia.autodiff.Functions.logSigmoid;

import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;

/** {@link Distributions#orderedLogistic(Expr, Expr)}. */
record OrderedLogistic(Expr eta, Expr cutpoints) implements Ordered {
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
