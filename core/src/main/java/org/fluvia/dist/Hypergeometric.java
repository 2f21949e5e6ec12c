package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.lchoose;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#hypergeometric(Expr, Expr, Expr)}. */
record Hypergeometric(Expr draws, Expr a, Expr b) implements Univariate {
    /**
     * Hypergeometric, how many of some draws without replacement are of the first of two kinds, of which there are a and b:
     * log(a over x) + log(b over draws - x) - log(a + b over draws) for whole x from max(0, draws - b) to min(a, draws); all
     * are counts, draws &lt;= a + b. In Stan it is {@code hypergeometric(N, a, b)}.
     */
    @Listed(stan = "hypergeometric", example = {"4", "5", "6"})
    static Distribution hypergeometric(Expr draws, Expr a, Expr b) {
        return new Hypergeometric(draws, a, b);
    }

    Hypergeometric {
        Arguments.of("hypergeometric").count("draws", draws).count("a", a).count("b", b)
                .atMost("draws", draws, "a + b", a.plus(b));
    }

    @Override
    public String name() {
        return "hypergeometric";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(draws, a, b);
    }

    @Override
    public Support support() {
        return Support.whole(draws.minus(b).max(Expr.of(0)), a.min(draws));
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr all = lchoose(a.plus(b), draws);
        return Terms.within(support(), x, v -> lchoose(a, v).plus(lchoose(b, draws.minus(v))).minus(all));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.hypergeometric(random, p[0], p[1], p[2]);
    }
}
