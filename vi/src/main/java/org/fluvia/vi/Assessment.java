package org.fluvia.vi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fluvia.vi.chains.Exact;
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
 * @param logEvidence log of the density's integral over the parameters, nats: by importance sampling, for EXACT by bridge sampling
 * @param notFinite draws at which the log-density was NaN or plus infinity
 * @param rhat of Markov chains: the largest of anything that is reported (nested R-hat, Margossian et al. 2024), and of how many draws are near each
 *     known mode; NaN where there were none
 */
public record Assessment(Verdict verdict, List<String> reasons, double khat, double ess, int proposals, Estimate elbo,
                         Estimate logEvidence, int notFinite, double rhat) {

    /** Of a judgement, with the reasons that were found. */
    static Assessment of(Judgement j, List<String> reasons) {
        Verdict verdict = !j.isUsable() ? Verdict.FAIL : j.isAccurate() ? Verdict.PASS : Verdict.RESAMPLED;
        Elbo elbo = j.elbo();
        WeightedDraws draws = j.draws();
        return new Assessment(verdict, List.copyOf(reasons), draws.weights().khat(), draws.weights().ess(), draws.proposals().count(),
                new Estimate(elbo.value(), elbo.standardError()), j.logEvidence(), j.broken(), Double.NaN);
    }

    /**
     * With the word of Markov chains: where they agree and nothing speaks against their draws, these are taken. Where they do not agree the
     * verdict stays what it was, where they found mass that is missing here it is FAIL.
     */
    Assessment with(Exact exact) {
        if (exact.objection() == null) {
            return verdict == Verdict.FAIL && !reasons.isEmpty() ? agreed(exact, "The approximation alone falls short: " + reasons.get(0)) : agreed(exact);
        }
        List<String> all = new ArrayList<>(reasons);
        all.add(exact.objection());
        return new Assessment(exact.refutes() ? Verdict.FAIL : verdict, List.copyOf(all), khat, ess, proposals, elbo, logEvidence, notFinite, exact.rhat());
    }

    /** The same where the approximation is a flow that learned the chains' draws, and the reasons are those of one before it. */
    Assessment withLearned(Exact exact) {
        if (exact.objection() != null) return with(exact);
        String before = "The approximation is a flow that learned draws of chains which did not agree";
        return agreed(exact, reasons.isEmpty() ? before + "." : before + ". The one before: " + reasons.get(0));
    }

    private Assessment agreed(Exact exact, String... more) {
        List<String> all = new ArrayList<>();
        all.add(String.format(Locale.ROOT, "the draws are those of Markov chains in the approximation's base space: R-hat is at most"
                + " %.3f, and there are at least %.0f effective draws of everything.", exact.rhat(), exact.ess()));
        all.addAll(List.of(more));
        return new Assessment(Verdict.EXACT, List.copyOf(all), khat, ess, proposals, elbo, exact.logEvidence(), notFinite, exact.rhat());
    }

    /** With one more reason, the first. */
    Assessment with(String reason) {
        List<String> all = new ArrayList<>(List.of(reason));
        all.addAll(reasons);
        return new Assessment(verdict, List.copyOf(all), khat, ess, proposals, elbo, logEvidence, notFinite, rhat);
    }
}
