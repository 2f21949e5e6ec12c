package org.fluvia.autodiff;

/**
 * The numbers of SplitMix64 (Steele, Lea and Flood 2014, figure 17): number i of a seed s is mix(s + (i + 1) gamma), where mix is
 * a bijection of the 64-bit integers. So one seed has different numbers at different places, and different seeds have different
 * numbers at the same place.
 */
public final class SplitMix {
    /** 2^64 divided by the golden ratio, made odd. */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    /**
     * Number i of a seed: a random one, or a seed of its own for each of the things that a seed is for.
     *
     * @param i any, negative ones too
     */
    public static long at(long seed, long i) {
        long z = seed + (i + 1) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Number i of a seed as a uniform one: the middle of one of 2^53 equal parts of (0, 1). */
    public static double uniform(long seed, long i) {
        return ((at(seed, i) >>> 11) + 0.5) * 0x1p-53;
    }

    /** Brings numbers into an order that depends on the seed and on how many they are (Fisher and Yates). */
    public static void shuffle(int[] numbers, long seed) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int j = (int) ((at(seed, i) >>> 33) * (i + 1) >>> 31);
            int swapped = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = swapped;
        }
    }
}
