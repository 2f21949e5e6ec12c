package org.fluvia.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast are matrix products, beside EJML's? The column "flops" is GFLOP a second.
 *
 * <pre>
 * mvn -q -pl bench -am process-classes
 * java -cp bench/target/classes:$(cat bench/target/classpath) org.openjdk.jmh.Main GemmBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class GemmBenchmark {
    /** m x k x n: of C (m x n) = A (m x k) B (k x n). */
    @Param({"64x64x256", "128x128x512", "512x512x256", "512x512x512", "2x16x64", "16x2x256", "16x16x64", "64x2x256", "2x64x256"})
    public String shape;

    @Param({"NN", "TN", "NT"})
    public String form;

    private final Kernels kernels = KernelProvider.kernels();
    private boolean transposeA;
    private boolean transposeB;
    private DMatrixRMaj a;
    private DMatrixRMaj b;
    private DMatrixRMaj c;

    /** Floating-point operations, two for each multiply-add. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public double flops;

        @Setup(Level.Iteration)
        public void reset() {
            flops = 0;
        }
    }

    @Setup
    public void setUp() {
        String[] sizes = shape.split("x");
        int m = Integer.parseInt(sizes[0]);
        int k = Integer.parseInt(sizes[1]);
        int n = Integer.parseInt(sizes[2]);
        transposeA = form.equals("TN");
        transposeB = form.equals("NT");
        SplittableRandom random = new SplittableRandom(1);
        a = DMatrixRMaj.wrap(transposeA ? k : m, transposeA ? m : k, random.doubles((long) m * k, -1, 1).toArray());
        b = DMatrixRMaj.wrap(transposeB ? n : k, transposeB ? k : n, random.doubles((long) k * n, -1, 1).toArray());
        c = new DMatrixRMaj(m, n);
        ejml(new Work());
        double expected = c.get(m - 1, n - 1);
        fluvia(new Work());
        if (!(Math.abs(c.get(m - 1, n - 1) - expected) <= 1e-12 * k)) {
            throw new IllegalStateException(form + " " + shape + " must be " + expected + ", but was " + c.get(m - 1, n - 1));
        }
    }

    @Benchmark
    public void fluvia(Work work) {
        int k = transposeA ? a.numRows : a.numCols;
        kernels.gemm(transposeA, transposeB, c.numRows, c.numCols, k, a.data, 0, a.numCols, b.data, 0, b.numCols, false,
                c.data, 0, c.numCols);
        work.flops += 2.0 * c.numRows * c.numCols * k;
    }

    @Benchmark
    public void ejml(Work work) {
        if (transposeA) {
            CommonOps_DDRM.multTransA(a, b, c);
        } else if (transposeB) {
            CommonOps_DDRM.multTransB(a, b, c);
        } else {
            CommonOps_DDRM.mult(a, b, c);
        }
        work.flops += 2.0 * c.numRows * c.numCols * (transposeA ? a.numRows : a.numCols);
    }
}
