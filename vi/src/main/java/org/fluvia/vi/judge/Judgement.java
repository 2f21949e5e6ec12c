package org.fluvia.vi.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Defence;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.EvidenceEstimate;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * What fresh draws of an approximation say of it: a function of the approximation and the seed, not of how many draws the user asks
 * for.
 */
public final class Judgement {
    public static final int PROPOSALS = 40_000;
    /** Where only the tail's shape speaks against an approximation, it is judged again on so many times more draws. */
    private static final int MORE = 4;
    /** In the time of the first draws: with what is made of them. */
    private static final int TIME_FOR_MORE = 2 * MORE;
    /** Doubles of draws that may be held for that. */
    private static final int MOST_HELD = 1 << 25;
    /** Values of what is reported that are held to see how far weights move them. */
    private static final int MOST_VALUES = 1 << 24;
    private static final int LEAST_DRAWS_FOR_MOVES = 4_000;
    /** k-hat up to which the flow's own draws may pass. */
    static final double GOOD_KHAT = 0.5;
    /** The move by importance weights, in standard deviations, that raw draws may have in anything that is reported. */
    public static final double SMALL_MOVE = 0.02;
    /** A move of a quantile beyond noise that weights are not trusted with: what is so far away was not found but stumbled upon. */
    static final double LARGEST_MOVE = 1;
    private static final double NOISE = 4;
    /** Draws with the largest weights, from which paths tell whether they belong to a mode of their own. */
    private static final int HEAVIEST = 6;
    /** Far draws from which paths look for more modes. */
    private static final int FARTHEST = 12;
    /** A move by the heaviest weights that is nothing: half of what raw draws may have. */
    private static final double NO_MOVE = 0.01;
    /** A move by them, of weighted draws, that matters little. */
    private static final double LITTLE_MOVE = 0.04;
    /** The share of draws that may have no known log-density. */
    private static final double MOST_BROKEN = 0.01;
    /** The share of the posterior that may be hidden where the log-density is not known. */
    static final double MOST_HIDDEN = 0.003;
    /** The same share from which on it is said. */
    private static final double WORTH_SAYING = 1e-4;
    /** Effective draws below which resampled ones would repeat each other. */
    public static final double LEAST_ESS = 400;
    /** log p - log q - log Z at a maximum of the density, above which q has missed it. */
    private static final double MISSED_RATIO = 5;
    /** The share of the mass under a maximum that must not be missed. */
    private static final double MISSED_MASS = 0.02;
    /** The share under a maximum below which it does not matter that a heavy draw belongs to it. */
    private static final double SOME_MASS = 1e-6;
    /** The share of effective draws above which a wider family is not tried. */
    private static final double GOOD_SHARE = 0.5;
    /** A shape of the tail from which on the draws have to agree all the more. */
    private static final double STEEP = 1.5;
    /** The share of effective draws above which a few heavy weights may be no more than that. */
    private static final double MOST_SHARE = 0.75;
    /** The share of effective draws above which weights are next to equal. */
    private static final double NEARLY_ALL = 0.95;
    /** The rounding error of log p, in nats, from which on equal ratios prove nothing. */
    private static final double MOST_ROUNDING = 1e-3;

    public final Approximation q;
    private final Workers workers;
    /** Draws of q, then of its defence. */
    public final Approximation.Proposals proposals;
    public final ParetoSmoothedWeights weights;
    public final Estimate logEvidence;
    /** Of q's own draws. */
    public final Elbo elbo;
    public final Moves moves;
    /** That paths have found so far. */
    public final List<Mode> modes;
    public final List<Mode> missed;
    public final double hidden;
    /** The number of q's own draws at which the log-density is NaN or infinite. */
    public final int broken;
    /** The magnitude of log p at the draws. */
    public final double magnitude;
    /** The effective number of all draws for q itself. */
    private final double ownEss;
    /** Infinite where there is no reason to ask. */
    private final double moveByTail;
    private final boolean tailIsHarmless;
    /** Some of all draws, and what is reported of them. */
    private final int[] shown;
    private final DMatrixRMaj values;

