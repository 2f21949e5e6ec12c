package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.jspecify.annotations.Nullable;

/** {@link Distributions#dirichletMultinomial(Expr, Expr)}. */
record DirichletMultinomial(@Nullable Expr trials, Expr alpha) implements CountVectors {
    /**
     * Dirichlet-multinomial, a multinomial whose probabilities are Dirichlet distributed: log(trials!) - sum log(x[k]!) +
     * log Gamma(A) - log Gamma(trials + A) + sum (log Gamma(x[k] + alpha[k]) - log Gamma(alpha[k])) with A = sum alpha[k]
     * and all alpha[k] > 0.
     *
     * @param trials a scalar, or one number for each event
     * @param alpha a vector (K), or (... x K), or a scalar for equal ones
     */
    @Listed(stan = "dirichlet_multinomial", example = {"10", "Expr.vector(1, 2, 3)"})
    static Distribution dirichletMultinomial(Expr trials, @ExprOnly Expr alpha) {
        return new DirichletMultinomial(trials, alpha);
    }

    /**
     * Dirichlet-multinomial with as many trials as the counts add up to; see {@link Distributions#multinomial(Expr)
     * multinomial}.
     */
    @Listed
    static Distribution dirichletMultinomial(@ExprOnly Expr alpha) {
        return new DirichletMultinomial(null, alpha);
    }

    DirichletMultinomial {
        EventArguments arguments = EventArguments.of("dirichletMultinomial");
        if (trials != null) arguments.number("trials", trials).count();
        arguments.vectorOrNumber("alpha", alpha).positive();
    }

    @Override
    public String name() {
        return "dirichletMultinomial";
    }

    @Override
    public List<Expr> parameters() {
        return trials == null ? List.of(alpha) : List.of(trials, alpha);
    }

    @Override
    public CountVectors with(Expr number) {
        return new DirichletMultinomial(number, alpha);
    }

    @Override
    public int[] parameterRanks() {
        return trials == null ? new int[] {1} : new int[] {0, 1};
    }

    @Override
    public int eventSize() {
        return Events.size(alpha);
    }

    @Override
    public Expr logDensity(Expr x) {
        int size = x.shape().isScalar() ? 0 : Events.size(x);
        Expr sum = alpha.shape().isScalar() ? alpha.times(size) : Events.sum(alpha);
        return within(x, v -> {
            Expr each = Events.repeat(alpha, 1, Events.leading(v.shape(), 1));
            return Events.sum(v.plus(each).lgamma().minus(each.lgamma())).plus(sum.lgamma())
                    .minus(total(v).plus(sum).lgamma()).plus(logCoefficient(v));
        });
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        if (trials == null) throw cannotDraw("the number of trials", "Use dirichletMultinomial(trials, alpha).");
        return EventDraws.multinomial(random, p[0][0], EventDraws.dirichlet(random, p[1], size));
    }
}
