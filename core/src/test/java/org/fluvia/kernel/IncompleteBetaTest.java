package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;

/** The incomplete beta function, against mpmath (incomplete_beta.txt, made by incomplete_beta.py) and Commons Numbers. */
class IncompleteBetaTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static double value(TernaryOp op, double a, double b, double w) {
        double[] z = new double[1];
        KernelProvider.kernels().ternary(op, new double[] {a}, 0, 0, new double[] {b}, 0, 0, new double[] {w}, 0, 0, z, 0, 1);
        return z[0];
    }

    @Test
    void theLogarithmAndItsDerivativesAreAccurateInTheMiddleAndFarOut() {
        List<double[]> rows = Reference.read("incomplete_beta.txt");
        assertTrue(rows.size() > 500);
        for (double[] row : rows) {
            for (TernaryOp op : TernaryOp.values()) {
                double expected = row[3 + op.ordinal()];
                double actual = value(op, row[0], row[1], row[2]);
                assertTrue(Reference.error(expected, actual) < 4e-13, op + " of " + row[0] + ", " + row[1] + ", " + row[2] + " must be "
                        + expected + ", but was " + actual);
            }
        }
    }

    @Test
    void agreesWithCommonsNumbers() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3000; i++) {
            double a = Math.pow(10, 4 * random.nextDouble() - 1);
            double b = Math.pow(10, 4 * random.nextDouble() - 1);
            double x = 1 / (1 + b / a * Math.exp(4 * random.nextDouble() - 2));
            double expected = RegularizedBeta.value(x, a, b);
            double w = x / (1 - x);
            assertEquals(expected, Math.exp(value(TernaryOp.LOG_INC_BETA, a, b, w)), 1e-11 * expected + 1e-300, a + ", " + b + ", " + x);
        }
    }

    @Test
    void edgesAreLimits() {
        for (double a : new double[] {1e-300, 0.5, 1, 30, 1e300}) {
            for (double b : new double[] {1e-300, 0.5, 1, 30, 1e300}) {
                assertEquals(-INF, value(TernaryOp.LOG_INC_BETA, a, b, 0));
                assertEquals(0, value(TernaryOp.LOG_INC_BETA, a, b, INF));
                assertEquals(0, value(TernaryOp.INC_BETA_SLOPE_B, a, b, INF));
                assertEquals(INF, value(TernaryOp.INC_BETA_HAZARD, a, b, 0));
                assertEquals(0, value(TernaryOp.INC_BETA_HAZARD, a, b, INF));
            }
        }
        double[][] outside = {{0, 1, 1}, {1, -1, 1}, {INF, 1, 1}, {1, INF, 1}, {Double.NaN, 1, 1}, {1, 1, -1e-300}, {1, 1, Double.NaN}};
        for (TernaryOp op : TernaryOp.values()) {
            for (double[] p : outside) assertTrue(Double.isNaN(value(op, p[0], p[1], p[2])), op + " of " + p[0] + ", " + p[1] + ", " + p[2]);
        }
    }

    /** A number for any three, in time: iterations are bounded. */
    @Test
    void anyNumbersGiveANumber() {
        double[] all = {1e-100, 1e-20, 1e-5, 0.1, 0.999, 1, 1.001, 3, 19.9, 20, 50, 1e3, 1e8, 1e16, 1e100, 1e150};
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (double a : all) {
                for (double b : all) {
                    for (double w : all) {
                        String at = a + ", " + b + ", " + w;
                        for (TernaryOp op : TernaryOp.values()) assertTrue(!Double.isNaN(value(op, a, b, w)), op + " of " + at);
                        double below = value(TernaryOp.LOG_INC_BETA, a, b, w);
                        double above = value(TernaryOp.LOG_INC_BETA, b, a, 1 / w);
                        assertTrue(below <= 1e-14 && above <= 1e-14, at + ": " + below + ", " + above);
                        // what rounding 1 / w costs grows with the root of the smaller shape
                        assertEquals(1, Math.exp(below) + Math.exp(above), 1e-13 + 1e-16 * Math.sqrt(Math.min(a, b)), at);
                    }
                }
            }
        });
    }
}
