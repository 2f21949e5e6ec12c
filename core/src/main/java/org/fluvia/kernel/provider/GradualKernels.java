package org.fluvia.kernel.provider;

import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.TernaryOp;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.scalar.ScalarKernels;
import org.fluvia.kernel.vector.VectorKernels;

/**
 * Scalar kernels at first, vectors for each kind of loop that has been at work for a while. The bits are the same.
 *
 * <p>Until the JIT has compiled it, every operation on a vector is a call that makes objects, thousands of times slower than the
 * instruction, and the first calls and the compilation of a loop take some 50 ms. A small fit is over by then. So a kind of
 * loop stays scalar until it has done {@link #ENOUGH} operations, about as long: a short run pays for no vectors, a long one waits
 * at most twice as long for them (Karlin et al. 1988, the ski-rental problem). Work that is announced
 * ({@link #forMuchWork}) starts with vectors, and counts too: once its loops are compiled, they are for all.
 *
 * <p>Threads may race in counting; that changes when vectors begin, and nothing else.
 */
public final class GradualKernels implements Kernels {
    /** Floating-point operations, roughly. */
    public static final long ENOUGH = 200_000_000;
    /** What an element of a function costs that is more than one instruction. */
    private static final int FUNCTION = 24;
    private static final int KIND_BITS = 6;

    /** Kinds of loops that are not elementwise functions; the others are numbered by their operations. */
    private enum Loop { ADD_PRODUCT, AXPY, WHERE, SUM, DOT, LOG_SUM_EXP, SUM_ROWS, DOT_ROWS, LOG_SUM_EXP_ROWS, GEMM, GEMM_ROWS }

    private final ScalarKernels scalar;
    private final VectorKernels vector;
    private final long[] done;
    /** Whether every kind of loop has vectors from the first call on. */
    private final boolean eager;

    public GradualKernels(ScalarKernels scalar, VectorKernels vector) {
        this(scalar, vector, new long[5 << KIND_BITS], false);
    }

    private GradualKernels(ScalarKernels scalar, VectorKernels vector, long[] done, boolean eager) {
        this.scalar = scalar;
        this.vector = vector;
        this.done = done;
        this.eager = eager;
    }

    private boolean pays(int family, int kind, long operations) {
        int i = family << KIND_BITS | kind;
        if (done[i] >= ENOUGH) return true;
        done[i] += operations;
        return eager;
    }

    private boolean pays(Loop loop, long operations) {
        return pays(4, loop.ordinal(), operations);
    }

    public boolean hasVectors(UnaryOp op) {
        return eager || done[op.ordinal()] >= ENOUGH;
    }

    @Override
    public GradualKernels forMuchWork() {
        return new GradualKernels(scalar, vector, done, true);
    }

    @Override
    public String describe() {
        return vector.describe();
    }

    @Override
    public void unary(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        if (pays(0, op.ordinal(), op.isInstruction() ? n : (long) FUNCTION * n)) {
            vector.unary(op, x, xOff, y, yOff, n);
        } else {
            scalar.unary(op, x, xOff, y, yOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (pays(1, op.ordinal(), n)) {
            vector.binary(op, x, xOff, y, yOff, z, zOff, n);
        } else {
            scalar.binary(op, x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        if (pays(2, op.ordinal(), n)) {
            vector.binary(op, x, xOff, y, z, zOff, n);
        } else {
            scalar.binary(op, x, xOff, y, z, zOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        if (pays(3, op.ordinal(), n)) {
            vector.binary(op, x, y, yOff, z, zOff, n);
        } else {
            scalar.binary(op, x, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void ternary(TernaryOp op, double[] x, int xOff, int xStep, double[] y, int yOff, int yStep, double[] z, int zOff, int zStep,
                        double[] out, int outOff, int n) {
        scalar.ternary(op, x, xOff, xStep, y, yOff, yStep, z, zOff, zStep, out, outOff, n);
    }

    @Override
    public void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (pays(Loop.ADD_PRODUCT, 2L * n)) {
            vector.addProduct(x, xOff, y, yOff, z, zOff, n);
        } else {
            scalar.addProduct(x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        if (pays(Loop.AXPY, 2L * n)) {
            vector.axpy(alpha, x, xOff, y, yOff, n);
        } else {
            scalar.axpy(alpha, x, xOff, y, yOff, n);
        }
    }

    @Override
    public void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (pays(Loop.WHERE, n)) {
            vector.where(condition, cOff, x, xOff, y, yOff, z, zOff, n);
        } else {
            scalar.where(condition, cOff, x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void fill(double value, double[] y, int yOff, int n) {
        scalar.fill(value, y, yOff, n);
    }

    @Override
    public double sum(double[] x, int xOff, int n) {
        return pays(Loop.SUM, n) ? vector.sum(x, xOff, n) : scalar.sum(x, xOff, n);
    }

    @Override
    public double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        return pays(Loop.DOT, 2L * n) ? vector.dot(x, xOff, y, yOff, n) : scalar.dot(x, xOff, y, yOff, n);
    }

    @Override
    public double logSumExp(double[] x, int xOff, int n) {
        return pays(Loop.LOG_SUM_EXP, (long) FUNCTION * n) ? vector.logSumExp(x, xOff, n) : scalar.logSumExp(x, xOff, n);
    }

    @Override
    public void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        if (pays(Loop.SUM_ROWS, (long) rows * n)) {
            vector.sumRows(x, xOff, rows, n, y, yOff);
        } else {
            scalar.sumRows(x, xOff, rows, n, y, yOff);
        }
    }

    @Override
    public void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        if (pays(Loop.DOT_ROWS, 2L * rows * n)) {
            vector.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
        } else {
            scalar.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
        }
    }

    @Override
    public void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        if (pays(Loop.LOG_SUM_EXP_ROWS, (long) FUNCTION * rows * n)) {
            vector.logSumExpRows(x, xOff, rows, n, y, yOff);
        } else {
            scalar.logSumExpRows(x, xOff, rows, n, y, yOff);
        }
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        if (pays(Loop.GEMM, 2L * m * n * k)) {
            vector.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
        } else {
            scalar.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
        }
    }

    @Override
    public void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                         double[] start, int sOff, double[] c, int cOff, int ldc) {
        if (pays(Loop.GEMM, 2L * m * n * k)) {
            vector.gemmPlus(m, n, k, a, aOff, lda, b, bOff, ldb, start, sOff, c, cOff, ldc);
        } else {
            scalar.gemmPlus(m, n, k, a, aOff, lda, b, bOff, ldb, start, sOff, c, cOff, ldc);
        }
    }

    @Override
    public void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        if (pays(Loop.GEMM_ROWS, 2L * m * p * k * n)) {
            vector.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow, cColumn);
        } else {
            scalar.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow, cColumn);
        }
    }
}
