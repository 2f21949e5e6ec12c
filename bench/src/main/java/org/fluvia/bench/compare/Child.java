package org.fluvia.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.FlowStep;
import org.fluvia.bench.ModelGradient;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A second JVM with other options, which does some of the work and prints one object of JSON. */
public final class Child {
    private static final double TURN = 0.3;

    private Child() {}

    /**
     * @param task "steps", "heap" or "roofline"
     * @return what the child printed; null if it failed
     */
    static @Nullable Data run(String task, String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), task));
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Data.jsonText(answer) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    public static void main(String[] args) {
        JsonObject answer = switch (args[0]) {
            case "steps" -> steps();
            case "heap" -> heap();
            default -> new JsonObject().number("flops", Roofline.peakFlops()).number("bandwidth", Roofline.copyBandwidth());
        };
        System.out.println(answer.line());
    }

    /** Seconds of a flow step and of each model's gradients, 256 draws on one thread. */
    private static JsonObject steps() {
        JsonObject times = new JsonObject();
        FlowStep step = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), 256, Workers.none(), FlowStep.Derivative.TOTAL);
        Stopwatch.time(step::run, 2);
        times.number("flow", Stopwatch.time(step::run, TURN));
        for (BenchModel model : BenchModel.values()) {
            ModelGradient gradient = ModelGradient.of(model.bind(), 256, Workers.none());
            Stopwatch.time(gradient::run, 0.7);
            times.number(model.program(), Stopwatch.time(gradient::run, TURN));
        }
        return times;
    }

    /** Megabytes of heap in use after some steps on diamonds, which fit into the heap that this JVM was given. */
    private static JsonObject heap() {
        try (Workers workers = Workers.of(Runtime.getRuntime().availableProcessors())) {
            FlowStep step = FlowStep.of(BenchModel.DIAMONDS.bind(), 1024, workers, FlowStep.Derivative.TOTAL);
            for (int i = 0; i < 3; i++) step.run();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            double bytes = runtime.totalMemory() - runtime.freeMemory();
            step.run();
            return new JsonObject().number("megabytes", bytes / (1 << 20));
        }
    }
}
