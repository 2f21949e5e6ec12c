package org.fluvia.flows;

import org.fluvia.autodiff.NormalNoise;

/** Random numbers for initial weights and structure: functions of the seed alone. */
final class Seeds {
    private Seeds() {}

    /** A seed of its own for each of the things a seed is for: number i of SplitMix64's sequence (Steele, Lea, Flood 2014). */
    static long of(long seed, int i) {
        long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** n independent standard normal values. */
    static double[] normal(long seed, int n) {
        double[] z = new double[n];
        NormalNoise.of(seed).fill(0, n, 1, z, 0, n);
        return z;
    }
}
