package org.fluvia.vi.plan;

/**
 * Fewer draws of everything where the density costs much, as with hundreds of thousands of observations: the more data, the nearer the posterior is to
 * normal, and the fewer draws tell so. How much it costs is counted, not measured: the same fit is the same on any machine.
 */
public final class Effort {
    /** Elements computed for a gradient, up to which all draws are made: some 20,000 observations of a logistic regression; chosen. */
    private static final long USUAL = 200_000;

    private Effort() {}

    /** @param work of a gradient at a draw: how many elements are computed */
    public static FitPlan of(FitPlan plan, long work) {
        if (work <= USUAL) return plan;
        Share share = new Share((double) USUAL / work);
        return plan.with("starts.draws", share.of(plan.starts().draws(), 64))
                .with("population.runs", 2)
                .with("population.particles", share.of(plan.population().particles(), 32))
                .with("gaussian.draws", share.of(plan.gaussian().draws(), 256))
                .with("gaussian.leastFinite", share.of(plan.gaussian().leastFinite(), 64))
                .with("gaussian.judgingDraws", share.of(plan.gaussian().judgingDraws(), 512))
                .with("training.judgingDraws", share.of(plan.training().judgingDraws(), 512))
                .with("judging.proposals", share.of(plan.judging().proposals(), 10_000))
                .with("proposing.anew", false)
                .with("proposing.perResampled", 1);
    }

    private record Share(double share) {
        /** @param least that do */
        int of(int usual, int least) {
            return Math.max(Math.min(usual, least), (int) (share * usual));
        }
    }
}
