package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final Samples TEN = Samples.of(IntStream.range(0, 10).mapToObj(i -> new double[] {i}).toArray(double[][]::new));

    @Test
    void eachRowComesOnceInAPass() {
        int[] rows = {1, 2, 4, 7, 8, 9};
        Batches batches = new Batches(TEN, rows.clone(), 4, 5);
        double[] seen = new double[12];
        for (int i = 0; i < 3; i++) {
            batches.next();
            batches.values().fill(0, 4, 1, seen, 4 * i, 4);
        }
        for (int pass = 0; pass < 2; pass++) {
            double[] sorted = IntStream.range(6 * pass, 6 * pass + 6).mapToDouble(i -> seen[i]).sorted().toArray();
            for (int i = 0; i < 6; i++) assertEquals(rows[i], sorted[i]);
        }
    }

    @Test
    void aBatchHasAtMostAllRows() {
        for (int size : new int[] {0, 3}) {
            String message = assertThrows(IllegalArgumentException.class, () -> new Batches(TEN, new int[] {0, 1}, size, 1)).getMessage();
            assertEquals("Batches: size must be from 1 to the number of rows, 2, but was " + size, message);
        }
    }
}
