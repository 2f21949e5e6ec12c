package org.fluvia.kernel;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two implementations give the same bits, whatever the length, the offset and the numbers. */
class ScalarVectorBitsTest {
    private static final int[] SIZES = {0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 100, 1021};
    private static final int[] OFFSETS = {0, 1, 3};
    private static final int ROWS = 5;

    private static Kernels scalar;
    private static Kernels vector;

    @BeforeAll
    static void bothImplementations() {
        scalar = Implementations.scalar();
        vector = Implementations.vector();
    }

    @FunctionalInterface
    private interface Call {
        void run(Kernels kernels, double[] x, double[] y, double[] z, int n, int off);
    }

    /** Runs the call with both, over sizes, offsets and kinds of numbers, and compares everything it may write to. */
    private static void same(String what, Call call) {
        SplittableRandom random = new SplittableRandom(7);
        for (int n : SIZES) {
            for (int off : OFFSETS) {
                for (Numbers kind : Numbers.values()) {
                    double[] x = kind.draw(random, ROWS * n + off);
                    double[] y = kind.draw(random, ROWS * n + 2 * off);
                    double[] z = kind.draw(random, ROWS * n + 3 * off + 1);
                    double[] zScalar = z.clone();
                    double[] zVector = z.clone();
                    call.run(scalar, x, y, zScalar, n, off);
                    call.run(vector, x, y, zVector, n, off);
                    Bits.assertSame(zScalar, zVector, what + ", n = " + n + ", offset " + off + ", " + kind);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void unary(UnaryOp op) {
        same(op.name(), (k, x, y, z, n, off) -> k.unary(op, x, off, z, 3 * off, n));
        same(op + " in place", (k, x, y, z, n, off) -> k.unary(op, z, off, z, off, n));
    }

    @ParameterizedTest
    @EnumSource
    void binary(BinaryOp op) {
        same(op.name(), (k, x, y, z, n, off) -> k.binary(op, x, off, y, 2 * off, z, 3 * off, n));
        same(op + " in place of the first", (k, x, y, z, n, off) -> k.binary(op, z, off, y, 2 * off, z, off, n));
        same(op + " in place of the second", (k, x, y, z, n, off) -> k.binary(op, x, off, z, off, z, off, n));
        for (double number : Numbers.SPECIAL) {
            same(op + " with number " + number, (k, x, y, z, n, off) -> k.binary(op, x, off, number, z, 3 * off, n));
            same(op + " of number " + number, (k, x, y, z, n, off) -> k.binary(op, number, y, off, z, 3 * off, n));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ternary(TernaryOp op) {
        same(op.name(), (k, x, y, z, n, off) -> k.ternary(op, x, off, 1, y, 2 * off, 1, y, off, 1, z, 3 * off, n));
        same(op + " of a number", (k, x, y, z, n, off) -> k.ternary(op, x, off, 0, y, 2 * off, 1, y, off, 0, z, 3 * off, n));
    }

    @Test
    void multiplyAdds() {
        same("addProduct", (k, x, y, z, n, off) -> k.addProduct(x, off, y, 2 * off, z, 3 * off, n));
        same("axpy", (k, x, y, z, n, off) -> k.axpy(-1.7, x, off, z, 3 * off, n));
        same("axpy in place", (k, x, y, z, n, off) -> k.axpy(0.3, z, off, z, off, n));
    }

    @Test
    void whereAndFill() {
        same("where", (k, x, y, z, n, off) -> {
            double[] condition = new double[n + off];
            for (int i = 0; i < condition.length; i++) {
                condition[i] = i % 5 == 0 ? Double.NaN : i % 3 == 0 ? -0.0 : i % 2;
            }
            k.where(condition, off, x, off, y, 2 * off, z, 3 * off, n);
        });
        same("fill", (k, x, y, z, n, off) -> k.fill(-3.5, z, off, n));
    }

    @Test
    void sums() {
        same("sum", (k, x, y, z, n, off) -> z[0] = k.sum(x, off, n));
        same("dot", (k, x, y, z, n, off) -> z[0] = k.dot(x, off, y, 2 * off, n));
        same("logSumExp", (k, x, y, z, n, off) -> z[0] = k.logSumExp(x, off, n));
    }

    @Test
    void rows() {
        same("sumRows", (k, x, y, z, n, off) -> k.sumRows(x, off, ROWS, n, z, 3 * off));
        same("dotRows", (k, x, y, z, n, off) -> k.dotRows(x, off, y, 2 * off, ROWS, n, z, 3 * off));
        same("logSumExpRows", (k, x, y, z, n, off) -> k.logSumExpRows(x, off, ROWS, n, z, 3 * off));
        same("no rows", (k, x, y, z, n, off) -> k.logSumExpRows(x, off, 0, n, z, 3 * off));
    }

    /** Products whose elements are rows of n numbers: of all shapes of tiles, plain and transposed, packed and apart. */
    @Test
    void productsOfRows() {
        int[][] shapes = {{1, 1, 0}, {1, 1, 1}, {2, 4, 3}, {3, 5, 2}, {5, 1, 4}, {1, 7, 3}, {7, 6, 5}, {8, 8, 1}};
        SplittableRandom random = new SplittableRandom(8);
        for (int[] s : shapes) {
            for (int n : new int[] {1, 3, 7, 8, 9, 16, 40, 65}) {
                for (Numbers kind : Numbers.values()) {
                    for (boolean subtract : new boolean[] {false, true}) {
                        int m = s[0];
                        int p = s[1];
                        int k = s[2];
                        double[] a = kind.draw(random, m * k * n + 1);
                        double[] b = kind.draw(random, k * p * (n + 2));
                        double[] c = kind.draw(random, m * p * n + 3);
                        double[] expected = c.clone();
                        double[] actual = c.clone();
                        scalar.gemmRows(subtract, m, p, k, n, a, 1, n, m * n, b, 0, p * (n + 2), n + 2, expected, 2, p * n, n);
                        vector.gemmRows(subtract, m, p, k, n, a, 1, n, m * n, b, 0, p * (n + 2), n + 2, actual, 2, p * n, n);
                        Bits.assertSame(expected, actual, m + " x " + p + " x " + k + ", n = " + n + ", " + kind);
                        for (int i = 0; kind == Numbers.values()[0] && i < m * p * n; i++) {
                            double sum = subtract ? -c[2 + i] : 0;
                            int row = i / (p * n);
                            int column = i / n % p;
                            for (int q = 0; q < k; q++) {
                                sum = Math.fma(a[1 + (q * m + row) * n + i % n], b[(q * p + column) * (n + 2) + i % n], sum);
                            }
                            Bits.assertSame(new double[] {subtract ? -sum : sum}, new double[] {expected[2 + i]}, "element " + i);
                        }
                    }
                }
            }
        }
    }
}
