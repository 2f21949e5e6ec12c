package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** The kernels by the Vector API. Loaded by {@link KernelProvider} only after it knows that the module is there. */
final class VectorKernels implements Kernels {
    private static final int LANES = SPECIES.length();

    /** The vectors' width in bits; at most 512, since sums have 8 lanes. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public String describe() {
        return "vector, " + bits() + " bit (jdk.incubator.vector), JDK " + System.getProperty("java.version") + ", FMA";
    }

    @Override
    public void unary(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        VectorUnary.apply(op, x, xOff, y, yOff, n);
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        VectorArrayArray.apply(op, x, xOff, y, yOff, z, zOff, n);
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        VectorArrayNumber.apply(op, x, xOff, y, z, zOff, n);
    }

    @Override
    public void binary(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        VectorNumberArray.apply(op, x, y, yOff, z, zOff, n);
    }

    @Override
    public void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).fma(load(y, yOff + i), load(z, zOff + i)).intoArray(z, zOff + i);
        }
        for (; i < n; i++) {
            z[zOff + i] = Math.fma(x[xOff + i], y[yOff + i], z[zOff + i]);
        }
    }

    @Override
    public void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, alpha);
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            factor.fma(load(x, xOff + i), load(y, yOff + i)).intoArray(y, yOff + i);
        }
        for (; i < n; i++) {
            y[yOff + i] = Math.fma(alpha, x[xOff + i], y[yOff + i]);
        }
    }

    @Override
    public void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int i = 0;
        for (int bound = SPECIES.loopBound(n); i < bound; i += LANES) {
            load(x, xOff + i).blend(load(y, yOff + i), load(condition, cOff + i).compare(VectorOperators.EQ, 0))
                    .intoArray(z, zOff + i);
        }
        for (; i < n; i++) {
            z[zOff + i] = condition[cOff + i] == 0 ? y[yOff + i] : x[xOff + i];
        }
    }

    @Override
    public void fill(double value, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = value;
        }
    }

    @Override
    public double sum(double[] x, int xOff, int n) {
        return VectorSums.sum(x, xOff, n);
    }

    @Override
    public double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        return VectorSums.dot(x, xOff, y, yOff, n);
    }

    @Override
    public double logSumExp(double[] x, int xOff, int n) {
        return VectorSums.logSumExp(x, xOff, n);
    }

    @Override
    public void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        VectorRows.sumRows(x, xOff, rows, n, y, yOff);
    }

    @Override
    public void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        VectorRows.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
    }

    @Override
    public void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        VectorRows.logSumExpRows(x, xOff, rows, n, y, yOff);
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        VectorGemm.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }
}
