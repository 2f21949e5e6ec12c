package org.fluvia.dist;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.TSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Draws of standard random numbers. The results are a function of the generator's state. */
final class Draws {
    private static final double LARGEST_POISSON_MEAN = 1e8;
    /** A mean beyond, such as infinity, gives such counts. */
    private static final double LARGEST_COUNT = 1e300;
    private static final double SMALL_TRIALS = 24;

    private Draws() {}

    private static UniformRandomProvider bits(RandomGenerator random) {
        return random::nextLong;
    }

    static double normal(RandomGenerator random) {
        return ZigguratSampler.NormalizedGaussian.of(bits(random)).sample();
    }

    static double exponential(RandomGenerator random) {
        return ZigguratSampler.Exponential.of(bits(random)).sample();
    }

    /** Uniform on [0, 1). */
    static double uniform(RandomGenerator random) {
        return bits(random).nextDouble();
    }

    static double cauchy(RandomGenerator random) {
        return StrictMath.tan(Math.PI * (uniform(random) - 0.5));
    }

    /** With scale 1: the logit of a uniform number, which is moved off 0. */
    static double logistic(RandomGenerator random) {
        double u = uniform(random);
        return StrictMath.log((u + 0x1p-54) / (1 - u));
    }

    static double studentT(RandomGenerator random, double df) {
        return TSampler.of(bits(random), df).sample();
    }

    /** With scale 1; above 0, where a draw of a tiny shape would round to 0. */
    static double gamma(RandomGenerator random, double shape) {
        return Math.max(Double.MIN_VALUE, AhrensDieterMarsagliaTsangGammaSampler.of(bits(random), shape, 1).sample());
    }

    /** A draw of a positive continuous number that was rounded to 0 or infinity, moved inside. */
    static double above0(double x) {
        return Math.min(Math.max(x, Double.MIN_VALUE), Double.MAX_VALUE);
    }

    static double inverseLogit(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    static double beta(RandomGenerator random, double a, double b) {
        return ChengBetaSampler.of(bits(random), a, b).sample();
    }

    /**
     * A mean above what the sampler takes is reduced by a waiting time: of m events, the last happens at a time that is gamma
     * distributed, and what is left of the mean is Poisson again. With m = 7/8 of so large a mean, that time lies over a
     * thousand standard deviations before the end. Ahrens and Dieter 1974, algorithm PG.
     */
    static double poisson(RandomGenerator random, double mean) {
        double count = 0;
        double left = Math.min(mean, LARGEST_COUNT);
        while (left > LARGEST_POISSON_MEAN) {
            double m = Math.floor(left * 0.875);
            count += m;
            left -= gamma(random, m);
        }
        return left > 0 ? count + PoissonSampler.of(bits(random), left).sample() : count;
    }

    /**
     * Many trials are halved by the i-th smallest of n uniform numbers, which is beta distributed: if it is at most the
     * probability, i trials have succeeded, otherwise those above have failed. Devroye 1986, section X.4.
     */
    static double binomial(RandomGenerator random, double trials, double probability) {
        double count = 0;
        double n = trials;
        double p = probability;
        while (n > SMALL_TRIALS && p > 0 && p < 1) {
            double i = Math.floor(n / 2) + 1;
            double y = beta(random, i, n + 1 - i);
            if (y <= p) {
                count += i;
                n -= i;
                p = (p - y) / (1 - y);
            } else {
                n = i - 1;
                p /= y;
            }
        }
        if (p <= 0) return count;
        if (p >= 1) return count + n;
        for (double k = 0; k < n; k++) {
            if (uniform(random) < p) count++;
        }
        return count;
    }

    /** How many of some draws without replacement are of the first of two kinds: one draw after the other. */
    static double hypergeometric(RandomGenerator random, double draws, double first, double second) {
        double left = first;
        double all = first + second;
        for (double k = 0; k < draws && left > 0; k++) {
            if (uniform(random) * all < left) left--;
            all--;
        }
        return first - left;
    }

    /**
     * From -pi to pi, about 0: rejection from a wrapped Cauchy distribution. Best and Fisher 1979. It is normal, or uniform,
     * where the concentration is so large or small that their constants lose their digits.
     */
    static double vonMises(RandomGenerator random, double kappa) {
        if (kappa < 1e-8) return Math.PI * (2 * uniform(random) - 1);
        if (kappa > 1e8) return normal(random) / Math.sqrt(kappa);
        double tau = 1 + Math.sqrt(1 + 4 * kappa * kappa);
        double rho = (tau - Math.sqrt(2 * tau)) / (2 * kappa);
        double r = kappa < 1e-5 ? 1 / kappa + kappa : (1 + rho * rho) / (2 * rho);
        while (true) {
            double z = StrictMath.cos(Math.PI * uniform(random));
            double f = (1 + r * z) / (r + z);
            double c = kappa * (r - f);
            double u = uniform(random);
            if (c * (2 - c) > u || StrictMath.log(c / u) + 1 >= c) {
                double angle = StrictMath.acos(Math.max(-1, Math.min(1, f)));
                return random.nextBoolean() ? angle : -angle;
            }
        }
    }

    /** A category from 1, by its probabilities. */
    static double category(RandomGenerator random, double[] p) {
        double left = uniform(random);
        int last = 0; // of those with a probability, for what rounding leaves
        for (int k = 0; k < p.length; k++) {
            if (p[k] > 0) last = k;
            left -= p[k];
            if (left < 0 && p[k] > 0) return k + 1;
        }
        return last + 1;
    }
}
