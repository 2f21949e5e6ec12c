package org.fluvia.autodiff;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Independent standard normal values, a function of (seed, step, draw, element) alone: the same whichever thread asks, in
 * whatever order and however many draws at a time.
 *
 * <p>Every block of 8 draws has a SplitMix64 generator of its own (Steele, Lea, Flood 2014), keyed by a hash of seed, step
 * and block; normal values are made by the modified ziggurat method (McFarland 2016).
 */
public final class NormalNoise implements DrawSource {
    private static final int BLOCK = 8;
    private static final ThreadLocal<Sampler> SAMPLER = ThreadLocal.withInitial(Sampler::new);

    private final long seed;
    private long step;

    private NormalNoise(long seed) {
        this.seed = seed;
    }

    /** The noise of a seed, at step 0. */
    public static NormalNoise of(long seed) {
        return new NormalNoise(seed);
    }

    /** Goes to a step; not while a replay is under way. */
    public NormalNoise step(long step) {
        this.step = step;
        return this;
    }

    @Override
    public void fill(int first, int count, int elements, double[] x, int offset, int stride) {
        Sampler sampler = SAMPLER.get();
        for (int block = first / BLOCK; block * BLOCK < first + count; block++) {
            sampler.random.state = mix(mix(mix(seed) + step) + block);
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

    private static long mix(long z) {
        z = (z + 0x9E3779B97F4A7C15L ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static final class Sampler {
        final SplitMix random = new SplitMix();
        final SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
    }

    private static final class SplitMix implements UniformRandomProvider {
        long state;

        @Override
        public long nextLong() {
            long z = state += 0x9E3779B97F4A7C15L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            return z ^ z >>> 31;
        }
    }
}
