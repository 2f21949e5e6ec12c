package org.fluvia.vi.chains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.Flows;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.approximation.BaseSpace;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.ladder.Ground;
import org.fluvia.vi.objective.Objectives;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.Test;

/** Chains begin in the tails too that an approximation covers badly: those that begin elsewhere may not come there for long, and not know. */
class OriginsTest {
    private static final FitPlan PLAN = FitPlan.standard();
    private static final int COUNT = PLAN.chains().chains() / PLAN.chains().together();
    /** Of a standard normal distribution 0.4 % lie further out; of the approximation nothing to speak of. */
    private static final double FAR = 2.9;
    private static final BoundModel MODEL = Model.logDensity("normal", 1, z -> z.dot(z).times(-0.5)).bind(Data.empty());

    @FunctionalInterface
    private interface Asked {
        List<double[]> of(Judgement judged, BaseSpace space, Ground ground);
    }

    /** What begins where q is too narrow. */
    private static List<double[]> origins(Asked asked) {
        Seeds seeds = new Seeds(1);
        FlowApproximation q = FlowApproximation.of(MODEL, Gaussian.isotropic(new double[1], 0.65), PLAN.defence());
        try (Workers workers = Workers.of(1)) {
            Target target = new Target(MODEL, workers);
            Ground ground = Ground.of(target, PLAN, seeds, Flows.fullRank(), Objectives.reverseKl(), Fit.DEFAULT_BATCH, null);
            Judgement judged = ground.judged(q, Budget.of(Duration.ofMinutes(10), PLAN.time()));
            return asked.of(judged, q.baseSpace(workers), ground);
        }
    }

    private static void assertSomeAreFar(List<double[]> origins) {
        assertEquals(COUNT, origins.size());
        long far = origins.stream().filter(z -> Math.abs(z[0]) > FAR).count();
        assertTrue(far >= PLAN.chains().leastCovered() && far < COUNT / 2, far + " of " + COUNT);
        assertTrue(origins.stream().allMatch(z -> Math.abs(z[0]) < 6), "none is where the posterior is not");
    }

    @Test
    void atFirstSomeAreWeightedDrawsThatItCoversLeast() {
        assertSomeAreFar(origins(Origins::of));
    }

    @Test
    void afterwardsSomeAreDrawsOfChainsThatItCoversLeast() {
        int n = 64 * PLAN.chains().chains();
        Random random = new Random(2);
        double[] z = DoubleStream.generate(random::nextGaussian).limit(n).toArray();
        Proposals draws = new Proposals(DMatrixRMaj.wrap(1, n, z), new double[n], new double[n], new double[n]);
        assertSomeAreFar(origins((judged, space, ground) -> Origins.next(draws, space, ground)));
    }
}
