package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LargestTest {

    @Test
    void agreesWithSortingForEveryRankWithAndWithoutTies() {
        SplittableRandom random = new SplittableRandom(1);
        for (int size : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 101}) {
            for (int kinds : new int[] {1, 3, 1000}) {
                double[] x = random.ints(size, 0, kinds).asDoubleStream().toArray();
                x[size / 2] = Double.NEGATIVE_INFINITY;
                double[] before = x.clone();
                double[] sorted = x.clone();
                Arrays.sort(sorted);
                for (int n = 1; n <= size; n++) {
                    assertEquals(sorted[size - n], Largest.nth(x, n), size + ", " + kinds + ", " + n);
                }
                assertEquals(0, Arrays.compare(before, x));
            }
        }
    }
}
