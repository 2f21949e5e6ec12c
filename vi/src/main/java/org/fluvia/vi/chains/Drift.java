package org.fluvia.vi.chains;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * How far Markov chains have gone from the weighted draws that they began at, although the posterior leaves both where they are.
 *
 * @param by how far the mean, 5 or 95 % quantile of the element that went furthest went, in standard deviations of the chains' draws, or the log of its
 *     standard deviation; beyond noise
 * @param inWords which it is and how far: "x[5] by 0.35 sd", "the sd of x[5] by a factor of 1.6"
 */
record Drift(double by, String inWords) {
    /** Of a normal distribution's mean and 5 % quantile: standard errors of n draws, times the root of n, in standard deviations. */
    private static final double OF_MEAN = 1;
    private static final double OF_QUANTILE = 2.11;

    /**
     * Null where they have not gone beyond noise.
     *
     * @param values of what is reported at the chains' draws
     * @param ess that these are worth at least
     */
    static @Nullable Drift of(Judgement judged, int count, DMatrixRMaj values, double ess, FitPlan.Chains plan) {
        double[] logWeights = judged.logWeightsOfValues();
        int n = Math.min(logWeights.length, plan.compared());
        int[] chosen = Resampling.systematic(normalised(logWeights), n, new SplittableRandom(0)::nextDouble);
        double noise = plan.driftErrors() * Math.sqrt(1 / ess + 1 / Math.min(n, judged.draws().weights().ess()));
        Drift worst = null;
        int row = 0;
        for (Quantity q : judged.reported().quantities()) {
            for (String name : q.elementNames()) {
                int at = row++;
                double[] before = Arrays.stream(chosen).mapToDouble(j -> judged.values().get(at, j)).toArray();
                double[] now = Arrays.copyOfRange(values.data, at * count, (at + 1) * count);
                Summary a = Summary.of(before, 0, n, n);
                Summary b = Summary.of(now, 0, count, ess);
                if (!(b.sd() > 0) || a.notFinite() + b.notFinite() > 0) continue;
                double place = Math.max(beyond(b.mean() - a.mean(), b.sd(), noise * OF_MEAN),
                        Math.max(beyond(b.q05() - a.q05(), b.sd(), noise * OF_QUANTILE), beyond(b.q95() - a.q95(), b.sd(), noise * OF_QUANTILE)));
                worst = worse(worst, place, plan, "%s by %.2g sd", name, place);
                double spread = a.sd() > 0 ? Math.abs(StrictMath.log(b.sd() / a.sd())) : 0;
                if (spread <= plan.drift()) continue;
                worst = worse(worst, spread - plan.driftErrors() * errorOfLogSd(now, plan), plan, "the sd of %s by a factor of %.2g", name, b.sd() / a.sd());
            }
        }
        return worst;
    }

    private static @Nullable Drift worse(@Nullable Drift worst, double by, FitPlan.Chains plan, String words, String name, double amount) {
        return by > plan.drift() && (worst == null || by > worst.by) ? new Drift(by, String.format(Locale.ROOT, words, name, amount)) : worst;
    }

    /** From the superchains, each of which has a standard deviation of its own: infinite where one does not move. */
    private static double errorOfLogSd(double[] draws, FitPlan.Chains plan) {
        int groups = plan.chains() / plan.together();
        double[] logs = new double[groups];
        for (int g = 0; g < groups; g++) {
            int group = g;
            double[] own = IntStream.range(0, draws.length / plan.chains()).map(t -> t * plan.chains() + group * plan.together())
                    .flatMap(from -> IntStream.range(from, from + plan.together())).mapToDouble(j -> draws[j]).toArray();
            logs[g] = StrictMath.log(Summary.of(own, own.length).sd());
        }
        Summary all = Summary.of(logs, groups);
        return all.notFinite() > 0 ? Double.POSITIVE_INFINITY : all.mcse();
    }

    private static double beyond(double move, double sd, double noise) {
        return Math.abs(move) / sd - noise;
    }

    private static double[] normalised(double[] logWeights) {
        double max = Arrays.stream(logWeights).max().orElseThrow();
        double sum = Arrays.stream(logWeights).map(w -> StrictMath.exp(w - max)).sum();
        return Arrays.stream(logWeights).map(w -> w - max - StrictMath.log(sum)).toArray();
    }
}