    /** @throws org.fluvia.autodiff.Stopped if there is no time for it */
    public Judgement(Approximation q, Target target, Modes modes, Seeds seeds, Budget budget) {
        this.q = q;
        workers = target.workers;
        double begin = budget.seconds();
        Approximation.Evaluator evaluator = q.new Evaluator(target.workers);
        Approximation.Proposals p = evaluator.draw(PROPOSALS, seeds.proposals(), budget);
        int own = p.count();
        DMatrixRMaj defensiveNoise = evaluator.defensiveNoise(Defence.draws(own), seeds.defence());
        p = p.with(evaluator.at(defensiveNoise));
        double[] ownShares = p.logOwnShares();
        ParetoSmoothedWeights w = weights(p, ownShares);
        boolean hasTimeForMore = own == PROPOSALS && budget.secondsLeft() > TIME_FOR_MORE * (budget.seconds() - begin);
        if (hasTimeForMore && w.khat() > limit(w) && isMost(w, ess(ownShares)) && (long) MORE * own * target.dimension() <= MOST_HELD) {
            own *= MORE;
            defensiveNoise = evaluator.defensiveNoise(Defence.draws(own), seeds.defence());
            p = evaluator.draw(own, seeds.proposals()).with(evaluator.at(defensiveNoise));
            ownShares = p.logOwnShares();
            w = weights(p, ownShares);
        }
        proposals = p;
        weights = w;
        ownEss = ess(ownShares);
        logEvidence = EvidenceEstimate.ofMixture(w, ownShares);
        elbo = Elbo.of(p.logRatios(), own, 0);
        broken = p.broken(own);
        magnitude = magnitude(p.logDensity());
        target.broken.add("judged draws", broken, own, proposals::firstBroken);
        if (q.weights().length == 0) climb(farthest(own), modes, budget);
        hidden = Double.isFinite(logEvidence.value()) ? HiddenMass.of(evaluator, target, defensiveNoise, p, logEvidence.value()) : 0;
        if (hidden > WORTH_SAYING) {
            target.broken.add("draws of a wider approximation", p.broken(p.count()) - broken, defensiveNoise.numCols, proposals::firstBroken);
        }

        int elements = q.quantities().stream().mapToInt(x -> x.shape().size()).sum();
        int stride = (int) Math.max(1, Math.min(p.count() / LEAST_DRAWS_FOR_MOVES, (long) p.count() * elements / MOST_VALUES));
        shown = IntStream.iterate(0, j -> j < proposals.count(), j -> j + stride).toArray();
        values = q.values(stride == 1 ? p.z() : p.chosen(shown).z(), shown.length, target.workers);
        moves = w.ess() > 2 ? moves(w, ownShares) : new Moves(List.of(), List.of());
        moveByTail = w.khat() > limit(w) && isMost(w, ownEss) ? moveByTail(ownShares) : Double.POSITIVE_INFINITY;
        tailIsHarmless = w.khat() > limit(w) && (moveByTail < (w.khat() < STEEP ? LITTLE_MOVE : NO_MOVE) || ownDrawsAgree(own))
                && climb(heaviest(), modes, budget).stream().allMatch(m -> m != null && !(hasMass(m, SOME_MASS) && isOutOfReach(m)));
        this.modes = List.copyOf(modes.found());
        missed = this.modes.stream().filter(this::misses).toList();
    }

    /** The weights of draws of q and its defence together. */
    public static ParetoSmoothedWeights weights(Approximation.Proposals p) {
        return weights(p, p.logOwnShares());
    }

    private static ParetoSmoothedWeights weights(Approximation.Proposals p, double[] ownShares) {
        return ParetoSmoothedWeights.of(mixtureRatios(p, ownShares));
    }

    /** log p - log m of each draw, m the mixture of q and its defence. */
    private static double[] mixtureRatios(Approximation.Proposals p, double[] ownShares) {
        double[] ratios = p.logRatios();
        for (int j = 0; j < ratios.length; j++) ratios[j] += ownShares[j];
        return ratios;
    }

