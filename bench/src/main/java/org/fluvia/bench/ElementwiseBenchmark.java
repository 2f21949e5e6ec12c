package org.fluvia.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.provider.KernelProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a function of one argument cost? Nanoseconds a call; divide by n for an element.
 *
 * <pre>
 * mvn -q -pl bench -am process-classes
 * java -cp bench/target/classes:$(cat bench/target/classpath) org.openjdk.jmh.Main ElementwiseBenchmark -prof gc
 * </pre>
 * Add {@code -jvmArgsAppend -Dfluvia.simd=off} for the scalar twin.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class ElementwiseBenchmark {
    @Param({"EXP", "LOG", "LOG1P", "EXPM1", "TANH", "SIGMOID", "SOFTPLUS", "SQUARE"})
    public UnaryOp op;

    @Param({"8", "64", "4096"})
    public int n;

    private final Kernels kernels = KernelProvider.kernels();
    private double[] x;
    private double[] y;

    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        x = new double[n];
        y = new double[n];
        for (int i = 0; i < n; i++) {
            double plain = 8 * random.nextDouble() - 4;
            x[i] = op == UnaryOp.LOG || op == UnaryOp.LOG1P ? Math.exp(plain) : plain;
        }
        kernels.unary(op, x, 0, y, 0, n);
        double expected = switch (op) {
            case EXP -> Math.exp(x[0]);
            case LOG -> Math.log(x[0]);
            case LOG1P -> Math.log1p(x[0]);
            case EXPM1 -> Math.expm1(x[0]);
            case TANH -> Math.tanh(x[0]);
            case SIGMOID -> 1 / (1 + Math.exp(-x[0]));
            case SOFTPLUS -> Math.log1p(Math.exp(x[0]));
            default -> x[0] * x[0];
        };
        if (!(Math.abs(y[0] - expected) <= 1e-14 * Math.abs(expected))) {
            throw new IllegalStateException(op + " of " + x[0] + " must be " + expected + ", but was " + y[0]);
        }
    }

    @Benchmark
    public void unary() {
        kernels.unary(op, x, 0, y, 0, n);
    }
}
