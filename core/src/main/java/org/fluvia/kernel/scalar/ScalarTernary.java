package org.fluvia.kernel.scalar;

import org.fluvia.kernel.TernaryOp;

/** out[i] = op(x[i], y[i], z[i]); no function of three arguments has vectors. */
public final class ScalarTernary {
    private ScalarTernary() {}

    public static void apply(TernaryOp op, double[] x, int xOff, int xStep, double[] y, int yOff, int yStep, double[] z, int zOff, int zStep,
                             double[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = op.of(x[xOff + i * xStep], y[yOff + i * yStep], z[zOff + i * zStep]);
        }
    }
}
