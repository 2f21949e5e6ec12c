package org.fluvia.kernel;

import static org.fluvia.kernel.VectorFunctions.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarRows} by vectors: blocks of four vectors of columns, then of one, then single columns. */
final class VectorRows {
    private VectorRows() {}

    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 4 * LANES;

    static void sumRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        int j = 0;
        for (; j + BLOCK <= n; j += BLOCK) {
            sumBlock(x, xOff + j, rows, n, y, yOff + j);
        }
        for (; j + LANES <= n; j += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = 0, p = xOff + j; i < rows; i++, p += n) {
                sum = sum.add(load(x, p));
            }
            sum.intoArray(y, yOff + j);
        }
        ScalarRows.sumColumns(x, xOff, rows, n, j, n, y, yOff);
    }

    private static void sumBlock(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0, p = xOff; i < rows; i++, p += n) {
            s0 = s0.add(load(x, p));
            s1 = s1.add(load(x, p + LANES));
            s2 = s2.add(load(x, p + 2 * LANES));
            s3 = s3.add(load(x, p + 3 * LANES));
        }
        s0.intoArray(y, yOff);
        s1.intoArray(y, yOff + LANES);
        s2.intoArray(y, yOff + 2 * LANES);
        s3.intoArray(y, yOff + 3 * LANES);
    }

    static void dotRows(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        int j = 0;
        for (; j + BLOCK <= n; j += BLOCK) {
            dotBlock(x, xOff + j, y, yOff + j, rows, n, z, zOff + j);
        }
        for (; j + LANES <= n; j += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = 0, p = xOff + j, q = yOff + j; i < rows; i++, p += n, q += n) {
                sum = load(x, p).fma(load(y, q), sum);
            }
            sum.intoArray(z, zOff + j);
        }
        ScalarRows.dotColumns(x, xOff, y, yOff, rows, n, j, n, z, zOff);
    }

    private static void dotBlock(double[] x, int xOff, double[] y, int yOff, int rows, int n, double[] z, int zOff) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0, p = xOff, q = yOff; i < rows; i++, p += n, q += n) {
            s0 = load(x, p).fma(load(y, q), s0);
            s1 = load(x, p + LANES).fma(load(y, q + LANES), s1);
            s2 = load(x, p + 2 * LANES).fma(load(y, q + 2 * LANES), s2);
            s3 = load(x, p + 3 * LANES).fma(load(y, q + 3 * LANES), s3);
        }
        s0.intoArray(z, zOff);
        s1.intoArray(z, zOff + LANES);
        s2.intoArray(z, zOff + 2 * LANES);
        s3.intoArray(z, zOff + 3 * LANES);
    }

    static void logSumExpRows(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        int j = 0;
        for (; j + LANES <= n; j += LANES) {
            logSumExpBlock(x, xOff + j, rows, n, y, yOff + j);
        }
        ScalarRows.logSumExpColumns(x, xOff, rows, n, j, n, y, yOff);
    }

    /** One vector of columns: the work is in exp, whose operations keep the units busy without a second chain. */
    private static void logSumExpBlock(double[] x, int xOff, int rows, int n, double[] y, int yOff) {
        DoubleVector max = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
        for (int i = 0, p = xOff; i < rows; i++, p += n) {
            DoubleVector v = load(x, p);
            max = max.blend(v, v.compare(VectorOperators.GT, max));
        }
        DoubleVector shift = max.blend(0, max.abs().compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int i = 0, p = xOff; i < rows; i++, p += n) {
            sum = sum.add(VectorFunctions.exp(load(x, p).sub(shift)));
        }
        VectorFunctions.log(sum).add(shift).intoArray(y, yOff);
    }

    private static DoubleVector load(double[] x, int offset) {
        return DoubleVector.fromArray(SPECIES, x, offset);
    }
}
