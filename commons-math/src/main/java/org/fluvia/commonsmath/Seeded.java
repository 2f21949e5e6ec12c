package org.fluvia.commonsmath;

import org.apache.commons.math3.distribution.MultivariateRealDistribution;
import org.apache.commons.math3.exception.DimensionMismatchException;
import org.apache.commons.math3.exception.NotStrictlyPositiveException;
import org.apache.commons.math3.exception.util.LocalizedFormats;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;

/** A distribution whose draws have a seed: each call has one of its own, made of that and of how many calls there were. */
abstract class Seeded implements MultivariateRealDistribution {
    private final int dimension;
    private long seed = 1;
    private int calls;

    Seeded(int dimension) {
        this.dimension = dimension;
    }

    /** Of a point of this dimension. */
    abstract double logDensity(double[] x);

    /** The first draws of a seed: dimension or more rows x n. */
    abstract DMatrixRMaj first(int n, long seed);

    @Override
    public final double density(double[] x) {
        if (x.length != dimension) throw new DimensionMismatchException(x.length, dimension);
        return Math.exp(logDensity(x));
    }

    @Override
    public final int getDimension() {
        return dimension;
    }

    @Override
    public final synchronized void reseedRandomGenerator(long seed) {
        this.seed = seed;
        calls = 0;
    }

    @Override
    public final double[] sample() {
        return sample(1)[0];
    }

    @Override
    public final double[][] sample(int n) {
        if (n <= 0) throw new NotStrictlyPositiveException(LocalizedFormats.NUMBER_OF_SAMPLES, n);
        long own = nextSeed();
        DMatrixRMaj draws = first(n, own);
        double[][] all = new double[n][dimension];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < dimension; i++) all[j][i] = draws.get(i, j);
        }
        return all;
    }

    private synchronized long nextSeed() {
        return SplitMix.at(seed, calls++);
    }
}
