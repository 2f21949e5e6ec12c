package org.fluvia.vi.judge;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.EvidenceEstimate;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.plan.FitPlan;

/**
 * The rule for a tail of importance weights whose shape alone speaks against an approximation: it is harmless where the heaviest weights
 * move next to nothing, or q's own draws agree, and no heavy draw belongs to a mode that q does not reach.
 *
 * @param moveByTail how far anything moves when the weights of the tail are cut to where it begins; infinite where there is no reason to ask
 * @param isHarmless whether the tail is too heavy and does not matter
 */
record Tail(double moveByTail, boolean isHarmless) {
    /** Whether enough draws are effective for the shape of the tail to be all that is wrong. */
    static boolean isWorthAsking(WeightedDraws draws, FitPlan.Tail plan) {
        ParetoSmoothedWeights w = draws.weights();
        return draws.hasHeavyTail() && w.ess() > (w.khat() < plan.steep() ? plan.most() : plan.nearlyAll()) * draws.ownEss();
    }

    /**
     * @param own the number of q's own draws
     * @param moves of what is reported, by given weights
     */
    static Tail of(WeightedDraws draws, int own, Estimate logEvidence, Moves moved, Function<ParetoSmoothedWeights, Moves> moves, Reach reach,
                   Paths paths, FitPlan plan) {
        FitPlan.Tail rule = plan.tail();
        double move = isWorthAsking(draws, rule) ? moveByTail(draws, moved, moves) : Double.POSITIVE_INFINITY;
        ParetoSmoothedWeights w = draws.weights();
        boolean agrees = draws.hasHeavyTail() && (move < (w.khat() < rule.steep() ? rule.littleMove() : rule.noMove())
                || ownDrawsAgree(draws, own, logEvidence.value(), plan.judging()));
        return new Tail(move, agrees && paths.fromLargest(w.logWeights(), IntStream.range(0, w.draws()), rule.heaviest(), draws.proposals())
                .stream().allMatch(mode -> mode != null && !reach.misses(mode, rule.someMass())));
    }

    private static double moveByTail(WeightedDraws draws, Moves moved, Function<ParetoSmoothedWeights, Moves> moves) {
        double[] cut = draws.mixtureRatios();
        double[] sorted = cut.clone();
        Arrays.sort(sorted);
        double begin = sorted[sorted.length - 1 - ParetoSmoothedWeights.tailLength(sorted.length)];
        for (int i = 0; i < cut.length; i++) cut[i] = Math.min(cut[i], begin);
        ParetoSmoothedWeights without = ParetoSmoothedWeights.of(cut);
        return Math.max(Math.abs(draws.weights().logSum() - without.logSum()), moved.largestDifference(moves.apply(without)));
    }

    /**
     * Whether q's own draws have weights with a usable tail and all but the same evidence: then defensive draws are few where weights
     * are large.
     */
    private static boolean ownDrawsAgree(WeightedDraws draws, int own, double logEvidence, FitPlan.Judging plan) {
        ParetoSmoothedWeights w = ParetoSmoothedWeights.of(Arrays.copyOf(draws.proposals().logRatios(), own));
        double value = EvidenceEstimate.of(w).value();
        return w.khat() <= WeightedDraws.limit(w) && w.ess() >= plan.leastEss() && Math.abs(value - logEvidence) < plan.missedMass();
    }
}
