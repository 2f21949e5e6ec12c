package org.fluvia.autodiff;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.ejml.data.DMatrixRMaj;

/**
 * Independent standard normal values, a function of (seed, step, draw, element) alone: the same whichever thread asks, in
 * whatever order and however many draws at a time.
 *
 * <p>Immutable and thread-safe. Every block of 8 draws has the numbers of a seed of its own ({@link SplitMix}), one for each seed, step
 * and block; normal values are made by the modified ziggurat method (McFarland 2016).
 */
public final class NormalNoise implements DrawSource {
    private static final int BLOCK = 8;
    private static final ThreadLocal<Sampler> SAMPLER = ThreadLocal.withInitial(Sampler::new);

    private final long seed;
    private final long step;

    private NormalNoise(long seed, long step) {
        this.seed = seed;
        this.step = step;
    }

    /** The noise of a seed, at step 0. */
    public static NormalNoise of(long seed) {
        return new NormalNoise(seed, 0);
    }

    /** The noise of the same seed at a step. */
    public NormalNoise step(long step) {
        return new NormalNoise(seed, step);
    }

    /** The noise of one element in the first n draws: a new array. */
    public double[] values(int n) {
        double[] z = new double[n];
        fill(0, n, 1, z, 0, n);
        return z;
    }

    /** The noise of the first draws: a new matrix, elements x draws. */
    public DMatrixRMaj matrix(int elements, int draws) {
        DMatrixRMaj e = new DMatrixRMaj(elements, draws);
        fill(0, draws, elements, e.data, 0, draws);
        return e;
    }

    @Override
    public void fill(int first, int count, int elements, double[] x, int offset, int stride) {
        Sampler sampler = SAMPLER.get();
        for (int block = first / BLOCK; block * BLOCK < first + count; block++) {
            sampler.random.restart(SplitMix.at(SplitMix.at(seed, step), block));
            int from = Math.max(first, block * BLOCK);
            int to = Math.min(first + count, block * BLOCK + BLOCK);
            for (int i = 0; i < elements; i++) {
                for (int draw = block * BLOCK; draw < block * BLOCK + BLOCK; draw++) {
                    double z = sampler.normal.sample();
                    if (draw >= from && draw < to) x[offset + i * stride + draw - first] = z;
                }
            }
        }
    }

    private static final class Sampler {
        final Numbers random = new Numbers();
        final SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
    }

    private static final class Numbers implements UniformRandomProvider {
        private long seed;
        private long next;

        void restart(long from) {
            seed = from;
            next = 0;
        }

        @Override
        public long nextLong() {
            return SplitMix.at(seed, next++);
        }
    }
}
