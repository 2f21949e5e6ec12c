package org.fluvia.bench.compare;

import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.BenchFlow;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.FlowStep;
import org.fluvia.bench.ModelGradient;
import org.fluvia.kernel.UnaryOp;
import org.fluvia.kernel.provider.KernelProvider;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The targets that need no peer, in under a minute: a line of JSON each, with name, value, target and whether it is met.
 * Lines without a target are there to compare with. See bench/run.
 */
public final class Quick {
    /** Of the noise of a step, all that a step of a flow allocates. */
    private static final int NOISE_BYTES = 32;
    private static final int DRAWS = 256;
    private static final int ELEMENTS = 4096;
    private static final double TURN = 0.08;
    private static final int ROUNDS = 3;

    private final Pattern only;
    private final double peak;
    private @Nullable Data scalar;

    private Quick(Pattern only) {
        this.only = only;
        // in a JVM of its own: its loop would change how the JIT compiles the kernels
        Data roofline = Child.run("roofline");
        if (roofline == null) throw new IllegalStateException("bench: the JVM that measures the roofline failed");
        peak = roofline.values("flops")[0];
        info("fma peak measured in registers, GFLOP/s", peak * 1e-9);
        info("copy of 64 MB, GB/s read and written", roofline.values("bandwidth")[0] * 1e-9);
    }

    /** @param args none, or --only and an expression that the names of the works match which are to be done */
    public static void main(String[] args) {
        if (args.length != 0 && !(args.length == 2 && args[0].equals("--only"))) throw new IllegalArgumentException("bench: --quick takes --only REGEX");
        Quick quick = new Quick(Pattern.compile(args.length == 0 ? "" : args[1]));
        quick.flows();
        quick.kinds();
        quick.gradients();
        quick.elementwise(UnaryOp.EXP, 1, StrictMath::exp);
        quick.elementwise(UnaryOp.LOG, 0, StrictMath::log);
        quick.elementwise(UnaryOp.TANH, 1, StrictMath::tanh);
        quick.gemm();
        quick.heap();
    }

    private boolean wants(String work) {
        return only.matcher(work).find();
    }

    /** Seconds of the scalar twins; measured when they are first asked for. */
    private double scalar(String work) {
        if (scalar == null) scalar = Child.run("steps", "-Dfluvia.simd=off");
        if (scalar == null) throw new IllegalStateException("bench: the JVM that times scalar kernels failed");
        return scalar.values(work)[0];
    }

    private void heap() {
        String name = "flow step on diamonds, 1024 draws, heap limited to 256 MB: MB in use after it";
        if (!wants(name)) return;
        Data heap = Child.run("heap", "--add-modules", "jdk.incubator.vector", "-Xmx256m");
        atMost(name, heap == null ? Double.POSITIVE_INFINITY : heap.values("megabytes")[0], 256);
    }

    private void gemm() {
        for (GemmWork work : GemmWork.all()) {
            if (!wants(work.name())) continue;
            double[] ours = work.result();
            double[] ejml = work.resultOfEjml();
            for (int i = 0; i < ours.length; i++) {
                if (!(Math.abs(ours[i] - ejml[i]) < 1e-9)) throw new Agreement.Differs(work.name() + " from EJML at " + i);
            }
            Stopwatch.time(work::runEjml, 0.2);
            Contest contest = Contest.run(work::run, s -> Stopwatch.time(work::runEjml, s), new Turns(ROUNDS, TURN, 0.5));
            atLeast(work.name() + ", share of the fma peak measured (in place of OpenBLAS)", work.flops() / contest.ours() / peak,
                    0.75);
            info(work.name() + ", times the speed of EJML", contest.median());
        }
    }

