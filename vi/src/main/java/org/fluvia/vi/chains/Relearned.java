package org.fluvia.vi.chains;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.ladder.Ground;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.population.Leapfrog;
import org.jspecify.annotations.Nullable;

/**
 * A flow that learns from the draws of chains by maximum likelihood, which is the forward KL divergence from what they have found: jumps that it
 * proposes lead from each part of that to every other (Gabrie, Rotskoff and Vanden-Eijnden 2022).
 */
final class Relearned {
    private static final double MILLIS = 1e3;

    private Relearned() {}

    /** Null where it would be no closer to the draws than what they have come from, or they cannot be learned. */
    static @Nullable FlowApproximation of(Proposals draws, Ground ground, Budget budget) {
        FitPlan.Chains rules = ground.plan().chains();
        int stride = Math.max(1, draws.count() / rules.learned());
        Proposals some = draws.chosen(IntStream.range(0, draws.count() / stride).map(j -> j * stride).toArray());
        Gaussian whitening = new Gaussian(means(some.z()), Leapfrog.scale(some.z(), rules.shrinkage()));
        LearnedFlow learned = learned(some, whitening, ground, budget);
        double before = Arrays.stream(some.logApproximation()).average().orElseThrow();
        if (learned == null || learned.heldOut().mean() - whitening.logDetScale() <= before) return null;
        FittedFlow flow = learned.flow();
        return new FlowApproximation(ground.target().model(), whitening, null, flow.flow(), flow.weights(), ground.plan().defence());
    }

    private static @Nullable LearnedFlow learned(Proposals draws, Gaussian whitening, Ground ground, Budget budget) {
        double[][] rows = IntStream.range(0, draws.count()).mapToObj(j -> whitening.whiten(draws.draw(j))).toArray(double[][]::new);
        Duration left = Duration.ofMillis(Math.max(1, (long) (MILLIS * budget.secondsLeft())));
        Learning learning = Learning.of(ground.flow()).seed(SplitMix.at(ground.seeds().chains(), 2)).epochs(ground.plan().chains().epochs())
                .threads(ground.target().workers().threads()).within(left);
        try {
            return learning.run(Samples.of(rows));
        } catch (IllegalArgumentException e) {
            return null; // an element that no chain has moved
        }
    }

    private static double[] means(DMatrixRMaj z) {
        double[] means = new double[z.numRows];
        for (int i = 0; i < means.length; i++) {
            for (int j = 0; j < z.numCols; j++) means[i] += z.get(i, j) / z.numCols;
        }
        return means;
    }
}
