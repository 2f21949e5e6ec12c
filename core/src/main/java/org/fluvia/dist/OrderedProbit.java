package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.log1mExp;
import static org.fluvia.autodiff.Functions.logNormalCdf;

import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;

/** {@link Distributions#orderedProbit(Expr, Expr)}. */
record OrderedProbit(Expr eta, Expr cutpoints) implements Ordered {
    /**
     * Ordered probit: log(Phi(eta - c[x - 1]) - Phi(eta - c[x])) for ranks x = 1, ..., K, the K - 1 cutpoints c in
     * increasing order, c[0] = -infinity and c[K] = infinity.
     *
     * @param eta a scalar, or one number for each observation
     * @param cutpoints a vector (K - 1), such as a parameter with {@code Support.ordered()}, or one for each observation
     */
    @Listed(stan = "ordered_probit", example = {"0", "Expr.vector(-1, 1)"})
    static Distribution orderedProbit(Expr eta, @ExprOnly Expr cutpoints) {
        return new OrderedProbit(eta, cutpoints);
    }

    OrderedProbit {
        Ordered.check("orderedProbit", eta, cutpoints);
    }

    @Override
    public String name() {
        return "orderedProbit";
    }

    /** Phi(a) - Phi(b) = Phi(-b) - Phi(-a): of the two, that in the lower tail, whose logarithms have all their digits. */
    @Override
    public Expr logDensity(Expr x) {
        return mass(x, k -> {
            Expr isFirst = k.eq(0);
            Expr isLast = k.eq(size() - 1);
            Expr isEdge = isFirst.plus(isLast);
            Expr a = eta.minus(below(k));
            Expr b = eta.minus(above(k));
            Expr upper = Expr.of(0).lt(a.plus(b));
            Expr isTurned = isFirst.plus(Expr.of(1).minus(isEdge).times(upper));
            Expr larger = logNormalCdf(Expr.where(isTurned, b.unaryMinus(), a));
            Expr smaller = logNormalCdf(Expr.where(isTurned, a.unaryMinus(), b));
            Expr difference = Expr.where(isEdge, Expr.of(-1), smaller.minus(larger));
            return larger.plus(Expr.where(isEdge, Expr.of(0), log1mExp(difference)));
        });
    }

    @Override
    public double noise(RandomGenerator random) {
        return Draws.normal(random);
    }
}
