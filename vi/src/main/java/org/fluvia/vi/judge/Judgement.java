package org.fluvia.vi.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.approximation.Proposing;
import org.fluvia.vi.approximation.Sampler;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.EvidenceEstimate;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.fluvia.vi.draws.Reported;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.population.Population;
import org.jspecify.annotations.Nullable;

/**
 * What fresh draws of an approximation say of it: a function of the approximation and the seed, not of how many draws the user asks
 * for.
 */
public final class Judgement {
    private final Approximation q;
    private final FitPlan plan;
    private final Reported reported;
    private final Workers workers;
    private final WeightedDraws draws;
    private final Estimate logEvidence;
    private final Elbo elbo;
    private final Moves moves;
    private final Tail tail;
    private final List<Mode> modes;
    private final List<Mode> missed;
    private final @Nullable Population population;
    private final double hidden;
    private final int broken;
    private final double magnitude;
    /** Some of all draws, and what is reported of them. */
    private final int[] shown;
    private final DMatrixRMaj values;

    /** @throws org.fluvia.autodiff.Stopped if there is no time for it */
    public Judgement(Approximation q, Target target, Modes found, Seeds seeds, Budget budget, FitPlan plan) {
        this.q = q;
        this.plan = plan;
        reported = Reported.of(q.model());
        workers = target.workers();
        FitPlan.Judging rules = plan.judging();
        double begin = budget.seconds();
        Sampler sampler = q.sampler(workers);
        Proposals p = Proposing.within(budget, plan.proposing(), sampler, rules.proposals(), seeds.proposals());
        int own = p.count();
        DMatrixRMaj defensiveNoise = sampler.defensiveNoise(own, seeds.defence());
        p = p.with(sampler.at(defensiveNoise));
        WeightedDraws weighted = WeightedDraws.of(p, plan.defence().share());
        boolean hasTimeForMore = own == rules.proposals()
                && budget.secondsLeft() > plan.tail().timeForMore() * (budget.seconds() - begin);
        if (hasTimeForMore && Tail.isWorthAsking(weighted, plan.tail())
                && (long) plan.tail().more() * own * target.dimension() <= plan.tail().mostHeld()) {
            own *= plan.tail().more();
            defensiveNoise = sampler.defensiveNoise(own, seeds.defence());
            p = sampler.draw(own, seeds.proposals()).with(sampler.at(defensiveNoise));
            weighted = WeightedDraws.of(p, plan.defence().share());
        }
        draws = weighted;
        Proposals all = draws.proposals();
        logEvidence = EvidenceEstimate.ofMixture(draws.weights(), draws.logOwnShares());
        elbo = Elbo.of(all.logRatios(), own, 0);
        broken = all.broken(own);
        magnitude = magnitude(all.logDensity());
        target.addBroken("judged draws", broken, own, all::firstBroken);
        Paths paths = new Paths(found, budget);
        if (q.isGaussian()) {
            // the most stretched of the defensive draws with a density: from there paths lead to modes that are far from q
            IntStream defensive = IntStream.range(own, all.count()).filter(j -> Double.isFinite(all.logDensity()[j]));
            paths.fromLargest(all.logStretch(), defensive, rules.farthest(), all);
        }
        hidden = Double.isFinite(logEvidence.value())
                ? HiddenMass.of(sampler, target, plan.hidden(), defensiveNoise, all, logEvidence.value()) : 0;
        if (hidden > rules.worthSaying()) {
            target.addBroken("draws of a wider approximation", all.broken(all.count()) - broken, defensiveNoise.numCols, all::firstBroken);
        }
        int stride = (int) Math.max(1, Math.min(all.count() / rules.leastDrawsForMoves(),
                (long) all.count() * reported.elements() / rules.mostValues()));
        shown = IntStream.iterate(0, j -> j < all.count(), j -> j + stride).toArray();
        values = reported.values(stride == 1 ? all.z() : all.chosen(shown).z(), shown.length, workers);
        moves = draws.weights().ess() > 2 ? moves(draws.weights()) : new Moves(List.of(), List.of());
        Reach reach = new Reach(q, logEvidence.value(), rules);
        tail = Tail.of(draws, own, logEvidence, moves, this::moves, reach, paths, plan);
        modes = List.copyOf(found.found());
        population = found.population();
        missed = reach.missed(modes);
    }

    private Moves moves(ParetoSmoothedWeights w) {
        return Moves.of(reported.quantities(), values, shown(w.logWeights()), shown(draws.logOwnShares()), workers);
    }

    private double[] shown(double[] all) {
        return Arrays.stream(shown).mapToDouble(j -> all[j]).toArray();
    }

    /** The median, so that neither a pole nor a draw far out decides. */
    private static double magnitude(double[] logDensity) {
        double[] sizes = Arrays.stream(logDensity).filter(Double::isFinite).map(Math::abs).sorted().toArray();
        return sizes.length == 0 ? 0 : sizes[sizes.length / 2];
    }

    /** What was judged. */
    public Approximation approximation() {
        return q;
    }

    /** What is reported of its model. */
    public Reported reported() {
        return reported;
    }

    public WeightedDraws draws() {
        return draws;
    }

    public Estimate logEvidence() {
        return logEvidence;
    }

    /** Of q's own draws. */
    public Elbo elbo() {
        return elbo;
    }

