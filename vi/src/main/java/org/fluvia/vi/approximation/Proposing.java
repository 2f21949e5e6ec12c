package org.fluvia.vi.approximation;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Stopped;
import org.fluvia.vi.budget.Budget;

/**
 * Makes as many draws of an approximation as there is time for: some at a time, so that there are some where time is short. Each is what
 * it would be among all. No memory is taken for those that are not made.
 */
public final class Proposing {
    /** Fewer cannot be judged. */
    public static final int LEAST = 4_000;
    private static final int AT_FIRST = 512;
    private static final int AT_A_TIME = 8_192;
    /** The share of the time left that may pass: what is made of the draws may take longer. */
    private static final double SHARE = 0.4;

    private final List<Approximation.Proposals> parts = new ArrayList<>();
    private int done;

    private Proposing() {}

    /**
     * The first n draws of a seed, or as many as there is time for.
     *
     * @throws Stopped if these are fewer than {@link #LEAST}, and fewer than n
     */
    static Approximation.Proposals within(Budget budget, Approximation.Evaluator evaluator, int n, long seed) {
        Proposing p = new Proposing();
        p.run(budget, evaluator, NormalNoise.of(seed), n);
        if (p.done < n) budget.cut("judgement");
        return Approximation.Proposals.joined(p.parts);
    }

    private void run(Budget budget, Approximation.Evaluator evaluator, NormalNoise noise, int n) {
        double until = budget.secondsLeft() * (1 - SHARE);
        try {
            for (int count = AT_FIRST; done < n && (done < LEAST || budget.secondsLeft() > until); count = Math.min(AT_A_TIME, 2 * count)) {
                int from = done;
                int some = Math.min(count, n - from);
                parts.add(evaluator.at(some, (first, lanes, elements, x, offset, stride) ->
                        noise.fill(from + first, lanes, elements, x, offset, stride)));
                done += some;
            }
        } catch (Stopped e) {
            if (done < LEAST) throw e;
        }
    }
}
