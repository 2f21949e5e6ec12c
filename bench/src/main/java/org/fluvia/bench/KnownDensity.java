package org.fluvia.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Distributions of tabular data whose log-density is known exactly, so that what is learned of them can be held against the truth. They are
 * made from the seed 1; draws are made from seeds of their own.
 */
public interface KnownDensity {
    /** The number of columns. */
    int dimension();

    /** A row made of the random numbers, written to x; answers its log-density in nats. */
    double draw(SplittableRandom random, double[] x);

    /** Rows, one after the other, and the log-density of each. */
    record Drawn(double[] rows, double[] logDensity) {}

    /** n rows; the same for the same seed. */
    default Drawn draw(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rows = new double[n * dimension()];
        double[] logDensity = new double[n];
        double[] x = new double[dimension()];
        for (int i = 0; i < n; i++) {
            logDensity[i] = draw(random, x);
            System.arraycopy(x, 0, rows, i * x.length, x.length);
        }
        return new Drawn(rows, logDensity);
    }

    /** Columns by turns gamma (2), Student's t (5), log-normal (0.5) and beta (2, 3), joined by a Gaussian copula of correlations up to about 0.9. */
    static KnownDensity copula(int dimension) {
        ContinuousDistribution[] kinds = {GammaDistribution.of(2, 1), TDistribution.of(5), LogNormalDistribution.of(0, 0.5), BetaDistribution.of(2, 3)};
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double[][] lower = correlated(dimension, new SplittableRandom(1));
        return of(dimension, (random, x) -> {
            double logDensity = 0;
            double[] noise = normals(random, dimension);
            for (int i = 0; i < dimension; i++) {
                double z = 0;
                for (int k = 0; k <= i; k++) z += lower[i][k] * noise[k];
                logDensity += normal.logDensity(noise[i]) - StrictMath.log(lower[i][i]) - normal.logDensity(z);
                ContinuousDistribution margin = kinds[i % kinds.length];
                x[i] = z < 0 ? margin.inverseCumulativeProbability(normal.cumulativeProbability(z))
                        : margin.inverseSurvivalProbability(normal.survivalProbability(z));
                logDensity += margin.logDensity(x[i]);
            }
            return logDensity;
        });
    }

    /** Normal distributions with means of size 2 and covariances of their own, of weights 1 : 2 : ... : components. */
    static KnownDensity mixture(int dimension, int components) {
        SplittableRandom fixed = new SplittableRandom(1);
        double[][] means = new double[components][];
        double[][][] lower = new double[components][][];
        double all = components * (components + 1) / 2.0;
        for (int c = 0; c < components; c++) {
            means[c] = normals(fixed, dimension);
            for (int i = 0; i < dimension; i++) means[c][i] *= 2;
            lower[c] = correlated(dimension, fixed);
        }
        return of(dimension, (random, x) -> {
            double u = random.nextDouble() * all;
            int chosen = 0;
            while (chosen < components - 1 && u >= chosen + 1) u -= ++chosen;
            double[] noise = normals(random, dimension);
            for (int i = 0; i < dimension; i++) {
                x[i] = means[chosen][i];
                for (int k = 0; k <= i; k++) x[i] += lower[chosen][i][k] * noise[k];
            }
            double[] terms = new double[components];
            for (int c = 0; c < components; c++) terms[c] = StrictMath.log((c + 1) / all) + logNormal(x, means[c], lower[c]);
            double most = Arrays.stream(terms).max().getAsDouble();
            return most + StrictMath.log(Arrays.stream(terms).map(t -> StrictMath.exp(t - most)).sum());
        });
    }

    /** Each column normal, with a mean and a scale that are waves and slopes of the three columns before it. */
    static KnownDensity nonlinearSeries(int dimension) {
        return of(dimension, (random, x) -> {
            double logDensity = 0;
            for (int i = 0; i < dimension; i++) {
                double a = i > 0 ? x[i - 1] : 0;
                double b = i > 1 ? x[i - 2] : 0;
                double c = i > 2 ? x[i - 3] : 0;
                double mean = 1.5 * StrictMath.sin(2 * a) + 0.5 * a * StrictMath.tanh(b) - 0.3 * c;
                double logScale = 0.7 * StrictMath.tanh(a - b) - 1;
                double z = random.nextGaussian();
                x[i] = mean + StrictMath.exp(logScale) * z;
                logDensity -= 0.5 * (z * z + StrictMath.log(2 * Math.PI)) + logScale;
            }
            return logDensity;
        });
    }

    /** Writes a row and answers its log-density. */
    @FunctionalInterface
    interface Row {
        double draw(SplittableRandom random, double[] x);
    }

    private static KnownDensity of(int dimension, Row row) {
        return new KnownDensity() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public double draw(SplittableRandom random, double[] x) {
                return row.draw(random, x);
            }
        };
    }

    private static double[] normals(SplittableRandom random, int n) {
        double[] z = new double[n];
        for (int i = 0; i < n; i++) z[i] = random.nextGaussian();
        return z;
    }

    /** The lower Cholesky factor of a correlation matrix: rows of length 1. */
    private static double[][] correlated(int n, SplittableRandom random) {
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++) {
            lower[i] = normals(random, i + 1);
            // the more columns before it, the smaller each one's part, so that none is left without a part of its own
            for (int k = 0; k < i; k++) lower[i][k] /= Math.sqrt(i);
            lower[i][i] = 0.5 + Math.abs(lower[i][i]);
            double length = Math.sqrt(Arrays.stream(lower[i]).map(v -> v * v).sum());
            for (int k = 0; k <= i; k++) lower[i][k] /= length;
        }
        return lower;
    }

    private static double logNormal(double[] x, double[] mean, double[][] lower) {
        double logDensity = 0;
        double[] z = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double rest = x[i] - mean[i];
            for (int k = 0; k < i; k++) rest -= lower[i][k] * z[k];
            z[i] = rest / lower[i][i];
            logDensity -= 0.5 * (z[i] * z[i] + StrictMath.log(2 * Math.PI)) + StrictMath.log(lower[i][i]);
        }
        return logDensity;
    }
}