    private void elementwise(UnaryOp op, double shift, DoubleUnaryOperator reference) {
        String name = op.name().toLowerCase(Locale.ROOT) + " over " + ELEMENTS + " doubles: ";
        if (!wants(name)) return;
        double[] x = new double[ELEMENTS];
        double[] y = new double[ELEMENTS];
        NormalNoise.of(5).fill(0, ELEMENTS, 1, x, 0, ELEMENTS);
        // logarithms of magnitudes, functions of both signs for the others
        for (int i = 0; i < ELEMENTS; i++) x[i] = shift == 0 ? Math.abs(x[i]) * 3 : x[i] * 3;
        DoubleSupplier work = () -> {
            KernelProvider.kernels().unary(op, x, 0, y, 0, ELEMENTS);
            return y[0];
        };
        Stopwatch.time(work, 1.5);
        atMost(name + "ns an element", Stopwatch.time(work, 3 * TURN) * 1e9 / ELEMENTS, 1.5);
        double furthest = 0;
        for (int i = 0; i < ELEMENTS; i++) {
            double expected = reference.applyAsDouble(x[i]);
            furthest = Math.max(furthest, Math.abs(y[i] - expected) / Math.ulp(expected));
        }
        atMost(name + "ulp from StrictMath, at most", furthest, 2);
    }

    private void flows() {
        int dimension = BenchModel.EIGHT_SCHOOLS.bind().dimension();
        for (int draws : new int[] {32, DRAWS, 1024}) {
            String name = "flow step, " + draws + " draws: ";
            if (!wants(name)) continue;
            try (Workers two = Workers.of(2)) {
                FlowStep one = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, Workers.none(), FlowStep.Derivative.TOTAL);
                FlowStep both = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, two, FlowStep.Derivative.TOTAL);
                Stopwatch.time(one::run, draws == 32 ? 4 : 1);
                Contest contest = Contest.run(both::run, s -> Stopwatch.time(one::run, s), new Turns(2 * ROUNDS, TURN, 0.5));
                info(name + "ms on one thread", contest.theirs() * 1e3);
                info(name + "share of the fma peak in its matrix products, one thread",
                        FlowStep.productFlops(dimension, draws) / contest.theirs() / peak);
                if (draws == DRAWS) {
                    info(name + "times the speed of the scalar twin", scalar("flow") / contest.theirs());
                }
                if (draws >= DRAWS) atLeast(name + "two threads, times the speed of one", contest.median(), 1.7);
                if (draws == DRAWS) {
                    atMost(name + "bytes allocated, one thread", Allocation.perRun(one::run), NOISE_BYTES);
                    atMost(name + "bytes allocated, two threads", Allocation.perRun(both::run), NOISE_BYTES);
                }
            }
        }
    }

    private void kinds() {
        for (BenchFlow flow : BenchFlow.values()) {
            String name = flow.program() + " step, D = 10, " + DRAWS + " draws: ";
            if (!wants(name)) continue;
            FlowStep step = FlowStep.of(flow, 10, DRAWS, Workers.none());
            Stopwatch.time(step::run, 1);
            info(name + "ms on one thread", Stopwatch.time(step::run, 3 * TURN) * 1e3);
            atMost(name + "bytes allocated", Allocation.perRun(step::run), NOISE_BYTES);
        }
    }

    private void gradients() {
        for (BenchModel model : BenchModel.values()) {
            String name = "gradient of " + model.program() + ", 256 draws: ";
            if (!wants(name)) continue;
            ModelGradient gradient = ModelGradient.of(model.bind(), DRAWS, Workers.none());
            Stopwatch.time(gradient::run, 0.8);
            double time = Stopwatch.time(gradient::run, 3 * TURN);
            info(name + "ns a draw on one thread", time / DRAWS * 1e9);
            info(name + "times the speed of the scalar twin", scalar(model.program()) / time);
            exactly(name + "bytes allocated", Allocation.perRun(gradient::run), 0);
        }
    }

    private static void info(String name, double value) {
        print(name, value, "null", "null");
    }

    private static void atLeast(String name, double value, double target) {
        print(name, value, Double.toString(target), Boolean.toString(value >= target));
    }

    private static void atMost(String name, double value, double target) {
        print(name, value, Double.toString(target), Boolean.toString(value <= target));
    }

    private static void exactly(String name, double value, double target) {
        print(name, value, Double.toString(target), Boolean.toString(value == target));
    }

    private static void print(String name, double value, String target, String met) {
        String number = Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "null";
        System.out.println(new JsonObject().text("name", name).json("value", number).json("target", target).json("met", met).line());
    }
}
