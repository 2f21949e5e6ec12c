package org.fluvia.plots.axis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static final double[] ENDS = {0, -0.0, 4.9e-324, 1e-300, 1e-12, 0.1, 1, Math.nextUp(1.0), 3, 1e5, 123456.789, 1e9, 1e9 + 1, 1e15, 1e300};

    @Test
    void ofAnyRangeAreNiceNumbersWithinItThatCanBeToldApart() {
        int checked = 0;
        for (double one : ENDS) {
            for (double other : ENDS) {
                for (int signs = 0; signs < 4; signs++) {
                    double a = (signs & 1) == 0 ? one : -one;
                    double b = (signs & 2) == 0 ? other : -other;
                    Range range = new Range(Math.min(a, b), Math.max(a, b)).widened();
                    for (int wanted = 2; wanted <= 9; wanted++) check(range, wanted);
                    checked++;
                }
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(600) - 300);
            check(new Range(low, low + random.nextDouble() * Math.pow(10, random.nextInt(600) - 300)).widened(), 2 + random.nextInt(7));
        }
        assertEquals(4 * ENDS.length * ENDS.length, checked);
    }

    private static void check(Range range, int wanted) {
        Ticks ticks = Ticks.of(range, false, wanted);
        String of = range + ", " + wanted + ": " + ticks;
        int n = ticks.values().size();
        assertTrue(n >= 1 && n <= 2 * wanted + 1, of);
        for (int i = 0; i < n; i++) {
            double v = ticks.values().get(i);
            double slack = 8 * Math.ulp(v); // the rounded multiple is inside
            assertTrue(v >= range.low() - slack && v <= range.high() + slack, of);
            assertTrue(i == 0 || v > ticks.values().get(i - 1), of);
        }
        assertEquals(n, new HashSet<>(ticks.labels()).size(), "labels are all different: " + of);
        assertTrue(ticks.labels().stream().allMatch(l -> l.length() <= 9), "labels are short: " + of);
        for (int i = 1; i + 1 < n; i++) {
            double step = ticks.values().get(i) - ticks.values().get(i - 1);
            assertEquals(step, ticks.values().get(i + 1) - ticks.values().get(i), Math.abs(step) * 1e-3, "steps are equal: " + of);
        }
    }

    @Test
    void labelsHaveTheDigitsOfTheStep() {
        assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), Ticks.of(new Range(0, 1), false, 5).labels());
        assertEquals(List.of("−4", "−2", "0", "2", "4"), Ticks.of(new Range(-4, 4), false, 4).labels());
        assertEquals(List.of(0.1, 0.2, 0.3), Ticks.of(new Range(0.1, 0.3), false, 2).values().stream().toList());
    }

    @Test
    void largeAndSmallNumbersShareAPowerOfTen() {
        Ticks large = Ticks.of(new Range(0, 3e6), false, 3);
        assertEquals(List.of("0", "1", "2", "3"), large.labels());
        assertEquals("×10⁶", large.note());
        Ticks small = Ticks.of(new Range(0, 2e-5), false, 2);
        assertEquals(List.of("0", "1", "2"), small.labels());
        assertEquals("×10⁻⁵", small.note());
        assertEquals("", Ticks.of(new Range(0, 90_000), false, 3).note());
    }

    @Test
    void numbersThatBeginAlikeAreToldByTheirDifference() {
        Ticks ticks = Ticks.of(new Range(1e9, 1e9 + 2), false, 2);
        assertEquals(List.of("0", "1", "2"), ticks.labels());
        assertEquals("+1000000000", ticks.note());
    }

    @Test
    void aLogarithmicAxisHasPowersOfTen() {
        assertEquals(List.of("1", "10", "100", "1000"), named(new Range(1, 1000), 4));
        assertEquals(List.of("10⁻¹⁶⁷", "1", "10¹⁶⁷"), named(new Range(1e-250, 1e250), 3));
        assertEquals(List.of("1", "2", "3", "5"), named(new Range(1, 9), 4));
        assertEquals(List.of("1", "2", "5", "10", "20"), named(new Range(1, 40), 4));
        assertEquals(List.of("0.2", "0.5", "1", "2", "5"), named(new Range(0.2, 8), 4));
        assertEquals(List.of("1.0", "1.2", "1.4"), named(new Range(1, 1.5), 3));
        assertEquals(List.of("10⁵", "10⁶"), named(new Range(1e5, 1.5e6), 4).stream().filter(l -> l.startsWith("10")).toList());
    }

    private static List<String> named(Range range, int wanted) {
        return Ticks.of(range, true, wanted).labels().stream().filter(l -> !l.isEmpty()).toList();
    }

    @Test
    void ofAnyPositiveRangeALogarithmicAxisHasTicksWithinIt() {
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            double low = Math.pow(10, random.nextInt(580) - 290) * (1 + random.nextDouble());
            Range range = new Range(low, Math.min(1e300, low * Math.pow(10, random.nextDouble() * random.nextInt(300)) * 1.001)).widened();
            Ticks ticks = Ticks.of(range, true, 2 + random.nextInt(6));
            assertTrue(!ticks.values().isEmpty() && ticks.values().size() < 75, range + " " + ticks);
            assertTrue(ticks.values().stream().allMatch(v -> v >= range.low() && v <= range.high()), range + " " + ticks);
        }
    }

    @Test
    void whatHasNoRangeIsGivenOne() {
        assertEquals(new Range(0, 1), Range.of(false, Double.NaN, Double.POSITIVE_INFINITY).widened());
        assertEquals(new Range(-0.5, 0.5), new Range(0, 0).widened());
        assertEquals(new Range(4.5, 5.5), new Range(5, 5).widened());
        assertEquals(new Range(2, 3), Range.of(true, -1, 0, 2, 3, Double.NaN));
        assertEquals(new Range(-1, 3), Range.of(false, -1, 0, 2, 3, Double.NaN));
    }

    @Test
    void whatIsTooLargeForAnAxisIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Range(0, 1e308).widened()).getMessage();
        assertTrue(message.contains("at most 1.0E300") && message.contains("1.0E308"), message);
    }

    @Test
    void everyValueInARangeHasAPlaceOnItsScale() {
        for (double end : new double[] {1e300, 1e-300, 1, 1e9}) {
            Scale scale = new Scale(new Range(-end, end), false, 10, 20);
            assertEquals(15, scale.at(0), 1e-9);
            assertEquals(10, scale.at(-end), 1e-9);
            assertEquals(20, scale.at(end), 1e-9);
        }
        assertEquals(15, new Scale(new Range(1e-300, 1e300), true, 10, 20).at(1), 1e-9);
        assertTrue(Double.isNaN(new Scale(new Range(1, 10), true, 0, 1).at(0)));
        assertTrue(Double.isNaN(new Scale(new Range(1, 10), true, 0, 1).at(-1)));
        assertTrue(Double.isNaN(new Scale(new Range(0, 1), false, 0, 1).at(Double.NaN)));
        assertEquals(1000, new Scale(new Range(0, 1), false, 0, 10).at(1e300), 1e-9);
    }
}
