package org.fluvia.bench;

import java.util.concurrent.TimeUnit;
import org.fluvia.autodiff.Workers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one log-density with its gradient take, in a batch of 256? {@code bench/run --jmh ModelGradientBenchmark
 * -prof gc}; times and allocation are per draw.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ModelGradientBenchmark {
    private static final int DRAWS = 256;

    @Param
    public BenchModel model;

    @Param({"1", "2"})
    public int threads;

    private Workers workers;
    private ModelGradient gradient;

    @Setup(Level.Trial)
    public void setUp() {
        workers = Workers.of(threads);
        gradient = ModelGradient.of(model.bind(), DRAWS, workers);
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        workers.close();
    }

    @Benchmark
    @OperationsPerInvocation(DRAWS)
    public double gradient() {
        return gradient.run();
    }
}
