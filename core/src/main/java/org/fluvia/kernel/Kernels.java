package org.fluvia.kernel;

/**
 * Loops over arrays of doubles: elementwise functions, sums in a fixed order, matrix products.
 *
 * <p>Two implementations, {@code ScalarKernels} and {@code VectorKernels} (Vector API), give the same bits for the same
 * arguments, on any vector width and JDK, cold or compiled; so there is no choice of a caller's that changes a result.
 * Hardware without a fused multiply-add is the one exception.
 *
 * <p>Arguments are not checked beyond what the JVM checks. Output may be the same range as an input in elementwise
 * functions, and may not overlap otherwise. Nothing is allocated.
 */
public interface Kernels {

    /** What this is, for people: for example "vector, 512 bit (jdk.incubator.vector), JDK 17.0.15, FMA". */
    String describe();

    /** The same for long work: what is slow to start and fast in the end is taken at once. */
    default Kernels forMuchWork() {
        return this;
    }

    // Elementwise. n elements from each offset.

    /** y[i] = op(x[i]). */
    void unary(UnaryOp op, double[] x, int xOff, double[] y, int yOff, int n);

    /** z[i] = op(x[i], y[i]). */
    void binary(BinaryOp op, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n);

    /** z[i] = op(x[i], y). */
    void binary(BinaryOp op, double[] x, int xOff, double y, double[] z, int zOff, int n);

    /** z[i] = op(x, y[i]). */
    void binary(BinaryOp op, double x, double[] y, int yOff, double[] z, int zOff, int n);

    /** out[i] = op(x[i], y[i], z[i]); with a step of 0 an argument is one number for all, with 1 it has n. */
    void ternary(TernaryOp op, double[] x, int xOff, int xStep, double[] y, int yOff, int yStep, double[] z, int zOff, int zStep,
                 double[] out, int outOff, int n);

    /** z[i] = fma(x[i], y[i], z[i]). */
    void addProduct(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n);

    /** y[i] = fma(alpha, x[i], y[i]). */
    void axpy(double alpha, double[] x, int xOff, double[] y, int yOff, int n);

    /** z[i] = condition[i] != 0 ? x[i] : y[i]. */
    void where(double[] condition, int cOff, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n);

    void fill(double value, double[] y, int yOff, int n);

    // Sums of a contiguous range. Element i belongs to lane i mod 8; each lane is summed in order of i (dot: by fma),
    // starting from +0, and the lanes are added as ((0+4)+(2+6))+((1+5)+(3+7)).

    double sum(double[] x, int xOff, int n);

    double dot(double[] x, int xOff, double[] y, int yOff, int n);

    /** log(sum(exp(x[i]))), shifted by the maximum; minus infinity for n = 0 or if all x are; NaN if any x is NaN. */
    double logSumExp(double[] x, int xOff, int n);

    // Along elements: x is rows x n (row-major, no gaps), y has n values, rows are added in order of the row, from +0.

    /** y[j] = sum over i of x[i, j]. */
    void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff);

    /** z[j] = sum over i of x[i, j] y[i, j], by fma. */
    void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff);

    /** y[j] = log(sum over i of exp(x[i, j])), shifted by the maximum; special cases as in {@link #logSumExp}. */
    void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff);

    /**
     * C = op(A) op(B), or C += op(A) op(B) if accumulate: op(A) is m x k, op(B) is k x n, C is m x n, all row-major with
     * leading dimensions. A is stored k x m where transposeA, B is stored n x k where transposeB; not both.
     * Each element is the chain of fma over k in ascending order, from +0 or from C's element.
     */
    void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double[] a, int aOff, int lda,
              double[] b, int bOff, int ldb, boolean accumulate, double[] c, int cOff, int ldc);

    /** C = A B with start[sOff + i] added to row i: its chains of fma start from there. Forms as in {@link #gemm}, none transposed. */
    void gemmPlus(int m, int n, int k, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
                  double[] start, int sOff, double[] c, int cOff, int ldc);

    /**
     * C = A B, or C -= A B if subtract, for n problems at once: element (i, j) of C (m x p) is the n numbers from
     * cOff + i cRow + j cColumn on, so for A (m x k) and B (k x p). Each is the chain of fma over k in ascending order, from +0, or
     * that of -A and B from C's element.
     */
    void gemmRows(boolean subtract, int m, int p, int k, int n, double[] a, int aOff, int aRow, int aColumn,
                  double[] b, int bOff, int bRow, int bColumn, double[] c, int cOff, int cRow, int cColumn);
}
