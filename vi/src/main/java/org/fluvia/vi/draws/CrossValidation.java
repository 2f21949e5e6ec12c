package org.fluvia.vi.draws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Observation;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.LooPit;
import org.fluvia.vi.predictive.PointLikelihood;
import org.fluvia.vi.predictive.Waic;
import org.jspecify.annotations.Nullable;

/**
 * Cross-validation of a fit by draws of its approximation as they are, with their importance ratios: resampled ones could not be corrected
 * any more. Draws of the posterior itself are taken as they are.
 *
 * @param seed of the approximation's draws
 * @param exact draws of the posterior, unconstrained; null where there are none but the approximation's
 * @param isDoubtful whether the fit is not to be trusted
 */
public record CrossValidation(Approximation approximation, Observed observed, FitPlan.CrossValidation plan, long seed,
                              @Nullable DMatrixRMaj exact, boolean isDoubtful) {
    /** Numbers that replications of all data may take, 128 MiB. */
    private static final int MOST_REPLICATED = 1 << 24;

    private record Judged(double[] logRatios, AtDraws at, Iterable<PointLikelihood> points, List<String> notes) {}

    public Loo loo() {
        return loo(plan.draws(observed.count()));
    }

    public Loo loo(int draws) {
        Judged judged = judge("loo", draws);
        return Loo.of(model().name(), judged.logRatios, judged.points, judged.notes);
    }

    public Waic waic() {
        return waic(plan.draws(observed.count()));
    }

    public Waic waic(int draws) {
        Judged judged = judge("waic", draws);
        return Waic.of(model().name(), judged.logRatios, judged.points, judged.notes);
    }

    /** From as many draws as {@link #loo()}, and fewer where replications of all data would take too much memory. */
    public LooPit looPit() {
        int elements = model().observations().stream().mapToInt(o -> o.distribution().shape().size()).sum();
        Judged judged = judge("looPit", Math.max(plan.least(), Math.min(plan.draws(observed.count()), MOST_REPLICATED / Math.max(1, elements))));
        List<double[]> replicated = new ArrayList<>();
        long ofReplications = SplitMix.at(seed, 1);
        for (Observation o : model().observations()) {
            DMatrixRMaj values = judged.at.sample(o.distribution(), SplitMix.at(ofReplications, model().observations().indexOf(o))).values();
            int events = o.logDensity().shape().size();
            int size = events == 0 ? 0 : values.numRows / events;
            for (int i = 0; i < events; i++) {
                replicated.add(Arrays.copyOfRange(values.data, i * size * values.numCols, (i * size + 1) * values.numCols));
            }
        }
        return LooPit.of(judged.logRatios, judged.points, replicated::get, SplitMix.at(seed, 2));
    }

    private Judged judge(String what, int draws) {
        observed.checkSome(what);
        if (draws < plan.least()) {
            throw new IllegalArgumentException(what + ": draws must be at least " + plan.least() + ", but was " + draws);
        }
        List<String> notes = new ArrayList<>();
        if (isDoubtful) notes.add("the fit is not to be trusted (FAIL), and so neither is this.");
        if (!model().otherTerms().isEmpty()) {
            notes.add("the model adds terms that belong to no observation and are not left out with one: "
                    + String.join("; ", model().otherTerms()) + ".");
        }
        if (exact != null) {
            AtDraws at = AtDraws.of(model().unconstrained(), exact).first(Math.min(draws, exact.numCols));
            return new Judged(new double[Math.min(draws, exact.numCols)], at, observed.points(at), notes);
        }
        try (Workers workers = Workers.none()) {
            Proposals p = approximation.sampler(workers).draw(draws, seed);
            AtDraws at = AtDraws.of(model().unconstrained(), p.z());
            return new Judged(p.logRatios(), at, observed.points(at), notes);
        }
    }

    private BoundModel model() {
        return approximation.model();
    }
}
