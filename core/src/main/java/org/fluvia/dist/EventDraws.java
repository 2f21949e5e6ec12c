package org.fluvia.dist;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Samplers of vectors. */
final class EventDraws {
    private EventDraws() {}

    /** Category by category, each binomial given those before. */
    static double[] multinomial(RandomGenerator random, double trials, double[] prob) {
        double[] x = new double[prob.length];
        double[] from = new double[prob.length + 1]; // exactly the probability itself where no other follows
        for (int i = prob.length - 1; i >= 0; i--) from[i] = from[i + 1] + prob[i];
        double left = trials;
        for (int i = 0; i < x.length && left > 0 && from[i] > 0; i++) {
            x[i] = Draws.binomial(random, left, prob[i] / from[i]);
            left -= x[i];
        }
        return x;
    }

    static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElse(0);
        double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) sum += p[i] = StrictMath.exp(logits[i] - largest);
        for (int i = 0; i < p.length; i++) p[i] /= sum;
        return p;
    }

    /** Gamma numbers over their sum, on the log scale: those of a small alpha are too small for a double. */
    static double[] dirichlet(RandomGenerator random, double[] alpha, int size) {
        double[] logs = new double[size];
        for (int i = 0; i < size; i++) {
            double a = Multivariate.element(alpha, i);
            logs[i] = StrictMath.log(Draws.gamma(random, a + 1)) - Draws.exponential(random) / a; // U^(1/a) of gamma(a + 1)
        }
        return softmax(logs);
    }
}