    public Moves moves() {
        return moves;
    }

    /** The maxima that paths had found by then. */
    public List<Mode> modes() {
        return modes;
    }

    /** Those of them that q does not reach. */
    List<Mode> missed() {
        return missed;
    }

    /** The share of the posterior that may lie where the log-density is not known. */
    double hidden() {
        return hidden;
    }

    /** The number of q's own draws at which the log-density is NaN or infinite. */
    public int broken() {
        return broken;
    }

    /** Of log p at the draws. */
    double magnitude() {
        return magnitude;
    }

    /** What speaks against trusting the draws, weighted or not; empty where nothing does. */
    public List<Objection> objections() {
        FitPlan.Judging rules = plan.judging();
        ParetoSmoothedWeights weights = draws.weights();
        List<Objection> all = new ArrayList<>();
        if (!Double.isFinite(elbo.value()) || !Double.isFinite(logEvidence.value())) all.add(Objection.NO_EVIDENCE);
        if (roundingError() > rules.mostRounding()) all.add(Objection.ROUNDING);
        if (!(weights.khat() <= draws.khatLimit()) && !tail.isHarmless()) all.add(Objection.TAIL);
        if (!(weights.ess() >= rules.leastEss())) all.add(Objection.FEW_EFFECTIVE);
        if (broken > rules.mostBroken() * elbo.draws() || !(hidden <= rules.mostHidden())) all.add(Objection.HIDDEN);
        if (!missed.isEmpty()) all.add(Objection.MISSED_MODE);
        if (hasLessMassThan(yardstick())) all.add(Objection.MORE_MASS);
        boolean isFar = !(moves.quantilesBeyondNoise(rules.moveErrors()) <= rules.largestMove());
        if (isFar || !Double.isFinite(moves.largest())) all.add(Objection.FAR_MOVE);
        return all;
    }

    /** Whether another way to the log evidence, a rough one, found more beyond the errors of both. */
    private boolean hasLessMassThan(@Nullable Estimate other) {
        if (other == null || !Double.isFinite(logEvidence.value())) return false;
        return plan.population().isMore(other.value(), other.standardError(), logEvidence.value(), logEvidence.standardError());
    }

    /** The log evidence that was found by other means, if there is one. */
    public @Nullable Estimate yardstick() {
        return population == null ? null : population.logEvidence();
    }

    /** Points of the density that were found without any approximation, unconstrained; empty where they did not get to it. */
    public List<double[]> particles() {
        return population == null || population.logEvidence() == null ? List.of() : population.points();
    }

    /** In nats, of a log-density of this magnitude. */
    double roundingError() {
        return Math.ulp(magnitude);
    }

    /** Whether draws may be passed on, weighted or not. */
    public boolean isUsable() {
        return objections().isEmpty();
    }

    /** Whether draws may not be passed on for a reason that another approximation may not have. */
    public boolean fallsShort() {
        List<Objection> objections = objections();
        return !objections.isEmpty() && EnumSet.of(Objection.TAIL, Objection.FEW_EFFECTIVE, Objection.FAR_MOVE, Objection.MISSED_MODE,
                Objection.MORE_MASS)
                .containsAll(objections);
    }

    /**
     * Whether the approximation is not close enough for draws of it to need no second opinion, and chains in its base space may give one. A tail that
     * is harmless as far as it was drawn from may be all that is seen of more; so may a usable one, however many draws are effective: of a normal core
     * in a wide shell of a tenth of the mass, 98 % were.
     */
    public boolean isForChains() {
        return fallsShort() || isUsable() && !(draws.weights().khat() < plan.judging().goodKhat());
    }

    /** Whether raw draws may be passed on. */
    public boolean isAccurate() {
        FitPlan.Judging rules = plan.judging();
        boolean hasGoodTail = draws.weights().khat() < rules.goodKhat() || tail.moveByTail() < plan.tail().noMove();
        return isUsable() && hasGoodTail && moves.largest() < rules.smallMove() && elbo.possible() == elbo.draws();
    }

    /** Whether a wider family would change little: the tail is light, or there is next to nothing to weight. */
    public boolean isGoodEnough() {
        FitPlan.Judging rules = plan.judging();
        ParetoSmoothedWeights weights = draws.weights();
        double share = weights.ess() / draws.ownEss();
        return isUsable() && !tail.isHarmless() && broken == 0
                && (weights.khat() < rules.goodKhat() && share > rules.goodShare() || share > rules.nearlyAll());
    }

    /**
     * Whether this is to be preferred: by the ELBO; where that cannot tell beyond noise, by whether it can be used. Every log
     * evidence that misses mass is low, so of two approximations the one whose evidence lies below the other's ELBO is wrong.
     */
    public boolean isBetterThan(Judgement other) {
        Gain gain = Gain.onOwnDraws(elbo, other.elbo);
        if (gain.isWithin(plan.comparing().errors()) && isUsable() != other.isUsable()) return isUsable();
        return gain.value() > 0;
    }

    /** What is reported, at some of the draws: elements x draws; not a copy. */
    public DMatrixRMaj values() {
        return values;
    }

    /** The log weights of the draws that {@link #values} are of. */
    public double[] logWeightsOfValues() {
        return shown(draws.weights().logWeights());
    }
}
