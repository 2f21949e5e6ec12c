package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.SplitMix;

/**
 * The probability integral transform of each observation given the others: {@code p_i = P(y <= y_i | y_-i)}, where y is replicated from draws that stand for
 * the posterior without y_i (Gelfand, Dey and Chang 1992), by the weights of {@link Loo}. If the model describes the data they are uniform, one by one;
 * many near 0 and 1: predictions are too narrow; many near 1/2: too wide. Where values of y have probabilities, as counts have, p_i is drawn uniformly
 * between {@code P(y < y_i)} and {@code P(y <= y_i)} (Czado, Gneiting and Held 2009).
 *
 * @param names of the observations; those that are vectors are left out
 * @param values from 0 to 1, NaN where no replication has weight
 */
public record LooPit(List<String> names, List<Double> values) {
    public LooPit {
        names = List.copyOf(names);
        values = List.copyOf(values);
    }

    /** The replications of an observation. */
    @FunctionalInterface
    public interface Replications {
        /** One for each draw, of the observation with this index among all; NaN where there is none. */
        double[] of(int index);
    }

    /**
     * From draws of any q: see {@link Loo#of}.
     *
     * @param logRatios log p(theta_s, y) - log q(theta_s), one for each draw
     * @param observations the log-likelihood of each observation at these draws; gone through once, in order
     * @param replications at these draws
     * @param seed of what is drawn where values have probabilities
     */
    public static LooPit of(double[] logRatios, Iterable<PointLikelihood> observations, Replications replications, long seed) {
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        int index = -1;
        for (PointLikelihood y : observations) {
            index++;
            if (y.observed().size() != 1) continue;
            double[] without = Loo.weightsWithout(logRatios, Loo.checked("LooPit", y, logRatios.length)).logWeights();
            double[] replicated = replications.of(index);
            double observed = y.observed().get(0);
            double below = 0;
            double equal = 0;
            double all = 0;
            for (int s = 0; s < without.length; s++) {
                if (Double.isNaN(replicated[s])) continue;
                double weight = StrictMath.exp(without[s]);
                all += weight;
                if (replicated[s] < observed) below += weight;
                else if (replicated[s] == observed) equal += weight;
            }
            names.add(y.name());
            values.add(all > 0 ? Math.min(1, (below + SplitMix.uniform(seed, index) * equal) / all) : Double.NaN);
        }
        return new LooPit(names, values);
    }
}
