package org.fluvia.vi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.draws.AtDraws;
import org.fluvia.vi.draws.CrossValidation;
import org.fluvia.vi.draws.NamedDraws;
import org.fluvia.vi.draws.Observed;
import org.fluvia.vi.draws.Reported;
import org.fluvia.vi.draws.ReportedDraws;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.predictive.LogLikelihood;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.Predictions;
import org.fluvia.vi.predictive.Waic;

/**
 * The result of a fit: a verdict, draws of every parameter and derived value, and the flow to make more. Immutable and
 * thread-safe.
 */
public final class Posterior {
    private final Approximation approximation;
    private final Assessment assessment;
    private final NamedDraws named;
    private final AtDraws atDraws;
    private final Observed observed;
    private final Reported reported;
    private final CrossValidation crossValidation;
    private final double[] logDensity;
    private final double[] logApproximation;
    private final double effectiveDraws;
    private final long seed;
    private final double seconds;
    private final Optional<String> limitHit;

    Posterior(Approximation approximation, Assessment assessment, ReportedDraws draws, double effectiveDraws, long seed, Budget budget,
              FitPlan.CrossValidation plan) {
        this.approximation = approximation;
        this.reported = Reported.of(approximation.model());
        this.limitHit = budget.limitHit();
        this.assessment = limitHit.isPresent() ? assessment.with(budget.inWords()) : assessment;
        this.named = NamedDraws.of("posterior", reported.quantities(), draws.values());
        this.atDraws = AtDraws.of(approximation.model().unconstrained(), draws.z());
        this.observed = new Observed(approximation.model());
        this.logDensity = draws.logDensity();
        this.logApproximation = draws.logApproximation();
        this.effectiveDraws = effectiveDraws;
        this.seed = seed;
        this.seconds = budget.seconds();
        this.crossValidation = new CrossValidation(approximation, observed, plan, new Seeds(seed).proposals(),
                verdict() == Verdict.EXACT ? draws.z() : null, verdict() == Verdict.FAIL);
    }

    /** PASS, RESAMPLED, EXACT or FAIL. */
    public Verdict verdict() {
        return assessment.verdict();
    }

    /** The verdict with its reasons and figures. */
    public Assessment assessment() {
        return assessment;
    }

    public String modelName() {
        return approximation.model().name();
    }

    public long seed() {
        return seed;
    }

    /** Wall-clock seconds from binding the model to the verdict. */
    public double seconds() {
        return seconds;
    }

    /**
     * The first stage that the limit of time ended early, if it did: "starts", "full-rank", "flow" or "judgement". Then the result may
     * depend on the machine's speed, and there may be fewer draws than were asked for.
     */
    public Optional<String> limitHit() {
        return limitHit;
    }

    /** The number of draws. */
    public int drawCount() {
        return named.count();
    }

    /** Parameters, then derived values, in the order they were declared. */
    public List<Quantity> quantities() {
        return named.quantities();
    }

    /** The names of all elements, {@code mu}, {@code theta[1]}, ...: row-major within a quantity. */
    public List<String> names() {
        return named.names();
    }

    /**
     * The draws of one scalar or element, {@code "tau"} or {@code "theta[3]"}; a copy.
     *
     * @throws IllegalArgumentException if there is no such name, or it has several elements
     */
    public double[] draws(String name) {
        return named.draws(name);
    }

    /**
     * The draws of a parameter or derived value of any shape, {@code array("theta")[draw][element]}; a copy. Elements are in
     * row-major order, the last index running fastest: element (i, j) of a matrix with k columns, counted from 0, is
     * {@code i * k + j}. A scalar has one.
     *
     * @throws IllegalArgumentException if there is no such name
     */
    public double[][] array(String name) {
        return named.array(name);
    }

    /** All draws, a copy: (elements in the order of {@link #names}) x draws. */
    public DMatrixRMaj draws() {
        return named.values();
    }

    /** The model's log-density at each draw, on the unconstrained scale (with Jacobian); a copy. */
    public double[] logDensity() {
        return logDensity.clone();
    }

    /** The flow's log-density at each draw, on the unconstrained scale; a copy. */
    public double[] logApproximation() {
        return logApproximation.clone();
    }

    /** Mean, sd, Monte-Carlo error and quantiles of one scalar or element. */
    public Summary summary(String name) {
        return named.summary(name, effectiveDraws);
    }

    /** The summaries of all elements, by name. */
    public Map<String, Summary> summaries() {
        return named.summaries(effectiveDraws);
    }

