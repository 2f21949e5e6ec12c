package org.fluvia.vi;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Stopped;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.LatinHypercube;
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
            return posterior(draws, plan.proposing().anew() || draws > judged.elbo().draws(), seed);
        } catch (Stopped e) {
            budget.cut("draws");
            return ofJudged(draws, seed);
        }
    }

    /** Draws at even distances along each chain, in random order. */
    private Posterior ofChains(Exact exact, int draws, long seed) {
        budget.lastMoment();
        double[] equal = new double[exact.draws().count()];
        Arrays.fill(equal, -StrictMath.log(equal.length));
        int chains = plan.chains().chains();
        int each = equal.length / chains;
        int[] chosen = Arrays.stream(chosen(equal, draws)).map(k -> k % each * chains + k / each).toArray();
        return posterior(exact.draws(), chosen, 1 / (1.0 / draws + 1 / exact.ess()), seed);
    }

    private int[] chosen(double[] logWeights, int draws) {
        return Resampling.systematic(logWeights, draws, new SplittableRandom(seeds.resampling())::nextDouble);
    }

    private Posterior ofJudged(int draws, long seed) {
        budget.lastMoment();
        return posterior(Math.min(draws, judged.elbo().draws()), false, seed);
    }

    /** @param mayEvaluate whether there is time for draws that were not judged */
    private Posterior posterior(int draws, boolean mayEvaluate, long seed) {
        Approximation q = judged.approximation();
        if (assessment.verdict() != Verdict.RESAMPLED) {
            Proposals own = mayEvaluate ? q.sampler(workers).at(LatinHypercube.normal(q.model().dimension(), draws, seeds.draws()))
                    : judged.draws().proposals();
            return posterior(own, IntStream.range(0, draws).toArray(), draws, seed);
        }
        int wanted = plan.proposing().forResampling(draws);
        WeightedDraws weighted = mayEvaluate && wanted > judged.elbo().draws() ? withDefence(q, wanted) : judged.draws();
        return posterior(weighted.proposals(), chosen(weighted.weights().logWeights(), draws), 1 / (1.0 / draws + 1 / weighted.weights().ess()), seed);
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
