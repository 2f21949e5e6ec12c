package org.fluvia.vi;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.approximation.Sampler;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.draws.ReportedDraws;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.judge.WeightedDraws;
import org.fluvia.vi.plan.FitPlan;

/** Turns a judged approximation into a posterior of as many draws as are asked for. */
final class Finish {
    private final Judgement judged;
    private final Assessment assessment;
    private final FitPlan plan;
    private final Seeds seeds;
    private final Workers workers;
    private final Budget budget;

    Finish(Judgement judged, Assessment assessment, FitPlan plan, Seeds seeds, Workers workers, Budget budget) {
        this.budget = budget;
        this.judged = judged;
        this.assessment = assessment;
        this.plan = plan;
        this.seeds = seeds;
        this.workers = workers;
    }

    /** As many draws, or those that were judged where there is no time for more. */
    Posterior posterior(int draws, long seed) {
        if (budget.limitHit().isPresent()) return ofJudged(draws, seed);
        try {
            return posterior(draws, draws, seed);
        } catch (Stopped e) {
            budget.cut("draws");
            return ofJudged(draws, seed);
        }
    }

    private Posterior ofJudged(int draws, long seed) {
        budget.lastMoment();
        return posterior(Math.min(draws, judged.elbo().draws()), 0, seed);
    }

    /** @param least of the draws that are resampled from, if they are */
    private Posterior posterior(int draws, int least, long seed) {
        Approximation q = judged.approximation();
        boolean resampled = assessment.verdict() == Verdict.RESAMPLED;
        FitPlan.Proposing many = plan.proposing();
        long wanted = resampled ? Math.max(draws, Math.min(many.mostForResampling(), (long) many.perResampled() * least)) : draws;
        boolean enough = wanted <= judged.elbo().draws();
        Proposals from;
        int[] chosen;
        double effective;
        if (resampled) {
            WeightedDraws weighted = enough ? judged.draws() : withDefence(q, (int) wanted);
            from = weighted.proposals();
            chosen = Resampling.systematic(weighted.weights().logWeights(), draws, new SplittableRandom(seeds.resampling())::nextDouble);
            effective = 1 / (1.0 / draws + 1 / weighted.weights().ess());
        } else {
            from = enough ? judged.draws().proposals() : q.sampler(workers).draw(draws, seeds.proposals());
            chosen = IntStream.range(0, draws).toArray();
            effective = draws;
        }
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
