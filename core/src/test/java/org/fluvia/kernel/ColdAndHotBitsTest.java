package org.fluvia.kernel;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first call gives the bits that the compiled loop gives. Other tests may have warmed a loop up; the order is chance. */
class ColdAndHotBitsTest {
    private static final int N = 27;
    private static final int CALLS = 20_000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"LGAMMA", "DIGAMMA", "TRIGAMMA"})
    void unary(UnaryOp op) {
        double[] x = Numbers.PLAIN.draw(new SplittableRandom(5), N);
        for (Kernels kernels : Implementations.all()) {
            double[] first = new double[N];
            double[] last = new double[N];
            kernels.unary(op, x, 0, first, 0, N);
            for (int call = 0; call < CALLS; call++) {
                kernels.unary(op, x, 0, last, 0, N);
            }
            Bits.assertSame(first, last, kernels.describe() + ": " + op);
        }
    }

    @org.junit.jupiter.api.Test
    void sumsAndProducts() {
        double[] x = Numbers.PLAIN.draw(new SplittableRandom(6), 5 * N);
        double[] y = Numbers.PLAIN.draw(new SplittableRandom(7), 5 * N);
        for (Kernels kernels : Implementations.all()) {
            double[] first = results(kernels, x, y, new double[3 + 4 * N]);
            double[] last = new double[3 + 4 * N];
            for (int call = 0; call < CALLS; call++) {
                results(kernels, x, y, last);
            }
            Bits.assertSame(first, last, kernels.describe());
        }
    }

    private static double[] results(Kernels kernels, double[] x, double[] y, double[] out) {
        out[0] = kernels.sum(x, 0, N);
        out[1] = kernels.dot(x, 0, y, 0, N);
        out[2] = kernels.logSumExp(x, 0, N);
        kernels.sumRows(x, 0, 5, N, out, 3);
        kernels.dotRows(x, 0, y, 0, 5, N, out, 3 + N);
        kernels.logSumExpRows(x, 0, 5, N, out, 3 + 2 * N);
        kernels.gemm(false, false, 1, N, 5, x, 0, 5, y, 0, N, false, out, 3 + 3 * N, N);
        return out;
    }
}
