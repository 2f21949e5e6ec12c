package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.jspecify.annotations.Nullable;

/** {@link Distributions#multinomial(Expr, Expr)}. */
record Multinomial(@Nullable Expr trials, Expr prob) implements CountVectors {
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
