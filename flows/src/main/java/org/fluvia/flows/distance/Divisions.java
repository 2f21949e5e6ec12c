package org.fluvia.flows.distance;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.SplitMix;

/** Ways to divide points at random into sets of given sizes. */
final class Divisions {
    private final BitSet[] first;

    /**
     * @param points how many there are
     * @param m how many are in the first set
     * @param count of the divisions
     */
    Divisions(int points, int m, int count, long seed) {
        first = new BitSet[count];
        for (int k = 0; k < count; k++) {
            int[] order = IntStream.range(0, points).toArray();
            SplitMix.shuffle(order, SplitMix.at(seed, k));
            first[k] = new BitSet(points);
            Arrays.stream(order, 0, m).forEach(first[k]::set);
        }
    }

    int count() {
        return first.length;
    }

    /** 1 for a point in the first set of a division, 0 for one in the second. */
    double at(int division, int point) {
        return first[division].get(point) ? 1 : 0;
    }

    /** All of them for each point. */
    DrawSource source() {
        return (begin, points, elements, x, offset, stride) -> {
            for (int k = 0; k < elements; k++) {
                for (int j = 0; j < points; j++) x[offset + k * stride + j] = at(k, begin + j);
            }
        };
    }
}