    /**
     * What is lawful in the model and yet may be a mistake, a sentence each: see {@link org.fluvia.model.BoundModel#warnings}; and what
     * made the fit slower than it needs to be.
     */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(approximation.model().warnings());
        all.addAll(approximation.notes());
        return List.copyOf(all);
    }

    /**
     * What is not finite in some draws, parameters and derived values, a sentence each: its name, in how many draws, the first of
     * them, and the operation and line where it came about. Such values stay in the draws and are left out of summaries.
     */
    public List<String> notes() {
        return named.notFinite(atDraws);
    }

    /** The p-quantile of one scalar or element, by linear interpolation between draws (type 7 of Hyndman and Fan 1996). */
    public double quantile(String name, double p) {
        return Summary.quantile(draws(name), p);
    }

    /** The share of draws for which something holds: {@code posterior.probability(d -> d.get("tau") > 5)}. */
    public double probability(Predicate<Draw> holds) {
        return named.probability(j -> holds.test(new Draw(named, j)));
    }

    /** The log of the flow's normalised density at constrained values of all parameters; see {@link #logDensity()} for the model's. */
    public double logDensity(Map<String, double[]> point) {
        return approximation.logDensity(point);
    }

    /**
     * New draws of the flow, not resampled: (elements in the order of {@link #names}) x n. The same seed gives the same draws.
     */
    public DMatrixRMaj sample(int n, long seed) {
        try (Workers workers = Workers.none()) {
            Proposals p = approximation.sampler(workers).draw(n, seed);
            return reported.values(p.z(), n, workers);
        }
    }

    /** The names of what the model observes: for {@link #predict} and {@link #logLikelihood}. */
    public List<String> observed() {
        return observed.names();
    }

    /** The names of what the model declares by {@code m.predict}: for {@link #predict}. */
    public List<String> predicted() {
        return observed.predictedNames();
    }

    /**
     * Posterior predictive draws: for each draw of the posterior one replication of observed data, in their shape, drawn from their
     * distribution given that draw; or one value of what the model declares by {@code m.predict}. The same seed gives the same
     * replications, for every number of draws.
     *
     * <p>Memory: 8 bytes for each element of the data and each draw, 80 MB for 1000 elements and 10,000 draws. See
     * {@link #predict(String, long, int)} for less.
     *
     * @param name of the data, see {@link #observed()}, or of a prediction, see {@link #predicted()}
     * @throws IllegalArgumentException if the model observes and predicts no such data, with the names of those it observes
     */
    public Predictions predict(String name, long seed) {
        return predict(name, seed, drawCount());
    }

    /**
     * As {@link #predict(String, long)}, for the first draws only: they are in random order, so they are a fair selection.
     *
     * @param draws from 1 to {@link #drawCount()}
     */
    public Predictions predict(String name, long seed, int draws) {
        return observed.predict(name, first("predict", draws), logDensity, seed);
    }

    /**
     * Replications of all observed data, and all predictions, by name, from the same draws: {@code predict(seed, draws).get("y")} is
     * {@code predict("y", seed, draws)}.
     *
     * @param draws from 1 to {@link #drawCount()}
     */
    public Map<String, Predictions> predict(long seed, int draws) {
        if (observed.predictedNames().isEmpty()) observed.checkAny("predict");
        Map<String, Predictions> all = new LinkedHashMap<>();
        for (String name : observed.names()) all.put(name, predict(name, seed, draws));
        for (String name : observed.predictedNames()) all.put(name, predict(name, seed, draws));
        return all;
    }

    /**
     * Pointwise log-likelihood of observed data at each draw of the posterior: observations x draws. An observation is an event: a
     * number, or a vector where the distribution is one of vectors. Memory: 8 bytes for each of them and each draw.
     *
     * @param name of the data, see {@link #observed()}
     * @throws IllegalArgumentException if the model observes no such data, with the names of those it does
     */
    public LogLikelihood logLikelihood(String name) {
        return observed.logLikelihood(List.of(observed.named("logLikelihood", name)), atDraws);
    }

    /** Pointwise log-likelihood of all that is observed: observations x draws. */
    public LogLikelihood logLikelihood() {
        observed.checkAny("logLikelihood");
        return observed.logLikelihood(approximation.model().observations(), atDraws);
    }

    /**
     * Leave-one-out cross-validation by importance sampling, corrected for the approximation; see {@link Loo}. From 10,000 draws of
     * the flow, or of the posterior where the verdict is EXACT; from fewer, but at least 1000, where there are more than 2000 observations. A
     * function of the fit's seed.
     *
     * @throws IllegalArgumentException if the model observes no data
     */
    public Loo loo() {
        return crossValidation.loo();
    }

    /** As {@link #loo()}, from so many draws of the flow, at least 100. Time grows with draws times observations, memory does not. */
    public Loo loo(int draws) {
        return crossValidation.loo(draws);
    }

    /** The widely applicable information criterion, corrected for the approximation; see {@link Waic}. Draws as for {@link #loo()}. */
    public Waic waic() {
        return crossValidation.waic();
    }

    /** As {@link #waic()}, from so many draws of the flow, at least 100. */
    public Waic waic(int draws) {
        return crossValidation.waic(draws);
    }

    private AtDraws first(String what, int draws) {
        if (draws < 1 || draws > drawCount()) {
            throw new IllegalArgumentException(what + ": draws must be from 1 to " + drawCount() + ", but was " + draws);
        }
        return atDraws.first(draws);
    }

    /** The verdict, then the table of summaries. */
    @Override
    public String toString() {
        return new PosteriorText(this).toString();
    }
}
