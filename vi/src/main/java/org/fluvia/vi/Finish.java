package org.fluvia.vi;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;

/** Turns a judged approximation into a posterior of as many draws as are asked for. */
final class Finish {
    /** So many proposals for each resampled draw, but no more than {@link #MOST_PROPOSALS} unless more draws are wanted. */
    private static final int PROPOSALS_PER_DRAW = 4;
    private static final int MOST_PROPOSALS = 200_000;

    private final Judgement judged;
    private final Assessment assessment;
    private final Seeds seeds;
    private final Workers workers;
    private final Budget budget;

    Finish(Judgement judged, Assessment assessment, Seeds seeds, Workers workers, Budget budget) {
        this.budget = budget;
        this.judged = judged;
        this.assessment = assessment;
        this.seeds = seeds;
        this.workers = workers;
    }

    /** As many draws, or those that were judged where there is no time for more. */
    Posterior posterior(int draws, long seed) {
        if (budget.limitHit().isPresent()) return ofJudged(draws, seed);
        try {
            return posterior(draws, draws, seed);
        } catch (Stopped e) {
            budget.cut("draws");
            return ofJudged(draws, seed);
        }
    }

    private Posterior ofJudged(int draws, long seed) {
        budget.lastMoment();
        return posterior(Math.min(draws, judged.elbo.draws()), 0, seed);
    }

    /** @param least of the draws that are resampled from, if they are */
    private Posterior posterior(int draws, int least, long seed) {
        Approximation q = judged.q;
        boolean resampled = assessment.verdict() == Verdict.RESAMPLED;
        long wanted = resampled ? Math.max(draws, Math.min(MOST_PROPOSALS, (long) PROPOSALS_PER_DRAW * least)) : draws;
        boolean enough = wanted <= judged.elbo.draws();
        Approximation.Proposals from;
        int[] chosen;
        double effective;
        if (resampled) {
            from = enough ? judged.proposals : q.proposeWithDefence((int) wanted, seeds, workers);
            ParetoSmoothedWeights weights = enough ? judged.weights : Judgement.weights(from);
            chosen = Resampling.systematic(weights.logWeights(), draws, new SplittableRandom(seeds.resampling())::nextDouble);
            effective = 1 / (1.0 / draws + 1 / weights.ess());
        } else {
            from = enough ? judged.proposals : q.propose(draws, seeds.proposals(), workers);
            chosen = IntStream.range(0, draws).toArray();
            effective = draws;
        }
        Approximation.Draws described = q.describe(from.chosen(chosen), workers);
        return new Posterior(q, assessment, described, effective, seed, budget);
    }
}
