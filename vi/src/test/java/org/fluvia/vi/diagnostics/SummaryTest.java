package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    static List<String> references() {
        return PsisReference.lines("summaries.txt").stream().filter(line -> !line.startsWith("#")).toList();
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesWithFiftyDigitsAndNumpy(String line) {
        double[] x = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        int n = (int) x[0];
        double step = x[3];
        double offset = x[4];
        double[] draws = new double[n];
        for (int i = 0; i < n; i++) {
            draws[i] = offset + step * ((long) x[1] * i % (long) x[2]);
        }
        Summary summary = Summary.of(draws, 64);
        // A rounding of the mean is one of its last place; the sd must not suffer from the offset at all.
        assertEquals(x[5], summary.mean(), 2 * Math.ulp(x[5]));
        assertEquals(x[6], summary.sd(), 4 * Math.ulp(x[6]));
        assertEquals(summary.sd() / 8, summary.mcse());
        double[] quantiles = {summary.q05(), summary.q25(), summary.q50(), summary.q75(), summary.q95()};
        for (int i = 0; i < 5; i++) {
            assertEquals(x[7 + i], quantiles[i], 4 * Math.ulp(x[7 + i]), "quantile " + i);
        }
    }

    @Test
    void referencesCoverOffsetsAndExtremeUnits() {
        assertEquals(32, references().size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1e8 + 0.1, 1e300, -1.7e308, Double.MIN_VALUE})
    void constantDrawsHaveNoSpread(double value) {
        for (int n : new int[] {2, 3, 1021}) {
            double[] draws = new double[n];
            Arrays.fill(draws, value);
            assertEquals(new Summary(value, 0, 0, value, value, value, value, value, 0), Summary.of(draws, n));
        }
    }

    @Test
    void oneDrawSaysNothingAboutTheSpread() {
        assertEquals(new Summary(3.5, Double.NaN, Double.NaN, 3.5, 3.5, 3.5, 3.5, 3.5, 0), Summary.of(new double[] {3.5}, INFINITY));
    }

    @Test
    void mcseIsSafeForAnyEss() {
        double[] draws = {1, 2, 3};
        assertEquals(0, Summary.of(draws, INFINITY).mcse());
        assertEquals(INFINITY, Summary.of(draws, 0).mcse());
        assertEquals(INFINITY, Summary.of(new double[2], 0).mcse());
        assertEquals(1, Summary.of(draws, 1).mcse());
        assertEquals(0, Summary.of(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}, INFINITY).mcse());
    }

    @Test
    void drawsAtTheLimitsOfDoublesDoNotOverflow() {
        Summary summary = Summary.of(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}, 2);
        assertEquals(0, summary.mean());
        assertEquals(0, summary.q50());
        assertEquals(0.5 * Double.MAX_VALUE, summary.q75(), Math.ulp(Double.MAX_VALUE));
        // sqrt(2) MAX_VALUE is not a double: overflow is the right answer here, NaN would not be.
        assertEquals(INFINITY, summary.sd());
    }

    @Test
    void aRowOfAMatrixIsSummarisedAsThatRowAlone() {
        double[] matrix = {9, 9, 1, 4, 2, 3, 9};
        double[] before = matrix.clone();
        assertEquals(Summary.of(new double[] {1, 4, 2, 3}, 4), Summary.of(matrix, 2, 4, 4));
        assertArrayEquals(before, matrix);
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Summary.of(new double[0], 1));
        assertThrows(IllegalArgumentException.class, () -> Summary.of(new double[3], 2, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> Summary.of(new double[3], -1, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> Summary.of(new double[3], -1));
        assertThrows(IllegalArgumentException.class, () -> Summary.of(new double[3], Double.NaN));
    }

    @Test
    void drawsThatAreNotFiniteAreCountedAndLeftOut() {
        for (double broken : new double[] {Double.NaN, INFINITY, -INFINITY}) {
            Summary others = Summary.of(new double[] {1, 4, 2, 3}, 4);
            Summary s = Summary.of(new double[] {9, 1, broken, 4, 2, broken, 3, 9}, 1, 6, 6);
            assertEquals(new Summary(others.mean(), others.sd(), others.mcse(), others.q05(), others.q25(), others.q50(), others.q75(),
                    others.q95(), 2), s);
            Summary none = Summary.of(new double[] {broken, broken}, 2);
            assertEquals(2, none.notFinite());
            for (double x : new double[] {none.mean(), none.sd(), none.mcse(), none.q05(), none.q95()}) assertTrue(Double.isNaN(x));
            assertEquals(2, Summary.quantile(new double[] {broken, 1, 2, 3}, 0.5));
            assertTrue(Double.isNaN(Summary.quantile(new double[] {broken}, 0.5)));
        }
    }
}
