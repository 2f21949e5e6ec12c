package demos;

import java.util.Arrays;

/**
 * What a learned distribution q falls short of the truth p by: the Kullback-Leibler divergence E_p (log p - log q), in nats, from points of p.
 *
 * @param standardError of the mean
 */
public record Shortfall(double mean, double standardError) {

    /** From both log-densities at points that q was not learned from. */
    static Shortfall of(double[] logP, double[] logQ) {
        double[] gap = new double[logP.length];
        for (int j = 0; j < gap.length; j++) gap[j] = logP[j] - logQ[j];
        double mean = Arrays.stream(gap).sum() / gap.length;
        double variance = Arrays.stream(gap).map(g -> (g - mean) * (g - mean)).sum() / (gap.length - 1);
        return new Shortfall(mean, Math.sqrt(variance / gap.length));
    }

    @Override
    public String toString() {
        return String.format("%.3f +- %.3f nats short of the truth", mean, standardError);
    }
}
