package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against ArviZ 0.23.4: rhat, ess of method bulk, tail, mean, and the smaller of quantile 0.01 and 0.99. */
class ConvergenceTest {

    /** Autoregressive chains of a linear congruential generator: all chains at the first iteration, then at the next. */
    private static double[] chains(int chains, int iterations, double memory, double shift, boolean hasTies) {
        double[] x = new double[chains * iterations];
        long s = 12345;
        for (int c = 0; c < chains; c++) {
            double v = 0;
            for (int t = 0; t < iterations; t++) {
                s = (s * 1103515245 + 12345) % 2147483648L;
                v = memory * v + s / 2147483648.0 - 0.5;
                double y = v + (c == 0 ? shift : 0);
                x[t * chains + c] = hasTies ? Math.rint(y * 4) / 4 : y;
            }
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"4, 100, 0.7, 0, false, 1.0315095528630431, 68.90142658415017, 160.00956708921308, 70.17477679320949, 141.41824031535768",
        "4, 100, 0.7, 0.5, false, 1.1907876491583795, 16.899144602044558, 96.33645570228073, 16.56405206553205, 204.78848611204518",
        "8, 50, 0.95, 0, false, 1.3910085242493795, 18.929916998138992, 76.63369763448303, 18.332881583641292, 134.45831927100903",
        "4, 100, 0.5, 0, true, 1.017016117755173, 117.23350660659659, 194.47369516024227, 119.15087349278645, 222.62049660607107",
        "4, 60, -0.6, 0, false, 1.0198196853125678, 571.2506980107854, 274.64183945478186, 571.2506980107854, 261.45420358850237"})
    void isThatOfArviz(int chains, int iterations, double memory, double shift, boolean hasTies, double rhat, double bulk, double tail, double mean,
            double farTail) {
        double[] x = chains(chains, iterations, memory, shift, hasTies);
        Convergence.OfChains of = new Convergence.OfChains(chains, iterations, 1);
        Convergence c = of.of(x, 0);
        assertEquals(rhat, c.rhat(), 1e-9 * rhat);
        assertEquals(bulk, c.bulkEss(), 1e-8 * bulk);
        assertEquals(tail, c.tailEss(), 1e-8 * tail);
        assertEquals(farTail, c.farTailEss(), 1e-8 * farTail);
        assertEquals(mean, of.ess(x), 1e-8 * mean);
    }

    @Test
    void doesNotDependOnScaleAndOffset() {
        double[] x = chains(4, 100, 0.7, 0.5, false);
        Convergence.OfChains of = new Convergence.OfChains(4, 100, 1);
        double[] moved = Arrays.stream(x).map(v -> 8e200 * v).toArray();
        assertEquals(of.of(x, 0), of.of(moved, 0));
    }

    @Test
    void aConstantAgreesAndStuckChainsDoNot() {
        Convergence.OfChains of = new Convergence.OfChains(4, 10, 1);
        assertEquals(new Convergence(1, 40, 40, 40), of.of(new double[40], 0));
        double[] stuck = new double[40];
        for (int k = 0; k < 40; k++) stuck[k] = k % 4;
        assertEquals(Double.POSITIVE_INFINITY, of.of(stuck, 0).rhat());
    }

    /** Against the formula of Margossian et al. 2024, section 2, on normal scores, in NumPy and SciPy. */
    @ParameterizedTest
    @CsvSource({"16, 4, 20, 0.7, 0, 1.0081667886906998",
        "16, 4, 20, 0.7, 1.5, 1.0296644661769623",
        "32, 8, 12, 0.95, 0, 1.0085809490792106"})
    void nestedComparesSuperchains(int chains, int together, int iterations, double memory, double shift, double rhat) {
        double[] x = chains(chains, iterations, memory, shift, false);
        assertEquals(rhat, new Convergence.OfChains(chains, iterations, together).of(x, 0).rhat(), 1e-9 * rhat);
    }

    @Test
    void tooFewAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Convergence.OfChains(1, 100, 1));
        assertThrows(IllegalArgumentException.class, () -> new Convergence.OfChains(8, 100, 8));
        assertThrows(IllegalArgumentException.class, () -> new Convergence.OfChains(8, 100, 3));
        assertThrows(IllegalArgumentException.class, () -> new Convergence.OfChains(4, 5, 1));
    }
}
