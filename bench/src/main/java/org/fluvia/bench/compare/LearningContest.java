package org.fluvia.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.fluvia.bench.BenchFlow;
import org.fluvia.bench.BenchSamples;
import org.fluvia.flows.Learning;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;

/**
 * A flow that learns from samples, beside a peer's of the same kind and sizes: the same rows, batches and most epochs. Peers have a constant step
 * size, which their loops have; Fluvia has its default, which falls from {@link Learning#rate} to 0. Each side is
 * in a process that has done nothing yet, so that what it compiles is in its time, by turns. What is compared is the log-density of rows that no
 * side has seen.
 *
 * @param training the file of rows to learn from
 * @param test the file of rows to judge by
 * @param epochs the most passes through the data
 */
record LearningContest(BenchSamples set, BenchFlow flow, Path training, Path test, int epochs) {
    static final double VALIDATION = 0.1;
    /** Of the peers, constant; at 2e-3 flowjax learns 8 Gaussians worse and 2 spirals better, and is behind Fluvia in both. */
    static final double RATE = 1e-3;
    static final int PATIENCE = 20;
    private static final double NANO = 1e-9;

    /**
     * What a side has learned.
     *
     * @param logDensity of each test row
     * @param fit seconds from the rows in memory to the flow
     * @param whole seconds from the start of the process to its end
     */
    record Learned(double[] logDensity, double fit, double whole) {
        double mean() {
            double sum = 0;
            for (double x : logDensity) sum += x;
            return sum / logDensity.length;
        }

        /** The standard error of the difference of the means, as both are of the same rows. */
        double errorOfDifference(double[] other) {
            int n = logDensity.length;
            double mean = 0;
            for (int i = 0; i < n; i++) mean += (logDensity[i] - other[i]) / n;
            double sum = 0;
            for (int i = 0; i < n; i++) sum += Math.pow(logDensity[i] - other[i] - mean, 2);
            return Math.sqrt(sum / (n - 1.0) / n);
        }
    }

    /** Writes the rows for every side. */
    static LearningContest of(BenchSamples set, BenchFlow flow, int epochs) throws IOException {
        BenchSamples.Rows rows = set.rows();
        return new LearningContest(set, flow, Exchange.samples(set.name() + ".training", rows.training()),
                Exchange.samples(set.name() + ".test", rows.test()), epochs);
    }

    /** What one side is asked. */
    private JsonObject command(int round) {
        return Exchange.sizes(flow, set.dimension()).text("training", training.toString()).text("test", test.toString())
                .whole("batch", set.batch()).number("rate", RATE).whole("epochs", epochs).whole("patience", PATIENCE)
                .number("validation", VALIDATION).whole("seed", round + 1);
    }

    /** A turn of each side. */
    record Round(Learned ours, Learned theirs) {
        double gain() {
            return ours.mean() - theirs.mean();
        }
    }

    /** One side's turn. */
    Learned turn(Peer side, int round) {
        long begin = System.nanoTime();
        try (side) {
            Data answer = side.prepare("learn", command(round));
            return new Learned(answer.values("log_density"), answer.values("seconds")[0], (System.nanoTime() - begin) * NANO);
        }
    }

    String name() {
        return set.title() + ", " + flow.program().replace("_of_data", "").replace('_', ' ');
    }

    /** A row of the table: means over the rounds, each of which has a seed of its own, and the rounds' middle times. */
    String markdown(String peer, List<Round> rounds) {
        return String.format(Locale.ROOT, "| %s | %s | %.3f | %.3f | %+.3f +- %.3f (%+.3f to %+.3f) | %.1f s | %.1f s | **%.2f** | %.2f |", name(), peer,
                mean(rounds, r -> r.ours().mean()), mean(rounds, r -> r.theirs().mean()), mean(rounds, Round::gain),
                mean(rounds, r -> r.ours().errorOfDifference(r.theirs().logDensity())),
                rounds.stream().mapToDouble(Round::gain).min().orElseThrow(), rounds.stream().mapToDouble(Round::gain).max().orElseThrow(),
                median(rounds, r -> r.ours().fit()), median(rounds, r -> r.theirs().fit()), median(rounds, r -> r.theirs().fit() / r.ours().fit()),
                median(rounds, r -> r.theirs().whole() / r.ours().whole()));
    }

    private static double mean(List<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream().mapToDouble(of).average().orElseThrow();
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return Stopwatch.median(rounds.stream().mapToDouble(of).toArray());
    }
}
