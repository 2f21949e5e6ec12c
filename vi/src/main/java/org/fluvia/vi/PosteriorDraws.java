package org.fluvia.vi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.draws.NamedDraws;

/**
 * A posterior's verdict and draws, and its approximation: what is known of a {@link Posterior} that was fitted, with its model, and of a
 * {@link SavedPosterior} that was read from a file, without. Immutable and thread-safe.
 */
public abstract sealed class PosteriorDraws permits Posterior, SavedPosterior {
    private final Kept kept;

    /**
     * What is kept of a fit.
     *
     * @param effectiveDraws the effective number of the draws
     */
    record Kept(String modelName, Assessment assessment, NamedDraws draws, double[] logDensity, double[] logApproximation, double effectiveDraws,
                long seed, double seconds, Optional<String> limitHit) {}

    PosteriorDraws(Kept kept) {
        this.kept = kept;
    }

    Kept kept() {
        return kept;
    }

    /** PASS, RESAMPLED, EXACT or FAIL. */
    public final Verdict verdict() {
        return kept.assessment.verdict();
    }

    /** The verdict with its reasons and figures. */
    public final Assessment assessment() {
        return kept.assessment;
    }

    public final String modelName() {
        return kept.modelName;
    }

    public final long seed() {
        return kept.seed;
    }

    /** Wall-clock seconds from binding the model to the verdict. */
    public final double seconds() {
        return kept.seconds;
    }

    /**
     * The first stage that the limit of time ended early, if it did: "starts", "full-rank", "flow" or "judgement". Then the result may
     * depend on the machine's speed, and there may be fewer draws than were asked for.
     */
    public final Optional<String> limitHit() {
        return kept.limitHit;
    }

    /** The number of draws. */
    public final int drawCount() {
        return kept.draws.count();
    }

    /** Parameters, then derived values, in the order they were declared. */
    public final List<Quantity> quantities() {
        return kept.draws.quantities();
    }

    /** Those of the quantities that are parameters. */
    public abstract List<Quantity> parameters();

    /** The names of all elements, {@code mu}, {@code theta[1]}, ...: row-major within a quantity. */
    public final List<String> names() {
        return kept.draws.names();
    }

    /**
     * The draws of one scalar or element, {@code "tau"} or {@code "theta[3]"}; a copy.
     *
     * @throws IllegalArgumentException if there is no such name, or it has several elements
     */
    public final double[] draws(String name) {
        return kept.draws.draws(name);
    }

    /**
     * The draws of a parameter or derived value of any shape, {@code array("theta")[draw][element]}; a copy. Elements are in
     * row-major order, the last index running fastest: element (i, j) of a matrix with k columns, counted from 0, is
     * {@code i * k + j}. A scalar has one.
     *
     * @throws IllegalArgumentException if there is no such name
     */
    public final double[][] array(String name) {
        return kept.draws.array(name);
    }

    /** All draws, a copy: (elements in the order of {@link #names}) x draws. */
    public final DMatrixRMaj draws() {
        return kept.draws.values();
    }

    /** The model's log-density at each draw, on the unconstrained scale (with Jacobian); a copy. */
    public final double[] logDensity() {
        return kept.logDensity.clone();
    }

    /** The approximation's log-density at each draw, on the unconstrained scale; a copy. */
    public final double[] logApproximation() {
        return kept.logApproximation.clone();
    }

    /** Mean, sd, Monte-Carlo error and quantiles of one scalar or element. */
    public final Summary summary(String name) {
        return kept.draws.summary(name, kept.effectiveDraws);
    }

    /** The summaries of all elements, by name. */
    public final Map<String, Summary> summaries() {
        return kept.draws.summaries(kept.effectiveDraws);
    }

    /** What is lawful in the model and yet may be a mistake, and what made the fit slower than it needs to be, a sentence each. */
    public abstract List<String> warnings();

    /** What is not finite in some draws, a sentence each. Such values stay in the draws and are left out of summaries. */
    public abstract List<String> notes();

    /** The p-quantile of one scalar or element, by linear interpolation between draws (type 7 of Hyndman and Fan 1996). */
    public final double quantile(String name, double p) {
        return Summary.quantile(draws(name), p);
    }

    /** The share of draws for which something holds: {@code posterior.probability(d -> d.get("tau") > 5)}. */
    public final double probability(Predicate<Draw> holds) {
        return kept.draws.probability(j -> holds.test(new Draw(kept.draws, j)));
    }

    /**
     * The log of the approximation's normalised density at constrained values of all parameters, so without a Jacobian; see {@link #logDensity()}
     * for the model's.
     *
     * @param point each parameter's elements, row-major
     */
    public abstract double logDensity(Map<String, double[]> point);

    /**
     * New draws of the approximation, not resampled: (elements in the order of {@link #names}) x n. The same seed gives the same draws.
     */
    public abstract DMatrixRMaj sample(int n, long seed);

    /** The verdict, then the table of summaries. */
    @Override
    public final String toString() {
        return new PosteriorText(this).toString();
    }
}
