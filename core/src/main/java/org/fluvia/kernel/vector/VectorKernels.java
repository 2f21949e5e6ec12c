package org.fluvia.kernel.vector;

import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.TernaryOp;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.scalar.ScalarArrayArray;
import org.fluvia.kernel.scalar.ScalarArrayNumber;
import org.fluvia.kernel.scalar.ScalarMatrices;
import org.fluvia.kernel.scalar.ScalarNumberArray;
import org.fluvia.kernel.scalar.ScalarRows;
import org.fluvia.kernel.scalar.ScalarSums;
import org.fluvia.kernel.scalar.ScalarTernary;
import org.fluvia.kernel.scalar.ScalarUnary;
import org.fluvia.kernel.scalar.ScalarUpdates;

/**
 * The kernels by the Vector API.
 * Loaded by {@code KernelProvider} only after it knows that the module is there.
 */
public final class VectorKernels implements Kernels {
    private static final int LANES = VectorLanes.SPECIES.length();
    /**
     * Comparison and blending of two lanes are not compiled on x86 (JDK 17 and 25: "not supported ... vlen=2"), each vector
     * would be an object. Loops with masks then stay scalar; with two lanes they had little to win.
     */
    private static final boolean MASKS = LANES > 2;

    /** The vectors' width in bits; at most 512, since sums have 8 lanes. */
    public static int bits() {
        return VectorLanes.SPECIES.vectorBitSize();
    }

    @Override
    public String describe() {
        return "vector, " + bits() + " bit (jdk.incubator.vector), JDK " + System.getProperty("java.version") + ", FMA";
    }

    @Override
    public void unary(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        if (n >= LANES && hasVectors(op)) {
            VectorUnary.apply(op, x, xOff, y, yOff, n);
        } else {
            ScalarUnary.apply(op, x, xOff, y, yOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (n >= LANES && hasVectors(op)) {
            VectorArrayArray.apply(op, x, xOff, y, yOff, z, zOff, n);
        } else {
            ScalarArrayArray.apply(op, x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        if (n >= LANES && hasVectors(op)) {
            VectorArrayNumber.apply(op, x, xOff, y, z, zOff, n);
        } else {
            ScalarArrayNumber.apply(op, x, xOff, y, z, zOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        if (n >= LANES && hasVectors(op)) {
            VectorNumberArray.apply(op, x, y, yOff, z, zOff, n);
        } else {
            ScalarNumberArray.apply(op, x, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void ternary(TernaryOp op, double[] x, int xOff, int xStep, double[] y, int yOff, int yStep, double[] z, int zOff, int zStep,
                        double[] out, int outOff, int n) {
        ScalarTernary.apply(op, x, xOff, xStep, y, yOff, yStep, z, zOff, zStep, out, outOff, n);
    }

    @Override
    public void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (n >= LANES) {
            VectorUpdates.addProduct(x, xOff, y, yOff, z, zOff, n);
        } else {
            ScalarUpdates.addProduct(x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        if (n >= LANES) {
            VectorUpdates.axpy(alpha, x, xOff, y, yOff, n);
        } else {
            ScalarUpdates.axpy(alpha, x, xOff, y, yOff, n);
        }
    }

    @Override
    public void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff,
                      int n) {
        if (MASKS && n >= LANES) {
            VectorUpdates.where(condition, cOff, x, xOff, y, yOff, z, zOff, n);
        } else {
            ScalarUpdates.where(condition, cOff, x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void fill(double value, double[] y, int yOff, int n) {
        ScalarUpdates.fill(value, y, yOff, n);
    }

    @Override
    public double sum(double[] x, int xOff, int n) {
        return n >= 8 ? VectorSums.sum(x, xOff, n) : ScalarSums.sum(x, xOff, n);
    }

    @Override
    public double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        return n >= 8 ? VectorSums.dot(x, xOff, y, yOff, n) : ScalarSums.dot(x, xOff, y, yOff, n);
    }

    @Override
    public double logSumExp(double[] x, int xOff, int n) {
        return MASKS && n >= 8 ? VectorSums.logSumExp(x, xOff, n) : ScalarSums.logSumExp(x, xOff, n);
    }

    @Override
    public void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        if (n >= LANES) {
            VectorRows.sumRows(x, xOff, rows, n, y, yOff);
        } else {
            ScalarRows.sumRows(x, xOff, rows, n, y, yOff);
        }
    }

    @Override
    public void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        if (n >= LANES) {
            VectorRows.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
        } else {
            ScalarRows.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
        }
    }

    @Override
    public void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        if (MASKS && n >= LANES) {
            VectorRows.logSumExpRows(x, xOff, rows, n, y, yOff);
        } else {
            ScalarRows.logSumExpRows(x, xOff, rows, n, y, yOff);
        }
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        VectorGemm.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
    }

    @Override
    public void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                         double[] start, int sOff, double[] c, int cOff, int ldc) {
        VectorGemm.gemmPlus(m, n, k, a, aOff, lda, b, bOff, ldb, start, sOff, c, cOff, ldc);
    }

    @Override
    public void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        if (n >= LANES) {
            VectorMatrices.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow,
                    cColumn);
        } else {
            ScalarMatrices.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow,
                    cColumn);
        }
    }

    private static boolean hasVectors(UnaryOp op) {
        return op.isInstruction() || MASKS && !op.scalarOnly();
    }

    private static boolean hasVectors(BinaryOp op) {
        return switch (op) {
            case ADD, SUB, MUL, DIV, MIN, MAX, TANH_ADJOINT -> true;
            default -> MASKS && !op.scalarOnly();
        };
    }
}
