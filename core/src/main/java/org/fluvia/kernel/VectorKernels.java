package org.fluvia.kernel;

import org.fluvia.kernel.WarmUp.Kind;

/**
 * The kernels by the Vector API, each loop from the moment on when it has been compiled, see {@link WarmUp}.
 * Loaded by {@link KernelProvider} only after it knows that the module is there.
 */
final class VectorKernels implements Kernels {
    private static final int LANES = VectorLanes.SPECIES.length();

    private final WarmUp[] unary = new WarmUp[UnaryOp.values().length];
    private final WarmUp[] arrayArray = new WarmUp[BinaryOp.values().length];
    private final WarmUp[] arrayNumber = new WarmUp[BinaryOp.values().length];
    private final WarmUp[] numberArray = new WarmUp[BinaryOp.values().length];
    private final WarmUp addProduct;
    private final WarmUp axpy;
    private final WarmUp where;
    private final WarmUp sum;
    private final WarmUp dot;
    private final WarmUp logSumExp;
    private final WarmUp sumRows;
    private final WarmUp dotRows;
    private final WarmUp logSumExpRows;
    private final WarmUp gemm;
    private final WarmUp gemmRows;

    /** @param atOnce whether to go by vectors from the first call on, slow as it is; for tests */
    VectorKernels(boolean atOnce) {
        for (UnaryOp op : UnaryOp.values()) {
            unary[op.ordinal()] = WarmUp.of(Kind.UNARY, op.ordinal(), atOnce || op.scalarOnly());
        }
        for (BinaryOp op : BinaryOp.values()) {
            boolean ready = atOnce || op.scalarOnly();
            arrayArray[op.ordinal()] = WarmUp.of(Kind.ARRAY_ARRAY, op.ordinal(), ready);
            arrayNumber[op.ordinal()] = WarmUp.of(Kind.ARRAY_NUMBER, op.ordinal(), ready);
            numberArray[op.ordinal()] = WarmUp.of(Kind.NUMBER_ARRAY, op.ordinal(), ready);
        }
        addProduct = WarmUp.of(Kind.ADD_PRODUCT, 0, atOnce);
        axpy = WarmUp.of(Kind.AXPY, 0, atOnce);
        where = WarmUp.of(Kind.WHERE, 0, atOnce);
        sum = WarmUp.of(Kind.SUM, 0, atOnce);
        dot = WarmUp.of(Kind.DOT, 0, atOnce);
        logSumExp = WarmUp.of(Kind.LOG_SUM_EXP, 0, atOnce);
        sumRows = WarmUp.of(Kind.SUM_ROWS, 0, atOnce);
        dotRows = WarmUp.of(Kind.DOT_ROWS, 0, atOnce);
        logSumExpRows = WarmUp.of(Kind.LOG_SUM_EXP_ROWS, 0, atOnce);
        gemm = WarmUp.of(Kind.GEMM, 0, atOnce);
        gemmRows = WarmUp.of(Kind.GEMM_ROWS, 0, atOnce);
    }

    /** The vectors' width in bits; at most 512, since sums have 8 lanes. */
    static int bits() {
        return VectorLanes.SPECIES.vectorBitSize();
    }

    @Override
    public String describe() {
        return "vector, " + bits() + " bit (jdk.incubator.vector), JDK " + System.getProperty("java.version") + ", FMA";
    }

    @Override
    public void unary(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n) {
        if (n >= LANES && unary[op.ordinal()].fast()) {
            VectorUnary.apply(op, x, xOff, y, yOff, n);
        } else {
            ScalarUnary.apply(op, x, xOff, y, yOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (n >= LANES && arrayArray[op.ordinal()].fast()) {
            VectorArrayArray.apply(op, x, xOff, y, yOff, z, zOff, n);
        } else {
            ScalarArrayArray.apply(op, x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n) {
        if (n >= LANES && arrayNumber[op.ordinal()].fast()) {
            VectorArrayNumber.apply(op, x, xOff, y, z, zOff, n);
        } else {
            ScalarArrayNumber.apply(op, x, xOff, y, z, zOff, n);
        }
    }

    @Override
    public void binary(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n) {
        if (n >= LANES && numberArray[op.ordinal()].fast()) {
            VectorNumberArray.apply(op, x, y, yOff, z, zOff, n);
        } else {
            ScalarNumberArray.apply(op, x, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        if (n >= LANES && addProduct.fast()) {
            VectorUpdates.addProduct(x, xOff, y, yOff, z, zOff, n);
        } else {
            ScalarUpdates.addProduct(x, xOff, y, yOff, z, zOff, n);
        }
    }

    @Override
    public void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n) {
        if (n >= LANES && axpy.fast()) {
            VectorUpdates.axpy(alpha, x, xOff, y, yOff, n);
        } else {
            ScalarUpdates.axpy(alpha, x, xOff, y, yOff, n);
        }
    }

    @Override
    public void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff,
                      int n) {
        if (n >= LANES && where.fast()) {
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
        return n >= 8 && sum.fast() ? VectorSums.sum(x, xOff, n) : ScalarSums.sum(x, xOff, n);
    }

    @Override
    public double dot(double[] x, int xOff, double[] y, int yOff, int n) {
        return n >= 8 && dot.fast() ? VectorSums.dot(x, xOff, y, yOff, n) : ScalarSums.dot(x, xOff, y, yOff, n);
    }

    @Override
    public double logSumExp(double[] x, int xOff, int n) {
        return n >= 8 && logSumExp.fast() ? VectorSums.logSumExp(x, xOff, n) : ScalarSums.logSumExp(x, xOff, n);
    }

    @Override
    public void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        if (n >= LANES && sumRows.fast()) {
            VectorRows.sumRows(x, xOff, rows, n, y, yOff);
        } else {
            ScalarRows.sumRows(x, xOff, rows, n, y, yOff);
        }
    }

    @Override
    public void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        if (n >= LANES && dotRows.fast()) {
            VectorRows.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
        } else {
            ScalarRows.dotRows(x, xOff, y, yOff, rows, n, z, zOff);
        }
    }

    @Override
    public void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        if (n >= LANES && logSumExpRows.fast()) {
            VectorRows.logSumExpRows(x, xOff, rows, n, y, yOff);
        } else {
            ScalarRows.logSumExpRows(x, xOff, rows, n, y, yOff);
        }
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
                     double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc) {
        if (gemm.fast()) {
            VectorGemm.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
        } else {
            ScalarGemm.gemm(transposeA, transposeB, m, n, k, a, aOff, lda, b, bOff, ldb, accumulate, c, cOff, ldc);
        }
    }

    @Override
    public void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                         double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn) {
        if (n >= LANES && gemmRows.fast()) {
            VectorMatrices.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow,
                    cColumn);
        } else {
            ScalarMatrices.gemmRows(subtract, m, p, k, n, a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, cRow,
                    cColumn);
        }
    }
}
