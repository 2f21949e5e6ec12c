package org.fluvia.dist;

import static org.fluvia.autodiff.Functions.lchoose;
import static org.fluvia.autodiff.Functions.logRisingFactorial;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#betaBinomial(Expr, Expr, Expr)}. */
record BetaBinomial(Expr trials, Expr a, Expr b) implements Univariate {
    /**
     * Beta-binomial, a binomial number with a beta distributed probability: log(trials over x) + log B(x + a, trials - x +
     * b) - log B(a, b) for whole x from 0 to trials; a > 0, b > 0.
     */
    @Listed(stan = "beta_binomial", example = {"10", "2", "3"})
    static Distribution betaBinomial(Expr trials, Expr a, Expr b) {
        return new BetaBinomial(trials, a, b);
    }

    BetaBinomial {
        Arguments.of("betaBinomial").count("trials", trials).positive("a", a).positive("b", b);
    }

    @Override
    public String name() {
        return "betaBinomial";
    }

    @Override
    public List<Expr> parameters() {
        return List.of(trials, a, b);
    }

    @Override
    public Support support() {
        return Support.whole(trials);
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr sum = a.plus(b);
        return Terms.within(support(), x, v -> lchoose(trials, v).plus(logRisingFactorial(a, v))
                .plus(logRisingFactorial(b, trials.minus(v))).minus(logRisingFactorial(sum, trials)));
    }

    @Override
    public double sample(RandomGenerator random, double[] p) {
        return Draws.binomial(random, p[0], Draws.beta(random, p[1], p[2]));
    }
}
