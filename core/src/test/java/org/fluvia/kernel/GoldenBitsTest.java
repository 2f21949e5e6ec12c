package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The bits of every kernel over fixed inputs, as hashes in golden-bits.txt: each leg, vector width and JDK must reproduce
 * them. A change of a formula or an order of sums shows here; if it is meant, copy target/golden-bits.txt over the resource
 * and say why in the commit. Needs fused multiply-add.
 */
class GoldenBitsTest {
    private static final int N = 509;
    private static final int ROWS = 7;

    /** Steele, Lea and Flood's SplitMix64, written out: the JDK's may change its ways of making doubles. */
    private static final class Generator {
        private long state = 42;

        long next() {
            long z = state += 0x9e3779b97f4a7c15L;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }

        double uniform() {
            return (next() >>> 11) * 0x1p-53;
        }

        /** Plain numbers, large ones, special ones and any bits, taking turns. */
        double[] draw(int n) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                int kind = (int) (next() >>> 60);
                x[i] = kind < 8 ? 8 * uniform() - 4 : kind < 12 ? 1500 * uniform() - 750
                        : kind < 14 ? Numbers.SPECIAL[(int) (uniform() * Numbers.SPECIAL.length)]
                        : Double.longBitsToDouble(next());
            }
            return x;
        }

        double[] plain(int n) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = 8 * uniform() - 4;
            }
            return x;
        }
    }

    private static String hash(double[] x) {
        long hash = 0xcbf29ce484222325L;
        for (double value : x) {
            hash = (hash ^ Double.doubleToLongBits(value)) * 0x100000001b3L;
            hash ^= hash >>> 29;
        }
        return String.format("%016x", hash);
    }

    private static Map<String, String> hashes(Kernels k) {
        Map<String, String> hashes = new TreeMap<>();
        Generator generator = new Generator();
        double[] x = generator.draw(N);
        double[] y = generator.draw(N);
        double[] z = new double[N];
        for (UnaryOp op : UnaryOp.values()) {
            k.unary(op, x, 0, z, 0, N);
            hashes.put(op.name(), hash(z));
        }
        for (BinaryOp op : BinaryOp.values()) {
            k.binary(op, x, 0, y, 0, z, 0, N);
            hashes.put(op + " array array", hash(z));
            k.binary(op, x, 0, 1.75, z, 0, N);
            hashes.put(op + " array number", hash(z));
            k.binary(op, 1.75, y, 0, z, 0, N);
            hashes.put(op + " number array", hash(z));
        }
        for (TernaryOp op : TernaryOp.values()) {
            k.ternary(op, x, 0, 1, y, 0, 1, x, 1, 1, z, 0, N - 1);
            hashes.put(op + " arrays", hash(z));
        }
        double[] sum = y.clone();
        k.addProduct(x, 0, y, 0, sum, 0, N);
        hashes.put("addProduct", hash(sum));
        k.axpy(-0.3, x, 0, sum, 0, N);
        hashes.put("axpy", hash(sum));
        k.where(x, 0, y, 0, sum, 0, z, 0, N);
        hashes.put("where", hash(z));
        double[] a = generator.plain(ROWS * N);
        double[] b = generator.plain(ROWS * N);
        hashes.put("sum", hash(new double[] {k.sum(a, 0, N), k.sum(a, 1, N - 3), k.sum(x, 0, 6)}));
        hashes.put("dot", hash(new double[] {k.dot(a, 0, b, 0, N), k.dot(a, 1, b, 2, N - 3), k.dot(x, 0, y, 0, 6)}));
        hashes.put("logSumExp", hash(new double[] {k.logSumExp(a, 0, N), k.logSumExp(a, 1, N - 3), k.logSumExp(x, 0, 6)}));
        k.sumRows(a, 0, ROWS, N, z, 0);
        hashes.put("sumRows", hash(z));
        k.dotRows(a, 0, b, 0, ROWS, N, z, 0);
        hashes.put("dotRows", hash(z));
        k.logSumExpRows(a, 0, ROWS, N, z, 0);
        hashes.put("logSumExpRows", hash(z));
        double[] c = generator.plain(37 * 45);
        k.gemm(false, false, 37, 45, 60, a, 0, 60, b, 0, 45, true, c, 0, 45);
        k.gemm(true, false, 37, 45, 60, a, 0, 37, b, 0, 45, true, c, 0, 45);
        k.gemm(false, true, 37, 45, 60, a, 0, 60, b, 0, 60, true, c, 0, 45);
        hashes.put("gemm", hash(c));
        k.gemmRows(false, 5, 5, 3, 17, a, 0, 51, 17, b, 0, 85, 17, c, 0, 85, 17);
        k.gemmRows(true, 5, 5, 3, 17, b, 0, 51, 17, a, 0, 85, 17, c, 0, 85, 17);
        hashes.put("gemmRows", hash(c));
        return hashes;
    }

    @Test
    void everyImplementationGivesTheCommittedBits() throws IOException {
        StringBuilder actual = new StringBuilder();
        hashes(Implementations.scalar()).forEach((kernel, hash) -> actual.append(hash).append(' ').append(kernel).append('\n'));
        Files.writeString(Path.of("target", "golden-bits.txt"), actual);
        try (InputStream file = GoldenBitsTest.class.getResourceAsStream("golden-bits.txt")) {
            assertEquals(new String(file.readAllBytes(), StandardCharsets.US_ASCII), actual.toString());
        }
        for (Kernels kernels : Implementations.all()) {
            assertEquals(hashes(Implementations.scalar()), hashes(kernels), kernels.describe());
        }
    }
}
