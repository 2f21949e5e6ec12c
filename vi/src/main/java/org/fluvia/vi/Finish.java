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
    private static final int PROPOSALS_PER_DRAW = 4;
    private static final int MOST_PROPOSALS = 200_000;
    /** k-hat up to which the flow's own draws may pass. */
    private static final double GOOD_KHAT = 0.5;
    /** The shift by importance weights, in standard deviations, that raw draws may have in any parameter. */
    private static final double SMALL_SHIFT = 0.02;
    private static final double NOISE = 4;
    /** The share of draws that may have no finite log-density. */
    private static final double MOST_NOT_FINITE = 0.01;
    /** Effective draws below which resampled ones would repeat each other. */
    private static final double LEAST_ESS = 400;
    /** log p - log q - log Z at a maximum of the density, above which q has missed it. */
    private static final double MISSED_RATIO = 5;
    /** The share of the mass under a maximum that must not be missed. */
    private static final double MISSED_MASS = 0.02;
    /** The share of effective draws above which a wider family is not tried. */
    private static final double GOOD_SHARE = 0.5;
    /** The share of effective draws above which it is not tried even for a k-hat that is only usable. */
    private static final double NEARLY_ALL = 0.95;

    private final Approximation q;
    private final int draws;
    private final Seeds seeds;
    private final Workers workers;
    private final Approximation.Proposals proposals;
    private final ParetoSmoothedWeights weights;
    private final EvidenceEstimate evidence;
    private final int notFinite;
    private final double worstShift;
    private final List<Mode> missed;

    Finish(Approximation q, List<Mode> modes, int draws, Seeds seeds, Workers workers) {
        this.q = q;
        this.draws = draws;
        this.seeds = seeds;
        this.workers = workers;
        int n = (int) Math.max(draws, Math.min(MOST_PROPOSALS, Math.max(LEAST_PROPOSALS, (long) PROPOSALS_PER_DRAW * draws)));
        proposals = q.propose(n, seeds.proposals(), workers);
        double[] ratios = proposals.logRatios();
        int bad = 0;
        for (int j = 0; j < n; j++) if (!proposals.isProper(j)) bad++;
        notFinite = bad;
        weights = ParetoSmoothedWeights.of(ratios);
        evidence = EvidenceEstimate.of(ratios, weights);
        worstShift = weights.ess() > 2 && bad == 0 ? worstShift() : Double.POSITIVE_INFINITY;
        missed = modes.stream().filter(this::misses).toList();
    }

    /** Whether a maximum with a good share of the mass lies where q has next to none: importance weights cannot tell. */
    private boolean misses(Mode mode) {
        double logEvidence = evidence.smoothed().value();
        return mode.logMass() - logEvidence > StrictMath.log(MISSED_MASS)
                && mode.logDensity() - q.logDensityUnconstrained(mode.laplace().mean()) - logEvidence > MISSED_RATIO;
    }

    private double worstShift() {
        double worst = 0;
        for (WeightShift s : WeightShift.of(proposals.z().data, proposals.z().numRows, weights.logWeights())) {
            worst = Math.max(worst, Math.max(s.mean().beyondNoise(NOISE), s.logSd().beyondNoise(NOISE)));
        }
        return worst;
    }

    /** Whether a wider family would change little: the tail is light, or there is next to nothing to weight. */
    boolean isGoodEnough() {
        double share = weights.ess() / proposals.count();
        return isUsable() && notFinite == 0
                && (weights.khat() < GOOD_KHAT && share > GOOD_SHARE || share > NEARLY_ALL);
    }

    boolean isBetterThan(Finish other) {
        boolean usable = isUsable();
        if (usable != other.isUsable()) return usable;
        return evidence.elboOfPossibleDraws().value() > other.evidence.elboOfPossibleDraws().value();
    }

    private boolean isUsable() {
        return weights.khat() <= ParetoSmoothedWeights.khatThreshold(proposals.count()) && weights.ess() >= LEAST_ESS
                && notFinite <= MOST_NOT_FINITE * proposals.count() && missed.isEmpty();
    }

    private Assessment assess() {
        List<String> reasons = new ArrayList<>();
        int n = proposals.count();
        double khat = weights.khat();
        double limit = ParetoSmoothedWeights.khatThreshold(n);
        if (!(khat <= limit)) {
            reasons.add(String.format(Locale.ROOT, "k-hat %.2f is above %.2f: the posterior has parts that the approximation"
                    + " hardly reaches, and importance weights cannot mend that. Reparametrise (non-centre hierarchical"
                    + " scales) or choose a larger flow. Give a proper prior to each parameter that the data may not determine:"
                    + " without it the posterior can be improper.", khat, limit));
        }
        if (!(weights.ess() >= LEAST_ESS)) {
            reasons.add(String.format(Locale.ROOT, "only %.0f effective draws of %d (at least %.0f are needed).", weights.ess(), n,
                    LEAST_ESS));
        }
        for (Mode mode : missed) {
            reasons.add(String.format(Locale.ROOT, "there is another mode with about %.2g times the mass found, near %s, which the"
                    + " approximation does not reach. The posterior is multimodal: order or constrain the parameters, or fit"
                    + " each mode apart.", StrictMath.exp(mode.logMass() - evidence.smoothed().value()), q.describe(mode.laplace().mean())));
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
            if (!proposals.isProper(j)) {
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