    private static double ess(double[] logWeights) {
        double sum = 0;
        double squares = 0;
        for (double x : logWeights) {
            double weight = StrictMath.exp(x);
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }

    private Moves moves(ParetoSmoothedWeights w, double[] ownShares) {
        return Moves.of(q.quantities(), values, shown(w.logWeights()), shown(ownShares), workers);
    }

    private double[] shown(double[] all) {
        return Arrays.stream(shown).mapToDouble(j -> all[j]).toArray();
    }

    /** The median, so that neither a pole nor a draw far out decides. */
    private static double magnitude(double[] logDensity) {
        double[] sizes = Arrays.stream(logDensity).filter(Double::isFinite).map(Math::abs).sorted().toArray();
        return sizes.length == 0 ? 0 : sizes[sizes.length / 2];
    }

    /** Whether a maximum with a good share of the mass lies where q has next to none: importance weights cannot tell. */
    private boolean misses(Mode mode) {
        return hasMass(mode, MISSED_MASS) && isOutOfReach(mode);
    }

    private boolean hasMass(Mode mode, double share) {
        return mode.logMass() - logEvidence.value() > StrictMath.log(share);
    }

    private boolean isOutOfReach(Mode mode) {
        return mode.logDensity() - q.logDensityUnconstrained(mode.laplace().mean()) - logEvidence.value() > MISSED_RATIO;
    }

    /** The modes that paths from some draws end at; null for one that ends nowhere, or that there is no time for. */
    private List<@Nullable Mode> climb(IntStream draws, Modes modes, Budget budget) {
        List<@Nullable Mode> ends = new ArrayList<>();
        draws.forEach(j -> {
            try {
                ends.add(budget.goOn() ? modes.climb(proposals.draw(j), budget::goOn) : null);
            } catch (Stopped e) {
                ends.add(null);
            }
        });
        return ends;
    }

    /** The draws with the largest weights. */
    private IntStream heaviest() {
        double[] w = weights.logWeights();
        return IntStream.range(0, w.length).boxed().sorted(Comparator.comparingDouble(j -> -w[j])).limit(HEAVIEST).mapToInt(j -> j);
    }

    /** The most stretched of the defensive draws with a density: from there paths lead to modes that are far from q. */
    private IntStream farthest(int own) {
        return IntStream.range(own, proposals.count()).filter(j -> Double.isFinite(proposals.logDensity()[j])).boxed()
                .sorted(Comparator.comparingDouble(j -> -proposals.logStretch()[j])).limit(FARTHEST).mapToInt(j -> j);
    }

    /** How far anything moves when the weights of the tail are cut to where it begins. */
    private double moveByTail(double[] ownShares) {
        double[] cut = mixtureRatios(proposals, ownShares);
        double[] sorted = cut.clone();
        Arrays.sort(sorted);
        double begin = sorted[sorted.length - 1 - ParetoSmoothedWeights.tailLength(sorted.length)];
        for (int i = 0; i < cut.length; i++) cut[i] = Math.min(cut[i], begin);
        ParetoSmoothedWeights without = ParetoSmoothedWeights.of(cut);
        return Math.max(Math.abs(weights.logSum() - without.logSum()), moves.largestDifference(moves(without, ownShares)));
    }

    /** Whether q's own draws have weights with a usable tail and all but the same evidence: then defensive draws are few where weights are large. */
    private boolean ownDrawsAgree(int own) {
        double[] ratios = Arrays.copyOf(proposals.logRatios(), own);
        ParetoSmoothedWeights w = ParetoSmoothedWeights.of(ratios);
        double value = EvidenceEstimate.of(ratios, w).smoothed().value();
        return w.khat() <= limit(w) && w.ess() >= LEAST_ESS && Math.abs(value - logEvidence.value()) < MISSED_MASS;
    }

    private static double limit(ParetoSmoothedWeights w) {
        return ParetoSmoothedWeights.khatThreshold(w.draws());
    }

    private static boolean isMost(ParetoSmoothedWeights w, double ownEss) {
        return w.ess() > (w.khat() < STEEP ? MOST_SHARE : NEARLY_ALL) * ownEss;
    }

    /** What speaks against trusting the draws, weighted or not; empty where nothing does. */
    public List<Objection> objections() {
        List<Objection> all = new ArrayList<>();
        if (!Double.isFinite(elbo.value()) || !Double.isFinite(logEvidence.value())) all.add(Objection.NO_EVIDENCE);
        if (roundingError() > MOST_ROUNDING) all.add(Objection.ROUNDING);
        if (!(weights.khat() <= limit(weights)) && !tailIsHarmless) all.add(Objection.TAIL);
        if (!(weights.ess() >= LEAST_ESS)) all.add(Objection.FEW_EFFECTIVE);
        if (broken > MOST_BROKEN * elbo.draws() || !(hidden <= MOST_HIDDEN)) all.add(Objection.HIDDEN);
        if (!missed.isEmpty()) all.add(Objection.MISSED_MODE);
        if (!(moves.quantilesBeyondNoise(NOISE) <= LARGEST_MOVE) || !Double.isFinite(moves.largest())) all.add(Objection.FAR_MOVE);
        return all;
    }

    /** Why draws are not trusted. */
    public enum Objection { NO_EVIDENCE, ROUNDING, TAIL, FEW_EFFECTIVE, HIDDEN, MISSED_MODE, FAR_MOVE }

    /** In nats, of a log-density of this magnitude. */
    public double roundingError() {
        return Math.ulp(magnitude);
    }

    public double khatLimit() {
        return limit(weights);
    }

    boolean isUsable() {
        return objections().isEmpty();
    }

    /** Whether raw draws may be passed on. */
    public boolean isAccurate() {
        return isUsable() && (weights.khat() < GOOD_KHAT || moveByTail < NO_MOVE) && moves.largest() < SMALL_MOVE
                && elbo.possible() == elbo.draws();
    }

    /** Whether a wider family would change little: the tail is light, or there is next to nothing to weight. */
    public boolean isGoodEnough() {
        double share = weights.ess() / ownEss;
        return isUsable() && !tailIsHarmless && broken == 0
                && (weights.khat() < GOOD_KHAT && share > GOOD_SHARE || share > NEARLY_ALL);
    }

    /**
     * Whether this is to be preferred: by the ELBO; where that cannot tell beyond noise, by whether it can be used. Every log
     * evidence that misses mass is low, so of two approximations the one whose evidence lies below the other's ELBO is wrong.
     */
    public boolean isBetterThan(Judgement other) {
        double gain = elbo.value() - other.elbo.value();
        double noise = NOISE * Math.hypot(elbo.standardError(), other.elbo.standardError());
        if (Double.isNaN(gain) || Math.abs(gain) <= noise) {
            if (isUsable() != other.isUsable()) return isUsable();
        }
        return gain > 0;
    }

    /** What is reported, at some of the draws: elements x draws; not a copy. */
    public DMatrixRMaj values() {
        return values;
    }

    /** The log weights of the draws that {@link #values} are of. */
    public double[] logWeightsOfValues() {
        return shown(weights.logWeights());
    }
}
