package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;

/** The incomplete gamma functions, against mpmath (incomplete_gamma.txt, made by incomplete_gamma.py) and Commons Numbers. */
class IncompleteGammaTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final BinaryOp[] OPS = {BinaryOp.LOG_GAMMA_P, BinaryOp.GAMMA_P_SLOPE, BinaryOp.GAMMA_P_HAZARD,
        BinaryOp.LOG_GAMMA_Q, BinaryOp.GAMMA_Q_SLOPE, BinaryOp.GAMMA_Q_HAZARD};

    private static double value(BinaryOp op, double a, double x) {
        double[] z = new double[1];
        KernelProvider.kernels().binary(op, new double[] {a}, 0, new double[] {x}, 0, z, 0, 1);
        return z[0];
    }

    @Test
    void bothTailsAndTheirDerivativesAreAccurateInTheMiddleAndFarOut() {
        List<double[]> rows = Reference.read("incomplete_gamma.txt");
        assertTrue(rows.size() > 700);
        for (double[] row : rows) {
            for (int i = 0; i < OPS.length; i++) {
                double expected = i == 5 ? -row[2 + i] : row[2 + i];
                double actual = value(OPS[i], row[0], row[1]);
                double error = Reference.error(expected, actual);
                // a logarithm below -700 is one of a tail whose complement's derivative underflows on the way
                boolean underflows = i == 1 && row[5] < -700;
                assertTrue(error < 4e-13 || underflows, OPS[i] + " of " + row[0] + ", " + row[1] + " must be " + expected
                        + ", but was " + actual);
            }
        }
    }

    @Test
    void agreesWithCommonsNumbers() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3000; i++) {
            double a = Math.pow(10, 5 * random.nextDouble() - 2);
            double x = a * Math.pow(10, 0.6 * random.nextDouble() - 0.3);
            String at = a + ", " + x;
            double p = RegularizedGamma.P.value(a, x);
            double q = RegularizedGamma.Q.value(a, x);
            assertEquals(p, Math.exp(value(BinaryOp.LOG_GAMMA_P, a, x)), 3e-12 * p + 1e-300, at);
            assertEquals(q, Math.exp(value(BinaryOp.LOG_GAMMA_Q, a, x)), 3e-12 * q + 1e-300, at);
        }
    }

    @Test
    void edgesAreLimits() {
        for (double a : new double[] {1e-300, 0.5, 1, 9, 11, 1e300}) {
            assertEquals(-INF, value(BinaryOp.LOG_GAMMA_P, a, 0));
            assertEquals(0, value(BinaryOp.LOG_GAMMA_Q, a, 0));
            assertEquals(0, value(BinaryOp.LOG_GAMMA_P, a, INF));
            assertEquals(-INF, value(BinaryOp.LOG_GAMMA_Q, a, INF));
            assertEquals(0, value(BinaryOp.GAMMA_P_HAZARD, a, INF));
            assertEquals(1, value(BinaryOp.GAMMA_Q_HAZARD, a, INF));
            assertEquals(INF, value(BinaryOp.GAMMA_P_HAZARD, a, 0));
        }
        assertEquals(1, value(BinaryOp.GAMMA_Q_HAZARD, 1, 0), 1e-15);
        assertEquals(0, value(BinaryOp.GAMMA_Q_HAZARD, 1.5, 0));
        assertEquals(0, value(BinaryOp.GAMMA_Q_HAZARD, 20, 0));
        assertEquals(INF, value(BinaryOp.GAMMA_Q_HAZARD, 0.5, 0));
        double[][] outside = {{0, 1}, {-1, 1}, {INF, 1}, {Double.NaN, 1}, {1, -1e-300}, {1, Double.NaN}};
        for (BinaryOp op : OPS) {
            for (double[] p : outside) assertTrue(Double.isNaN(value(op, p[0], p[1])), op + " of " + p[0] + ", " + p[1]);
        }
    }

    /** A number for any two, in time: iterations are bounded. */
    @Test
    void anyNumbersGiveANumber() {
        double[] all = {1e-300, 1e-100, 1e-20, 1e-5, 0.1, 0.999, 1, 1.001, 3, 9.9, 10, 50, 1e3, 1e8, 1e15, 1e16, 1e100,
            1e300};
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (double a : all) {
                for (double x : all) {
                    for (BinaryOp op : OPS) assertTrue(!Double.isNaN(value(op, a, x)), op + " of " + a + ", " + x);
                    double p = value(BinaryOp.LOG_GAMMA_P, a, x);
                    double q = value(BinaryOp.LOG_GAMMA_Q, a, x);
                    assertTrue(p <= 0 && q <= 0, a + ", " + x + ": " + p + ", " + q);
                    assertEquals(1, Math.exp(p) + Math.exp(q), 1e-13, a + ", " + x);
                }
            }
        });
    }
}
