package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.jspecify.annotations.Nullable;

/** {@link Distributions#multinomial(Expr, Expr)}. */
record Multinomial(@Nullable Expr trials, Expr prob) implements CountVectors {
    /**
     * Multinomial, the counts of K categories among a number of trials: log(trials!) - sum log(x[k]!) + sum x[k]
     * log(prob[k]) for whole x[k] >= 0 that add up to trials; prob is a simplex.
     *
     * @param trials a scalar, or one number for each event
     * @param prob a vector (K), or (... x K)
     */
    @Listed(stan = "multinomial", example = {"10", "Expr.vector(0.2, 0.5, 0.3)"})
    static Distribution multinomial(Expr trials, @ExprOnly Expr prob) {
        return new Multinomial(trials, prob);
    }

    /**
     * Multinomial with as many trials as the counts add up to, as in Stan. Replicates of observed counts have their number
     * of trials; otherwise it cannot be drawn from.
     */
    @Listed
    static Distribution multinomial(@ExprOnly Expr prob) {
        return new Multinomial(null, prob);
    }

    Multinomial {
        EventArguments arguments = EventArguments.of("multinomial");
        if (trials != null) arguments.number("trials", trials).count();
        arguments.vector("prob", prob).simplex();
    }

    @Override
    public String name() {
        return "multinomial";
    }

    @Override
    public List<Expr> parameters() {
        return trials == null ? List.of(prob) : List.of(trials, prob);
    }

    @Override
    public CountVectors with(Expr number) {
        return new Multinomial(number, prob);
    }

    @Override
    public int[] parameterRanks() {
        return trials == null ? new int[] {1} : new int[] {0, 1};
    }

    @Override
    public int eventSize() {
        return Events.size(prob);
    }

    /** Where a probability is 0, its logarithm is replaced by 0, and what it takes is infinite if there is a count. */
    @Override
    public Expr logDensity(Expr x) {
        return within(x, v -> {
            Expr zero = prob.eq(0);
            return Events.dot(v, prob.plus(zero).log()).minus(infinite(Events.dot(v.stopGradient(), zero))).plus(logCoefficient(v));
        });
    }

    /** Infinity, or 0 for 0. A product, so that it sums like one. */
    private static Expr infinite(Expr count) {
        return count.times(Double.MAX_VALUE).times(Double.MAX_VALUE);
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        if (trials == null) throw cannotDraw("the number of trials", "Use multinomial(trials, prob).");
        return EventDraws.multinomial(random, p[0][0], p[1]);
    }
}
