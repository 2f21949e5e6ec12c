package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Progress;
import org.fluvia.vi.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fluvia fit}: fits a model, prints the verdict and the summary, writes them and the draws into a folder. */
@Command(name = "fit", sortOptions = false,
        header = "Fits a model to data; prints the verdict and a summary, and writes them and the draws into a folder.",
        footer = "%nExample: fluvia fit EightSchools.java --data eight_schools.json --out results")
final class FitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArguments model;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write summary.json and draws.csv; nowhere by default.")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same results, on any number of threads (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--draws", paramLabel = "N", description = "The number of draws of the posterior (default: " + Fit.DEFAULT_DRAWS + ").")
    private @Nullable Integer draws;

    @Option(names = "--within", paramLabel = "TIME", converter = DurationConverter.class,
            description = "End after this time with the best there is by then: 30s, 2m, 500ms (default: 2m).")
    private @Nullable Duration within;

    @Option(names = "--flow", paramLabel = "NAME", description = "The family of flows: " + FlowNames.LIST + " (default: realNvp).")
    private @Nullable String flow;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: one a processor). No result depends on it.")
    private @Nullable Integer threads;

    @Override
    public Integer call() throws IOException {
        boolean isTerminal = Boolean.getBoolean("fluvia.terminal");
        configure(Fit.of(Model.define("none yet", m -> { }))); // says at once what is wrong with the options
        model.checkFiles();
        OutputFolder folder = out == null ? null : OutputFolder.prepare(out);
        Interruption interruption = Interruption.of(folder, System.err, isTerminal);
        try (interruption) {
            Progress progress = isTerminal ? Progress.console() : Progress.none();
            Posterior posterior = model.use((m, data) -> configure(Fit.of(m)).data(data).progress(progress).run());
            if (folder != null) write(posterior, folder);
            PrintWriter stdout = spec.commandLine().getOut();
            stdout.println(posterior);
            stdout.flush();
            return posterior.verdict() == Verdict.FAIL ? FluviaCommand.NOT_TRUSTED : 0;
        } catch (RuntimeException e) {
            if (interruption.happened()) throw new InterruptedRun(e);
            throw e;
        } finally {
            if (folder != null) folder.cancel();
        }
    }

    private Fit configure(Fit fit) {
        Fit f = fit;
        try {
            if (seed != null) f = f.seed(seed);
            if (draws != null) f = f.draws(draws);
            if (within != null) f = f.within(within);
            if (flow != null) f = f.flow(FlowNames.flow(flow));
            if (threads != null) f = f.threads(threads);
            return f;
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage().replaceFirst("^fit: ", "--"), e);
        }
    }

    private static void write(Posterior p, OutputFolder folder) {
        Map<String, String> comments = new LinkedHashMap<>();
        comments.put("fluvia_version", FluviaCommand.Version.ours());
        comments.put("model", p.modelName());
        comments.put("seed", Long.toString(p.seed()));
        comments.put("draws", Integer.toString(p.drawCount()));
        comments.put("verdict", p.verdict().name());
        comments.put("seconds", JsonText.decimal(StrictMath.rint(p.seconds() * 1000) / 1000));
        try {
            folder.write("draws.csv", to -> new DrawsCsv(p.quantities())
                    .write(to, comments, p.draws(), p.logDensity(), p.logApproximation()));
            folder.write("summary.json", to -> to.write(SummaryJson.of(p).getBytes(StandardCharsets.UTF_8)));
            folder.commit();
        } catch (IOException e) {
            throw new UserError("--out: cannot write the results (" + OutputFolder.reason(e) + ")", e);
        }
    }
}
