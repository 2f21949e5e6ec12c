package org.fluvia.vi;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.judge.Elbo;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.judge.WeightedDraws;

/**
 * How good a fit is, judged on fresh draws of the flow.
 *
 * @param verdict whether the draws can be used
 * @param reasons why, one sentence each, with what to do where the verdict is FAIL
 * @param khat the shape of the importance ratios' tail (Vehtari et al. 2024): below 0.5 good, up to 0.7 usable
 * @param ess the effective number of draws after importance weighting, out of {@code proposals}
 * @param proposals the number of draws judged
 * @param elbo a lower bound of the log evidence, nats
 * @param logEvidence log of the density's integral over the parameters, by importance sampling, nats
 * @param notFinite draws at which the log-density was NaN or plus infinity
 */
public record Assessment(Verdict verdict, List<String> reasons, double khat, double ess, int proposals, Estimate elbo,
                         Estimate logEvidence, int notFinite) {

    /** Of a judgement, with the reasons that were found. */
    static Assessment of(Judgement j, List<String> reasons) {
        Verdict verdict = !j.isUsable() ? Verdict.FAIL : j.isAccurate() ? Verdict.PASS : Verdict.RESAMPLED;
        Elbo elbo = j.elbo();
        WeightedDraws draws = j.draws();
        return new Assessment(verdict, List.copyOf(reasons), draws.weights().khat(), draws.weights().ess(), draws.proposals().count(),
                new Estimate(elbo.value(), elbo.standardError()), j.logEvidence(), j.broken());
    }

    /** With one more reason, the first. */
    Assessment with(String reason) {
        List<String> all = new ArrayList<>(List.of(reason));
        all.addAll(reasons);
        return new Assessment(verdict, List.copyOf(all), khat, ess, proposals, elbo, logEvidence, notFinite);
    }
}
