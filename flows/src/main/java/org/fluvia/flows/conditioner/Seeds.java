package org.fluvia.flows.conditioner;

import org.fluvia.autodiff.NormalNoise;

/** Random numbers for initial weights: functions of the seed alone. */
final class Seeds {
    private Seeds() {}

    /** n independent standard normal values. */
    static double[] normal(long seed, int n) {
        double[] z = new double[n];
        NormalNoise.of(seed).fill(0, n, 1, z, 0, n);
        return z;
    }
}
