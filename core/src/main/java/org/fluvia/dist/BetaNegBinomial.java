package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.logRisingFactorial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#betaNegBinomial(Expr, Expr, Expr)}. */
record BetaNegBinomial(Expr r, Expr a, Expr b) implements Univariate {
    /**
     * Beta negative binomial: log Gamma(x + r) - log Gamma(r) - log x! + log B(b + x, a + r) - log B(b, a) for whole x from
     * 0; r > 0, a > 0, b > 0: the failures before r successes whose probability is {@link Distributions#beta(Expr, Expr)
     * beta}(a, b) distributed. In Stan it is {@code beta_neg_binomial(r, alpha, beta)}.
     */
    @Listed(stan = "beta_neg_binomial", example = {"3", "4", "2"})
    static Distribution betaNegBinomial(Expr r, Expr a, Expr b) {
        return new BetaNegBinomial(r, a, b);
    }

    BetaNegBinomial {
        Arguments.of("betaNegBinomial").positive("r", r).positive("a", a).positive("b", b);
    }

    @Override
    public String name() {
        return "betaNegBinomial";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(r, a, b);
    }

    @Override
    public Support support() {
        return Support.whole();
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr sum = a.plus(b);
        Expr none = logRisingFactorial(a, r).minus(logRisingFactorial(sum, r));
        return Terms.within(support(), x, v -> logRisingFactorial(r, v).plus(logRisingFactorial(b, v))
                .minus(logRisingFactorial(sum.plus(r), v)).minus(v.plus(1).lgamma()).plus(none));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.poisson(random, Draws.gamma(random, p[0]) * Draws.gamma(random, p[2]) / Draws.gamma(random, p[1]));
    }
}
