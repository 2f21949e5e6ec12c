package org.fluvia.kernel.scalar;

import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.TernaryOp;
import org.fluvia.kernel.UnaryOp;

/** The kernels in plain Java: the fallback, and the twin that tells what {@code VectorKernels} must give. */
public final class ScalarKernels implements Kernels {
    private final String description;

    /** @param reason why there are no vectors, for people */
    public ScalarKernels(String reason) {
        description = "scalar: " + reason;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void unary(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        ScalarUnary.apply(op, x, xOff, y, yOff, n);
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        ScalarArrayArray.apply(op, x, xOff, y, yOff, z, zOff, n);
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        ScalarArrayNumber.apply(op, x, xOff, y, z, zOff, n);
    }

    @Override
    public void binary(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        ScalarNumberArray.apply(op, x, y, yOff, z, zOff, n);
    }

    @Override
    public void ternary(TernaryOp op, double[] x, int xOff, int xStep, double[] y, int yOff, int yStep, double[] z, int zOff, int zStep,
                        double[] out, int outOff, int n) {
        ScalarTernary.apply(op, x, xOff, xStep, y, yOff, yStep, z, zOff, zStep, out, outOff, n);
    }

    @Override
    public void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        ScalarUpdates.addProduct(x, xOff, y, yOff, z, zOff, n);
    }

    @Override
    public void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        ScalarUpdates.axpy(alpha, x, xOff, y, yOff, n);
    }

    @Override
    public void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff,
                      int n) {
        ScalarUpdates.where(condition, cOff, x, xOff, y, yOff, z, zOff, n);
    }

    @Override
    public void fill(double value, double[] y, int yOff, int n) {
        ScalarUpdates.fill(value, y, yOff, n);
    }

    @Override
    public double sum(double[] x, int xOff, int n) {
        return ScalarSums.sum(x, xOff, n);
    }

    @Override
    public double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        return ScalarSums.dot(x, xOff, y, yOff, n);
    }

    @Override
    public double logSumExp(double[] x, int xOff, int n) {
        return ScalarSums.logSumExp(x, xOff, n);
    }

    @Override
    public void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        ScalarRows.sumRows(x, xOff, rows, n, y, yOff);
    }

    @Override
    public void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        ScalarRows.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
    }

    @Override
    public void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        ScalarRows.logSumExpRows(x, xOff, rows, n, y, yOff);
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        ScalarGemm.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
    }

    @Override
    public void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                         double[] start, int sOff, double[] c, int cOff, int ldc) {
        ScalarGemm.gemmPlus(m, n, k, a, aOff, lda, b, bOff, ldb, start, sOff, c, cOff, ldc);
    }

    @Override
    public void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        ScalarMatrices.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow,
                cColumn);
    }
}
