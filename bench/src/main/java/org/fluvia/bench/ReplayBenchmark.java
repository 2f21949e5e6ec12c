package org.fluvia.bench;

import java.util.concurrent.TimeUnit;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
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
 * What does an operation of the tape cost beyond its arithmetic? An unrolled recurrence of scalars per draw, as time series
 * have it, value and gradient. At 8 draws it is all overhead. {@code bench/run --jmh ReplayBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ReplayBenchmark {
    @Param({"8", "64", "256"})
    public int draws;

    /** Terms of the recurrence; each is a handful of operations. */
    @Param({"200"})
    public int length;

    private Workspace workspace;
    private Expr gradient;

    @Setup(Level.Trial)
    public void setUp() {
        Expr parameters = Expr.perDraw("parameters", Shape.of(2));
        Expr phi = parameters.get(0).tanh();
        Expr scale = parameters.get(1);
        Expr state = Expr.of(0.1);
        Expr sum = Expr.of(0);
        for (int t = 0; t < length; t++) {
            state = state.times(phi).plus(scale.times(0.01 * (t % 7)));
            sum = sum.plus(state.square());
        }
        gradient = Gradient.of(sum, parameters);
        workspace = Program.of(sum, gradient).workspace();
        DrawSource noise = NormalNoise.of(1);
        workspace.set(parameters, noise);
    }

    @Benchmark
    public double replay() {
        workspace.run(draws);
        return workspace.perDraw(gradient).data[0];
    }
}
