package org.fluvia.vi.approximation;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Stopped;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.plan.FitPlan;

/**
 * Makes as many draws of an approximation as there is time for: some at a time, so that there are some where time is short. Each is what
 * it would be among all. No memory is taken for those that are not made.
 */
public final class Proposing {
    private final FitPlan.Proposing plan;
    private final List<Proposals> parts = new ArrayList<>();
    private int done;

    private Proposing(FitPlan.Proposing plan) {
        this.plan = plan;
    }

    /**
     * The first n draws of a seed, or as many as there is time for.
     *
     * @throws Stopped if these are fewer than the plan's least, and fewer than n
     */
    public static Proposals within(Budget budget, FitPlan.Proposing plan, Sampler sampler, int n, long seed) {
        Proposing p = new Proposing(plan);
        p.run(budget, sampler, NormalNoise.of(seed), n);
        if (p.done < n) budget.cut(Budget.JUDGEMENT);
        return Proposals.joined(p.parts);
    }

    private void run(Budget budget, Sampler sampler, NormalNoise noise, int n) {
        double until = budget.secondsLeft() * (1 - plan.share());
        try {
            for (int count = plan.atFirst(); done < n && (done < plan.least() || budget.secondsLeft() > until);
                    count = Math.min(plan.atATime(), 2 * count)) {
                int from = done;
                int some = Math.min(count, n - from);
                parts.add(sampler.at(some, (first, lanes, elements, x, offset, stride) ->
                        noise.fill(from + first, lanes, elements, x, offset, stride)));
                done += some;
            }
        } catch (Stopped e) {
            if (done < plan.least()) throw e;
        }
    }
}
