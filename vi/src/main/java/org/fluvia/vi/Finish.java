package org.fluvia.vi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.diagnostics.EvidenceEstimate;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.diagnostics.WeightShift;

/** Judges an approximation on fresh draws, and turns it into a posterior. */
final class Finish {
    /** At least this many proposals, and so many for each draw asked for. */
    private static final int LEAST_PROPOSALS = 20_000;
    private static final int PROPOSALS_PER_DRAW = 10;
    private static final int MOST_PROPOSALS = 200_000;
    /** k-hat up to which the flow's own draws may pass. */
    private static final double GOOD_KHAT = 0.5;
    /** The shift by importance weights, in standard deviations, that raw draws may have in any parameter. */
    private static final double SMALL_SHIFT = 0.02;
    private static final double NOISE = 4;
    /** Effective draws below which resampled ones would repeat each other. */
    private static final double LEAST_ESS = 400;
    /** The share of effective draws above which a wider family is not tried. */
    private static final double GOOD_SHARE = 0.5;

    private final Approximation q;
    private final int draws;
    private final Seeds seeds;
    private final Workers workers;
    private final Approximation.Proposals proposals;
    private final ParetoSmoothedWeights weights;
    private final EvidenceEstimate evidence;
    private final int notFinite;
    private final double worstShift;

    Finish(Approximation q, int draws, Seeds seeds, Workers workers) {
        this.q = q;
        this.draws = draws;
        this.seeds = seeds;
        this.workers = workers;
        int n = (int) Math.max(draws, Math.min(MOST_PROPOSALS, Math.max(LEAST_PROPOSALS, (long) PROPOSALS_PER_DRAW * draws)));
        proposals = q.propose(n, seeds.proposals(), workers);
        double[] ratios = new double[n];
        int bad = 0;
        for (int j = 0; j < n; j++) {
            double r = proposals.logDensity()[j] - proposals.logApproximation()[j];
            boolean proper = r < Double.POSITIVE_INFINITY;
            if (!proper) bad++;
            ratios[j] = proper ? r : Double.NEGATIVE_INFINITY;
        }
        notFinite = bad;
        weights = ParetoSmoothedWeights.of(ratios);
        evidence = EvidenceEstimate.of(ratios, weights);
        worstShift = weights.ess() > 2 ? worstShift() : Double.POSITIVE_INFINITY;
    }

    private double worstShift() {
        double worst = 0;
        for (WeightShift s : WeightShift.of(proposals.z().data, proposals.z().numRows, weights.logWeights())) {
            worst = Math.max(worst, Math.max(s.mean().beyondNoise(NOISE), s.logSd().beyondNoise(NOISE)));
        }
        return worst;
    }

    /** Whether a wider family would change little. */
    boolean isGoodEnough() {
        return weights.khat() < GOOD_KHAT && weights.ess() > GOOD_SHARE * proposals.count() && notFinite == 0;
    }

    boolean isBetterThan(Finish other) {
        boolean usable = isUsable();
        if (usable != other.isUsable()) return usable;
        return evidence.elboOfPossibleDraws().value() > other.evidence.elboOfPossibleDraws().value();
    }

    private boolean isUsable() {
        return weights.khat() <= ParetoSmoothedWeights.khatThreshold(proposals.count()) && weights.ess() >= LEAST_ESS
                && notFinite <= 0.01 * proposals.count();
    }

    private Assessment assess() {
        List<String> reasons = new ArrayList<>();
        int n = proposals.count();
        double khat = weights.khat();
        double limit = ParetoSmoothedWeights.khatThreshold(n);
        if (!(khat <= limit)) {
            reasons.add(String.format(Locale.ROOT, "k-hat %.2f is above %.2f: the posterior has parts that the approximation"
                    + " hardly reaches, and importance weights cannot mend that. Reparametrise (non-centre hierarchical"
                    + " scales), or choose a larger flow.", khat, limit));
        }
        if (!(weights.ess() >= LEAST_ESS)) {
            reasons.add(String.format(Locale.ROOT, "only %.0f effective draws of %d (at least %.0f are needed).", weights.ess(), n,
                    LEAST_ESS));
        }
        if (notFinite > 0) {
            reasons.add(String.format(Locale.ROOT, "the log-density is NaN or infinite at %d of %d draws; the first: %s",
                    notFinite, n, firstNotFinite()));
        }
        int impossible = evidence.impossibleDraws() - notFinite;
        if (impossible > 0) {
            reasons.add(String.format(Locale.ROOT, "%d of %d draws have density zero; they have weight zero.", impossible, n));
        }
        Verdict verdict;
        if (!isUsable()) {
            verdict = Verdict.FAIL;
        } else if (khat < GOOD_KHAT && worstShift < SMALL_SHIFT && evidence.impossibleDraws() == 0) {
            verdict = Verdict.PASS;
            reasons.add(String.format(Locale.ROOT, "importance weights would move no mean or log sd by more than %.2f beyond noise.",
                    SMALL_SHIFT));
        } else {
            verdict = Verdict.RESAMPLED;
            reasons.add(String.format(Locale.ROOT, "importance weights move a mean or log sd by %.3f; the draws are resampled"
                    + " accordingly.", worstShift));
        }
        return new Assessment(verdict, List.copyOf(reasons), khat, weights.ess(), n, evidence.elbo(), evidence.smoothed(),
                notFinite);
    }

    private String firstNotFinite() {
        for (int j = 0; j < proposals.count(); j++) {
            double r = proposals.logDensity()[j] - proposals.logApproximation()[j];
            if (!(r < Double.POSITIVE_INFINITY)) {
                double[] z = new double[proposals.z().numRows];
                for (int i = 0; i < z.length; i++) z[i] = proposals.z().get(i, j);
                return q.model().explain(z) + " (draw " + (j + 1) + ").";
            }
        }
        throw new IllegalStateException("no such draw");
    }

    Posterior posterior(long seed, DoubleSupplier seconds) {
        Assessment assessment = assess();
        int[] chosen;
        double effective;
        if (assessment.verdict() == Verdict.RESAMPLED) {
            chosen = Resampling.systematic(weights.logWeights(), draws, new SplittableRandom(seeds.resampling())::nextDouble);
            effective = 1 / (1.0 / draws + 1 / weights.ess());
        } else {
            chosen = new int[draws];
            for (int j = 0; j < draws; j++) chosen[j] = j;
            effective = draws;
        }
        Approximation.Draws described = q.describe(proposals, chosen, workers);
        return new Posterior(q, assessment, described, effective, seed, seconds.getAsDouble());
    }
}
