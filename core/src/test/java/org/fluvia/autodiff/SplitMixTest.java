package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    /** The JDK's SplittableRandom is SplitMix64 with the same gamma and the same mixing. */
    @Test
    void numbersAreThoseOfTheJdk() {
        for (long seed : new long[] {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE}) {
            SplittableRandom jdk = new SplittableRandom(seed);
            for (int i = 0; i < 1000; i++) assertEquals(jdk.nextLong(), SplitMix.at(seed, i));
        }
    }

    @Test
    void differentSeedsAndPlacesHaveDifferentNumbers() {
        int n = 1 << 20;
        assertEquals(n, Arrays.stream(numbers(n, i -> SplitMix.at(7, i - n / 2))).distinct().count());
        assertEquals(n, Arrays.stream(numbers(n, i -> SplitMix.at(i - n / 2, 3))).distinct().count());
        assertEquals(n, Arrays.stream(numbers(n, i -> SplitMix.at(i << 44, -1))).distinct().count());
    }

    private static long[] numbers(int n, java.util.function.LongUnaryOperator number) {
        return LongStream.range(0, n).map(number).toArray();
    }
}
