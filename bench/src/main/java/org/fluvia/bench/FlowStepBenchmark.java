package org.fluvia.bench;

import java.util.concurrent.TimeUnit;
import org.fluvia.autodiff.Workers;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a flow's training step take? {@code bench/run --jmh FlowStepBenchmark -prof gc}; gc.alloc.rate.norm is the
 * allocation of a step.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class FlowStepBenchmark {
    @Param({"32", "256", "1024"})
    public int draws;

    @Param({"1", "2"})
    public int threads;

    @Param({"TOTAL", "PATH"})
    public FlowStep.Derivative derivative;

    private Workers workers;
    private FlowStep step;

    @Setup(Level.Trial)
    public void setUp() {
        workers = Workers.of(threads);
        step = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, workers, derivative);
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        workers.close();
    }

    @Benchmark
    public double step() {
        return step.run();
    }
}
