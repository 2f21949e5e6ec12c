package org.fluvia.dist;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.build.Listed;
import org.jspecify.annotations.Nullable;

/** {@link Distributions#multinomialLogit(Expr, Expr)}. */
record MultinomialLogit(@Nullable Expr trials, Expr logits) implements CountVectors {
    /**
     * Multinomial with probabilities softmax(logits): log(trials!) - sum log(x[k]!) + sum x[k] logits[k] - trials
     * logSumExp(logits).
     *
     * @param trials a scalar, or one number for each event
     * @param logits a vector (K), or (... x K)
     */
    @Listed(stan = "multinomial_logit", example = {"10", "Expr.vector(0, 1, -1)"})
    static Distribution multinomialLogit(Expr trials, @ExprOnly Expr logits) {
        return new MultinomialLogit(trials, logits);
    }

    /**
     * Multinomial, on the logit scale, with as many trials as the counts add up to; see {@link
     * Distributions#multinomial(Expr) multinomial}.
     */
    @Listed
    static Distribution multinomialLogit(@ExprOnly Expr logits) {
        return new MultinomialLogit(null, logits);
    }

    MultinomialLogit {
        EventArguments arguments = EventArguments.of("multinomialLogit");
        if (trials != null) arguments.number("trials", trials).count();
        arguments.vector("logits", logits).finite();
    }

    @Override
    public String name() {
        return "multinomialLogit";
    }

    @Override
    public List<Expr> parameters() {
        return trials == null ? List.of(logits) : List.of(trials, logits);
    }

    @Override
    public CountVectors with(Expr number) {
        return new MultinomialLogit(number, logits);
    }

    @Override
    public int[] parameterRanks() {
        return trials == null ? new int[] {1} : new int[] {0, 1};
    }

    @Override
    public int eventSize() {
        return Events.size(logits);
    }

    @Override
    public Expr logDensity(Expr x) {
        Expr normaliser = Events.logSumExp(logits);
        return within(x, v -> Events.dot(v, logits).minus(total(v).times(normaliser)).plus(logCoefficient(v)));
    }

    @Override
    public double[] sample(RandomGenerator random, double[][] p, int size) {
        if (trials == null) throw cannotDraw("the number of trials", "Use multinomialLogit(trials, logits).");
        return EventDraws.multinomial(random, p[0][0], EventDraws.softmax(p[1]));
    }
}
