package org.fluvia.vi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
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
import org.fluvia.vi.predictive.LooPit;
import org.fluvia.vi.predictive.ObservedData;
import org.fluvia.vi.predictive.Predictions;
import org.fluvia.vi.predictive.Waic;

/**
 * The result of a fit: a verdict, draws of every parameter and derived value, and the flow to make more; and what its model says at the draws.
 * Immutable and thread-safe.
 */
public final class Posterior extends PosteriorDraws {
    private final Approximation approximation;
    private final AtDraws atDraws;
    private final Observed observed;
    private final Reported reported;
    private final CrossValidation crossValidation;

    Posterior(Approximation approximation, Assessment assessment, ReportedDraws draws, double effectiveDraws, long seed, Budget budget,
              FitPlan.CrossValidation plan) {
        super(kept(approximation, assessment, draws, effectiveDraws, seed, budget));
        this.approximation = approximation;
        this.reported = Reported.of(approximation.model());
        this.atDraws = AtDraws.of(approximation.model().unconstrained(), draws.z());
        this.observed = new Observed(approximation.model());
        this.crossValidation = new CrossValidation(approximation, observed, plan, new Seeds(seed).proposals(),
                verdict() == Verdict.EXACT ? draws.z() : null, verdict() == Verdict.FAIL);
    }

    private static Kept kept(Approximation approximation, Assessment assessment, ReportedDraws draws, double effectiveDraws, long seed, Budget budget) {
        Assessment whole = budget.limitHit().isPresent() ? assessment.with(budget.inWords()) : assessment;
        List<Quantity> quantities = Reported.of(approximation.model()).quantities();
        return new Kept(approximation.model().name(), whole, NamedDraws.of("posterior", quantities, draws.values()), draws.logDensity(),
                draws.logApproximation(), effectiveDraws, seed, budget.seconds(), budget.limitHit());
    }

    @Override
    public List<Quantity> parameters() {
        return approximation.model().parameters();
    }

    Approximation approximation() {
        return approximation;
    }

    /** The draws in the coordinates of a model that may be centred otherwise, unconstrained: dimension x draws. */
    DMatrixRMaj unconstrained(BoundModel in) {
        BoundModel own = approximation.model();
        return atDraws.values(own == in ? own.unconstrained() : own.unconstrainedOf(in));
    }

    /**
     * Writes {@code posterior.fluvia} or a file of another name, by which the posterior is at hand without model, data or compiler: see
     * {@link PosteriorFile}.
     *
     * @throws IOException if it cannot be written; then there is no half of it
     */
    public void save(Path file) throws IOException {
        PosteriorFile.of(this).write(file);
    }

    /**
     * What is lawful in the model and yet may be a mistake, a sentence each: see {@link org.fluvia.model.BoundModel#warnings}; and what
     * made the fit slower than it needs to be.
     */
    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(approximation.model().warnings());
        all.addAll(approximation.notes());
        return List.copyOf(all);
    }

    /**
     * What is not finite in some draws, parameters and derived values, a sentence each: its name, in how many draws, the first of
     * them, and the operation and line where it came about. Such values stay in the draws and are left out of summaries.
     */
    @Override
    public List<String> notes() {
        return kept().draws().notFinite(atDraws);
    }

    /** The log of the flow's normalised density at constrained values of all parameters; see {@link #logDensity()} for the model's. */
    @Override
    public double logDensity(Map<String, double[]> point) {
        return approximation.logDensity(point);
    }

    /**
     * New draws of the flow, not resampled: (elements in the order of {@link #names}) x n. The same seed gives the same draws.
     */
    @Override
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

    /** What the model observes, in the order of declaration: names, shapes, values. */
    public List<ObservedData> observedData() {
        return observed.data();
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
        return observed.predict(name, first("predict", draws), kept().logDensity(), seed);
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

    /** Where each observation lies in what is predicted of it from the others; see {@link LooPit}. Draws as for {@link #loo()}, or fewer. */
    public LooPit looPit() {
        return crossValidation.looPit();
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
}
