package org.fluvia.flows;

import org.fluvia.flows.training.Score;

/**
 * Weighted log-densities, or bounds of them, of the rows that training does not learn from.
 *
 * @param logDensities not modified
 * @param weights of the rows; not modified
 * @param mean weighted
 */
public record HeldOut(double[] logDensities, double[] weights, double mean) implements Score<HeldOut> {

    /** As many weights as log-densities, none of them negative. */
    public static HeldOut of(double[] logDensities, double[] weights) {
        return new HeldOut(logDensities, weights, mean(logDensities, weights));
    }

    private static double mean(double[] x, double[] weights) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < x.length; i++) {
            sum += weights[i] * x[i];
            all += weights[i];
        }
        return sum / all;
    }

    private static double standardError(double[] x, double[] weights, double mean) {
        double squares = 0;
        double all = 0;
        for (int i = 0; i < x.length; i++) {
            squares += weights[i] * weights[i] * (x[i] - mean) * (x[i] - mean);
            all += weights[i];
        }
        return Math.sqrt(squares) / all;
    }

    LogLikelihood logLikelihood() {
        return new LogLikelihood(mean, standardError(logDensities, weights, mean), logDensities.length);
    }

    @Override
    public double value() {
        return mean;
    }

    @Override
    public double estimate() {
        return mean;
    }

    @Override
    public boolean isBeyond(HeldOut other, double errors) {
        if (!Double.isFinite(mean) || !Double.isFinite(other.mean)) return mean > other.mean;
        double[] gains = new double[logDensities.length];
        for (int i = 0; i < gains.length; i++) gains[i] = logDensities[i] - other.logDensities[i];
        double gain = mean(gains, weights);
        return gain > errors * standardError(gains, weights, gain);
    }

    /** There is always something to gain. */
    @Override
    public boolean isGoodEnough(double goodEnough) {
        return false;
    }
}
