package org.fluvia.vi.draws;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.predictive.Loo;
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
    private record Judged(double[] logRatios, Iterable<PointLikelihood> points, List<String> notes) {}

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
            return new Judged(new double[Math.min(draws, exact.numCols)], observed.points(at), notes);
        }
        try (Workers workers = Workers.none()) {
            Proposals p = approximation.sampler(workers).draw(draws, seed);
            return new Judged(p.logRatios(), observed.points(AtDraws.of(model().unconstrained(), p.z())), notes);
        }
    }

    private BoundModel model() {
        return approximation.model();
    }
}
