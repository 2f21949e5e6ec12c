package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.provider.KernelProvider;

/**
 * Lower triangular matrices (n x n, row-major, zero above the diagonal) outside of programs: computed block by block, with the
 * kernels' products, so that thousands of rows take seconds. Each asks the workers on the way whether to go on; the calling
 * thread computes alone. Same bits everywhere, as the kernels'.
 */
public final class LowerTriangular {
    private static final int BLOCK = 32;

    private LowerTriangular() {}

    /**
     * Replaces a symmetric matrix, of which the lower triangle is read, by its lower Cholesky factor.
     *
     * @return whether it is positive definite; if not, the contents are undefined
     * @throws Stopped if the workers are told to stop
     */
    public static boolean cholesky(double[] a, int n, Workers workers) {
        Frame f = frame(workers);
        double[] negated = new double[BLOCK * n];
        for (int from = 0; from < n; from += BLOCK) {
            int b = Math.min(BLOCK, n - from);
            int diagonal = from * n + from;
            for (int i = 0; i < b; i++) {
                for (int j = 0; j < from; j++) negated[i * n + j] = -a[(from + i) * n + j];
            }
            f.gemm(false, true, n - from, b, from, a, from * n, n, negated, 0, n, true, a, diagonal, n);
            if (!factorBlock(a, diagonal, b, n)) return false;
            for (int i = from + b; i < n; i++) solveRow(a, diagonal, b, n, i * n + from);
            f.worked((long) (n - from) * b * b / 2);
        }
        for (int i = 0; i < n; i++) Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0);
        return true;
    }

    private static boolean factorBlock(double[] a, int at, int b, int n) {
        for (int i = 0; i < b; i++) {
            solveRow(a, at, i, n, at + i * n);
            int pivot = at + i * n + i;
            double square = a[pivot];
            for (int k = 0; k < i; k++) square = Math.fma(-a[at + i * n + k], a[at + i * n + k], square);
            if (!(square > 0) || square == Double.POSITIVE_INFINITY) return false;
            a[pivot] = Math.sqrt(square);
        }
        return true;
    }

    /** x = x L^-T for a row x of b elements and the block L at a place. */
    private static void solveRow(double[] a, int l, int b, int n, int x) {
        for (int j = 0; j < b; j++) {
            double sum = a[x + j];
            for (int k = 0; k < j; k++) sum = Math.fma(-a[x + k], a[l + j * n + k], sum);
            a[x + j] = sum / a[l + j * n + j];
        }
    }

    /**
     * Replaces a matrix with a diagonal that is not zero by its inverse.
     *
     * @throws Stopped if the workers are told to stop
     */
    public static void invert(double[] l, int n, Workers workers) {
        Frame f = frame(workers);
        double[] left = new double[BLOCK * n];
        for (int from = 0; from < n; from += BLOCK) {
            int b = Math.min(BLOCK, n - from);
            // the rows before are those of the inverse already
            f.gemm(false, false, b, from, from, l, from * n, n, l, 0, n, false, left, 0, n);
            for (int i = 0; i < b; i++) {
                int row = (from + i) * n;
                double pivot = l[row + from + i];
                for (int k = 0; k < i; k++) f.kernels.axpy(l[row + from + k], left, k * n, left, i * n, from);
                f.kernels.binary(BinaryOp.DIV, left, i * n, -pivot, left, i * n, from);
            }
            for (int i = 0; i < b; i++) System.arraycopy(left, i * n, l, (from + i) * n, from);
            invertBlock(l, from * n + from, b, n);
            f.worked((long) b * b * from / 2);
        }
    }

    private static void invertBlock(double[] l, int at, int b, int n) {
        for (int i = 0; i < b; i++) {
            double inverse = 1 / l[at + i * n + i];
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = j; k < i; k++) sum = Math.fma(l[at + i * n + k], l[at + k * n + j], sum);
                // row i is still needed from column j on only
                l[at + i * n + j] = -sum * inverse;
            }
            l[at + i * n + i] = inverse;
        }
    }

    /**
     * The product of two matrices, which is lower triangular too.
     *
     * @throws Stopped if the workers are told to stop
     */
    public static double[] product(double[] a, double[] b, int n, Workers workers) {
        Frame f = frame(workers);
        double[] c = new double[n * n];
        for (int from = 0; from < n; from += BLOCK) {
            int rows = Math.min(BLOCK, n - from);
            int columns = from + rows;
            f.gemm(false, false, rows, columns, columns, a, from * n, n, b, 0, n, false, c, from * n, n);
        }
        return c;
    }

    private static Frame frame(Workers workers) {
        return new Frame(new double[0], new double[0], 0, KernelProvider.kernels(), workers::check);
    }
}
