package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once its loop is compiled, no kernel allocates: no vector is an object. Runs last, in a JVM that has compiled all the rest: what
 * the compiler makes of vectors depends on what else ran.
 */
@Order(Integer.MAX_VALUE)
class AllocationTest {
    private static final int N = 43;
    private static final int ROWS = 3;
    private static final int CALLS = 500;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final double[] X = new double[20 * N];
    private static final double[] Y = new double[20 * N];
    private static final double[] Z = new double[20 * N];

    private interface Call {
        void run(Kernels kernels);
    }

    private record Kernel(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kernel> kernels() {
        Stream<Kernel> unary = Stream.of(UnaryOp.values())
                .map(op -> new Kernel(op.name(), k -> k.unary(op, X, 0, Z, 0, N)));
        Stream<Kernel> binary = Stream.of(BinaryOp.values()).map(op -> new Kernel(op.name(), k -> {
            k.binary(op, X, 0, Y, 0, Z, 0, N);
            k.binary(op, X, 0, 1.5, Z, 0, N);
            k.binary(op, 0.5, Y, 0, Z, 0, N);
        }));
        Stream<Kernel> ternary = Stream.of(TernaryOp.values())
                .map(op -> new Kernel(op.name(), k -> k.ternary(op, X, 0, 1, Y, 0, 0, Y, 0, 1, Z, 0, N)));
        Stream<Kernel> others = Stream.of(
                new Kernel("where", k -> k.where(X, 0, X, 0, Y, 0, Z, 0, N)),
                new Kernel("addProduct", k -> k.addProduct(X, 0, Y, 0, Z, 0, N)),
                new Kernel("axpy", k -> k.axpy(0.5, X, 0, Z, 0, N)),
                new Kernel("sum", k -> Z[0] = k.sum(X, 0, N)),
                new Kernel("dot", k -> Z[0] = k.dot(X, 0, Y, 0, N)),
                new Kernel("logSumExp", k -> Z[0] = k.logSumExp(X, 0, N)),
                new Kernel("sumRows", k -> k.sumRows(X, 0, ROWS, N, Z, 0)),
                new Kernel("dotRows", k -> k.dotRows(X, 0, Y, 0, ROWS, N, Z, 0)),
                new Kernel("logSumExpRows", k -> k.logSumExpRows(X, 0, ROWS, N, Z, 0)),
                new Kernel("logNormalCdf", k -> k.unary(UnaryOp.LOG_NORMAL_CDF, X, 0, Z, 0, N)),
                new Kernel("sin", k -> k.unary(UnaryOp.SIN, X, 0, Z, 0, N)),
                new Kernel("lbeta", k -> k.binary(BinaryOp.LBETA, X, 0, Y, 0, Z, 0, N)),
                new Kernel("gemmRows", k -> k.gemmRows(true, 3, 5, 2, 17, X, 0, 34, 17, Y, 0, 85, 17, Z, 0, 85, 17)),
                new Kernel("gemmPlus", k -> k.gemmPlus(15, 19, 25, X, 0, 25, Y, 0, 19, X, 3, Z, 0, 19)),
                new Kernel("gemm", k -> {
                    k.gemm(false, false, 15, 19, 25, X, 0, 25, Y, 0, 19, true, Z, 0, 19);
                    k.gemm(true, false, 13, 19, 5, X, 0, 13, Y, 0, 19, false, Z, 0, 19);
                    k.gemm(false, true, 7, 19, 5, X, 0, 5, Y, 0, 5, true, Z, 0, 19);
                }));
        return Stream.of(unary, binary, ternary, others).flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void allocatesNothing(Kernel kernel) {
        java.util.Arrays.fill(X, 0.5);
        java.util.Arrays.fill(Y, 1.5);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        for (Kernels kernels : Implementations.all()) {
            long start = System.nanoTime();
            long allocated;
            do {
                java.util.Arrays.fill(Z, 0);
                long before = threads.getThreadAllocatedBytes(id);
                for (int call = 0; call < CALLS; call++) {
                    kernel.call().run(kernels);
                }
                allocated = threads.getThreadAllocatedBytes(id) - before;
            } while (allocated > 0 && System.nanoTime() - start < PATIENCE_NANOS);
            assertEquals(0, allocated, "bytes in " + CALLS + " calls of " + kernel + ", " + kernels.describe());
        }
    }
}
