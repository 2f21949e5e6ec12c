package org.fluvia.vi;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.approximation.Sampler;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.chains.Exact;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.draws.ReportedDraws;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.judge.WeightedDraws;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/** Turns a judged approximation, or the chains that began at it, into a posterior of as many draws as are asked for. */
final class Drawing {
    private final Judgement judged;
    private final @Nullable Exact exact;
    private final Assessment assessment;
    private final FitPlan plan;
    private final Seeds seeds;
    private final Workers workers;
    private final Budget budget;

    Drawing(Judgement judged, @Nullable Exact exact, Assessment assessment, FitPlan plan, Seeds seeds, Workers workers, Budget budget) {
        this.exact = exact;
        this.budget = budget;
        this.judged = judged;
        this.assessment = assessment;
        this.plan = plan;
        this.seeds = seeds;
        this.workers = workers;
    }

    /** As many draws, or those that were judged where there is no time for more. */
    Posterior posterior(int draws, long seed) {
        if (assessment.verdict() == Verdict.EXACT) return ofChains(requireNonNull(exact), draws, seed);
        if (budget.limitHit().isPresent()) return ofJudged(draws, seed);
        try {
            return posterior(draws, draws, seed);
        } catch (Stopped e) {
            budget.cut("draws");
            return ofJudged(draws, seed);
        }
    }

    /** Some of their draws, in random order. */
    private Posterior ofChains(Exact chains, int draws, long seed) {
        budget.lastMoment();
        double[] equal = new double[chains.draws().count()];
        Arrays.fill(equal, -StrictMath.log(equal.length));
        return posterior(chains.draws(), chosen(equal, draws), 1 / (1.0 / draws + 1 / chains.ess()), seed);
    }

    private int[] chosen(double[] logWeights, int draws) {
        return Resampling.systematic(logWeights, draws, new SplittableRandom(seeds.resampling())::nextDouble);
    }

    private Posterior ofJudged(int draws, long seed) {
        budget.lastMoment();
        return posterior(Math.min(draws, judged.elbo().draws()), 0, seed);
    }

    /** @param least of the draws that are resampled from, if they are */
    private Posterior posterior(int draws, int least, long seed) {
        Approximation q = judged.approximation();
        boolean resampled = assessment.verdict() == Verdict.RESAMPLED;
        int wanted = resampled ? plan.proposing().forResampling(draws, least) : draws;
        boolean enough = wanted <= judged.elbo().draws();
        Proposals from;
        int[] chosen;
        double effective;
        if (resampled) {
            WeightedDraws weighted = enough ? judged.draws() : withDefence(q, wanted);
            from = weighted.proposals();
            chosen = chosen(weighted.weights().logWeights(), draws);
            effective = 1 / (1.0 / draws + 1 / weighted.weights().ess());
        } else {
            from = enough ? judged.draws().proposals() : q.sampler(workers).draw(draws, seeds.proposals());
            chosen = IntStream.range(0, draws).toArray();
            effective = draws;
        }
        return posterior(from, chosen, effective, seed);
    }

    private Posterior posterior(Proposals from, int[] chosen, double effective, long seed) {
        Approximation q = judged.approximation();
        Proposals p = from.chosen(chosen);
        DMatrixRMaj values = judged.reported().values(p.z(), p.count(), workers);
        ReportedDraws reported = ReportedDraws.of(q.model(), p.z(), values, p.logDensity(), p.logApproximation(), workers);
        return new Posterior(q, assessment, reported, effective, seed, budget, plan.crossValidation());
    }

    private WeightedDraws withDefence(Approximation q, int n) {
        Sampler sampler = q.sampler(workers);
        Proposals own = sampler.draw(n, seeds.proposals());
        return WeightedDraws.of(own.with(sampler.at(sampler.defensiveNoise(n, seeds.defence()))), plan.defence().share());
    }
}
