package org.fluvia.vi.chains;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.diagnostics.Convergence;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.plan.FitPlan;

/**
 * How many of the chains' draws a known mode holds, and whether the chains agree on it: chains that rarely go from one mode to another agree on means
 * long before they agree on that.
 *
 * @param expected the mass under the mode, by its Laplace approximation, over all: where the mode is a ridge, anything
 * @param share of the draws that it holds
 * @param rhat of whether a draw is one of them
 */
record ModeShare(Mode mode, double expected, double share, double rhat) {

    /** Of the heaviest modes with some of the mass, each. */
    static List<ModeShare> of(Judgement judged, Proposals draws, FitPlan plan) {
        FitPlan.Chains rules = plan.chains();
        int stride = Math.max(1, draws.count() / rules.chains() / rules.first());
        int kept = draws.count() / rules.chains() / stride / 2 * 2;
        Convergence.OfChains of = new Convergence.OfChains(rules.chains(), kept, rules.together());
        int[] asked = IntStream.range(0, kept).map(t -> t * stride * rules.chains()).flatMap(from -> IntStream.range(from, from + rules.chains())).toArray();
        return judged.modes().stream().filter(m -> expected(m, judged) > rules.someMass()).sorted(Comparator.comparingDouble(m -> -m.logMass()))
                .limit(rules.modes()).map(m -> {
                    double[] held = Arrays.stream(asked).mapToDouble(j -> m.holds(draws.draw(j), plan.population().close()) ? 1 : 0).toArray();
                    return new ModeShare(m, expected(m, judged), Arrays.stream(held).sum() / held.length, of.of(held, 0).rhat());
                }).toList();
    }

    private static double expected(Mode mode, Judgement judged) {
        return StrictMath.exp(mode.logMass() - judged.logEvidence().value());
    }
}
