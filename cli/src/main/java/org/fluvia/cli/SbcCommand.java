package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.plots.CalibrationChecks;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;
import org.fluvia.report.RanksCsv;
import org.fluvia.text.Shown;
import org.fluvia.vi.Calibration;
import org.fluvia.vi.Fit;
import org.fluvia.vi.OptionException;
import org.fluvia.vi.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fluvia sbc}: simulation-based calibration. */
@Command(name = "sbc", sortOptions = false, header = "Fits a model to data drawn from it, again and again, and says whether the fits are right.",
        description = "Simulation-based calibration: parameters are drawn from the prior and data from these; where fits are right, the rank of a parameter"
                + " among the posterior's draws is uniform. Prints what came out, with a row for each parameter; the exit code is 3 where one is not"
                + " calibrated, or no fit is trusted. --data has the shapes of what is observed, as for simulate.",
        footer = "%nExample: fluvia sbc EightSchools.java --data schools.json --repeats 200 --out calibration")
final class SbcCommand implements Callable<Integer> {
    private static final int DEFAULT_REPEATS = 200;
    private static final int MOST_PICTURES = 12;
    private static final int COLUMNS = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArguments model;

    @Option(names = "--repeats", paramLabel = "N", description = "The number of fits, at least 20 (default: " + DEFAULT_REPEATS + ").")
    private int repeats = DEFAULT_REPEATS;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same results (default: 1).")
    private long seed = 1;

    @Option(names = "--within", paramLabel = "TIME", converter = DurationConverter.class, description = "The time each fit may take (default: 2m).")
    private @Nullable Duration within;

    @Option(names = "--flow", paramLabel = "NAME", completionCandidates = FitCommand.FlowNames.class,
            description = "The family of flows: ${COMPLETION-CANDIDATES} (default: realNvp).")
    private @Nullable String flow;

    @Option(names = "--threads", paramLabel = "N", description = "How many fits are made at once (default: one a processor).")
    private @Nullable Integer threads;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write ranks.csv, and pictures: histograms of ranks, and their distribution functions less"
            + " the uniform one; of the 12 quantities that are farthest off.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        boolean isTerminal = Output.isTerminal();
        configure(Fit.of(Model.define("none yet", m -> { }))); // says at once what is wrong with the options
        if (repeats < 20) throw new UserError("--repeats must be at least 20, but was " + repeats);
        model.checkFiles();
        if (out != null) Output.prepare(out);
        Interruption interruption = Interruption.ofWorkThatIsKept(System.err, isTerminal);
        try (interruption) {
            Calibration c = model.use(seed, (m, data) -> calibrate(m, data, isTerminal));
            boolean wasInterrupted = interruption.happened();
            if (wasInterrupted) {
                Thread.interrupted(); // so that files can be written
                interruption.keeps(() -> "the first " + c.outcomes().size() + " fits are " + (out == null ? "above" : "in " + out.resolve("ranks.csv")));
            }
            PrintWriter to = spec.commandLine().getOut();
            to.println(Shown.lines(c.toString()));
            to.flush();
            if (out != null) write(c, out, !wasInterrupted);
            if (wasInterrupted) return ExitCode.INTERRUPTED;
            return c.isCalibrated() ? 0 : ExitCode.NOT_TRUSTED;
        } catch (RuntimeException e) {
            if (interruption.happened()) throw new InterruptedRun(e);
            throw e;
        }
    }

    private Calibration calibrate(Model m, Data data, boolean isTerminal) {
        return configure(Fit.of(m.compile(data))).data(data).progress(isTerminal ? Progress.console() : Progress.none()).calibrate(repeats);
    }

    private Fit configure(Fit fit) {
        try {
            Fit f = fit.seed(seed);
            if (within != null) f = f.within(within);
            if (flow != null) f = f.flow(FitCommand.named(flow));
            if (threads != null) f = f.threads(threads);
            return f;
        } catch (OptionException e) {
            throw new UserError("--" + e.option() + " " + e.problem(), e);
        }
    }

    /** @param draws whether pictures are drawn: a JVM that is about to end has none any more */
    private static void write(Calibration c, Path folder, boolean draws) {
        List<String> names = c.names().stream().sorted(Comparator.comparingDouble(c::pValue)).limit(MOST_PICTURES).toList();
        try {
            Files.createDirectories(folder);
            RanksCsv.of(c).writeTo(folder.resolve("ranks.csv"));
        } catch (IOException e) {
            throw Output.refused(folder, e);
        }
        if (names.isEmpty() || !draws) return;
        List<String> written = new ArrayList<>();
        PictureFiles.write(folder, "ranks", picture(c, names, CalibrationChecks::histogram), written);
        PictureFiles.write(folder, "differences", picture(c, names, CalibrationChecks::difference), written);
    }

    private static Picture picture(Calibration c, List<String> names, BiFunction<Calibration, String, Panel> panel) {
        return Picture.grid(Math.min(COLUMNS, names.size()), names.stream().map(n -> panel.apply(c, n)).toList()).titled(c.model() + ": " + c.trusted() + " fits");
    }
}
