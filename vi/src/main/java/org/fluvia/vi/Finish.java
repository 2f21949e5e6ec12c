package org.fluvia.vi;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.diagnostics.Resampling;

/** Turns a judged approximation into a posterior of as many draws as are asked for. */
final class Finish {
    /** So many proposals for each resampled draw, but no more than {@link #MOST_PROPOSALS} unless more draws are wanted. */
    private static final int PROPOSALS_PER_DRAW = 4;
    private static final int MOST_PROPOSALS = 200_000;

    private final Judgement judged;
    private final Assessment assessment;
    private final Seeds seeds;
    private final Workers workers;

    Finish(Judgement judged, Assessment assessment, Seeds seeds, Workers workers) {
        this.judged = judged;
        this.assessment = assessment;
        this.seeds = seeds;
        this.workers = workers;
    }

    Posterior posterior(int draws, long seed, DoubleSupplier seconds) {
        Approximation q = judged.q;
        boolean resampled = assessment.verdict() == Verdict.RESAMPLED;
        long wanted = resampled ? Math.max(draws, Math.min(MOST_PROPOSALS, (long) PROPOSALS_PER_DRAW * draws)) : draws;
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
        return new Posterior(q, assessment, described, effective, seed, seconds.getAsDouble());
    }
}
