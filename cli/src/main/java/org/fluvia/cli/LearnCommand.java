package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.fluvia.cli.source.UserError;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.LogLikelihood;
import org.fluvia.flows.Samples;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.file.FlowFile;
import org.fluvia.report.TrainingCsv;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia learn}: learns the distribution of rows of a table, prints how likely rows are that it did not learn from, and writes the flow. */
@Command(name = "learn", sortOptions = false,
        header = "Learns the distribution of the rows of a table; prints how likely rows are that it did not learn from, and writes the flow.",
        description = "DATA.csv has a header; lines that begin with # are comments. A tenth of the rows is held out, and training ends when they no"
                + " longer gain. Ctrl-C ends it with the best flow so far.",
        footer = "%nExample: fluvia learn people.csv --columns height,weight --context age --out people"
                + "%nThen: fluvia sample people/flow.fluvia --context 30 --draws 1000")
final class LearnCommand implements Callable<Integer> {
    static final String FLOW_FILE = "flow.fluvia";
    static final String TRAINING_FILE = "training.csv";
    private static final String FLOW = "splineCoupling";
    private static final long EVERY = 100_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATA.csv", description = "A table with a header, numbers in its columns; - is standard input.")
    private Path data;

    @Option(names = "--columns", paramLabel = "NAMES", description = "The columns to learn the distribution of, with commas between them"
            + " (default: all but those of --context).")
    private @Nullable String columns;

    @Option(names = "--context", paramLabel = "NAMES", description = "The columns that the distribution is conditional on.")
    private @Nullable String context;

    @Option(names = "--flow", paramLabel = "NAME", completionCandidates = FitCommand.FlowNames.class,
            description = "The family of flows: ${COMPLETION-CANDIDATES} (default: " + FLOW + "). fluvia flows tells what they are.")
    private String flow = FLOW;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write " + FLOW_FILE + " and " + TRAINING_FILE + ", in the place of those of"
            + " an older run; nowhere by default.")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same flow, on any number of threads (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "The most passes through the data (default: 200).")
    private @Nullable Integer epochs;

    @Option(names = "--within", paramLabel = "TIME", converter = DurationConverter.class,
            description = "End after this time with the best there is by then: 30s, 2m (default: no limit).")
    private @Nullable Duration within;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: one a processor). No result depends on it.")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        Learning learning = learning();
        List<String> given = context == null ? List.of() : Table.names("--context", context);
        if (out != null) Output.prepare(out);
        List<String> names = new ArrayList<>();
        Samples all = Table.read("DATA", data, table -> {
            names.addAll(columns(table, given));
            return names;
        });
        names.removeAll(given);
        boolean isTerminal = Boolean.getBoolean("fluvia.terminal");
        PrintStream messages = System.err;
        LearnedFlow learned;
        try (Interruption interruption = Interruption.ofWorkThatIsKept(messages, isTerminal)) {
            learned = run(isTerminal ? learning.progress(new Line(messages)) : learning, FlowDensity.split(all, names.size()));
            if (interruption.happened()) {
                Thread.interrupted(); // so that files can be written
                end(learned, names, given, all.size());
                interruption.keeps(out == null ? "nothing was written, as there is no --out" : "the best flow so far is in " + out.resolve(FLOW_FILE));
                return ExitCode.INTERRUPTED;
            }
        }
        end(learned, names, given, all.size());
        return learned.record().ending() == TrainingRecord.Ending.DIVERGED ? ExitCode.NOT_TRUSTED : 0;
    }

    private void end(LearnedFlow learned, List<String> names, List<String> given, int rows) {
        if (out != null) write(FlowFile.of(learned).columns(names).contextColumns(given), out);
        print(learned, names, given, rows);
    }

    private static LearnedFlow run(Learning learning, Samples samples) {
        try {
            return learning.run(samples);
        } catch (CancellationException e) {
            throw new InterruptedRun(e); // before there was anything to keep
        } catch (IllegalArgumentException e) {
            throw new UserError("DATA: " + e.getMessage(), e);
        }
    }

    private Learning learning() {
        Learning l = Learning.of(FitCommand.named(flow)).threads(Runtime.getRuntime().availableProcessors());
        try {
            if (seed != null) l = l.seed(seed);
            if (epochs != null) l = l.epochs(epochs);
            if (within != null) l = l.within(within);
            if (threads != null) l = l.threads(threads);
            return l;
        } catch (IllegalArgumentException e) {
            throw new UserError("--" + String.valueOf(e.getMessage()).replaceFirst("^Learning: ", ""), e);
        }
    }

    /** Those to learn the distribution of, then those of the context. */
    private List<String> columns(Table table, List<String> given) {
        table.named("--context", given);
        List<String> own = new ArrayList<>(columns == null ? table.header() : table.named("--columns", Table.names("--columns", columns)));
        if (columns == null) own.removeAll(given);
        for (String name : own) {
            if (given.contains(name)) throw new UserError("--context: " + Shown.text(name) + " is also in --columns. Name it in one of them");
            if (name.isEmpty()) throw new UserError("DATA: column " + (table.header().indexOf("") + 1) + " has no name. Name the columns to take with --columns.");
        }
        if (own.isEmpty()) throw new UserError("--context: leaves no column to learn the distribution of");
        own.addAll(given);
        return own;
    }

    private static void write(FlowFile file, Path folder) {
        try {
            Files.createDirectories(folder);
            TrainingCsv.of(file.flow()).writeTo(folder.resolve(TRAINING_FILE));
            file.write(folder.resolve(FLOW_FILE));
        } catch (IOException e) {
            throw Output.refused(folder, e);
        }
    }

    private void print(LearnedFlow learned, List<String> names, List<String> given, int rows) {
        TrainingRecord record = learned.record();
        LogLikelihood heldOut = learned.heldOut();
        PrintWriter to = spec.commandLine().getOut();
        to.printf(Locale.ROOT, "learned %s%s from %d rows, in %.1f s%n", Shown.list(names), given.isEmpty() ? "" : " given " + Shown.list(given), rows,
                record.seconds());
        to.printf(Locale.ROOT, "held-out log-likelihood  %.4f +- %.4f nats a row (%d rows)%n", heldOut.mean(), heldOut.standardError(), heldOut.points());
        to.printf(Locale.ROOT, "bits per dimension       %.4f%n", learned.bitsPerDimension());
        to.printf("ended                    %s%n", record.ending().inWords());
        to.printf("best epoch               %d of %d%n", record.best(), record.epochs().size());
        to.printf("flow                     %s%n", learned.spec());
        if (out != null) to.printf("written                  %s, %s%n", out.resolve(FLOW_FILE), out.resolve(TRAINING_FILE));
        to.flush();
    }

    /** One line, rewritten at most ten times a second, which what comes next overwrites. */
    private static final class Line implements Consumer<TrainingRecord.Epoch> {
        private final PrintStream err;
        private long last = System.nanoTime() - EVERY;

        Line(PrintStream err) {
            this.err = err;
        }

        @Override
        public void accept(TrainingRecord.Epoch e) {
            long now = System.nanoTime();
            if (now - last < EVERY) return;
            last = now;
            err.printf(Locale.ROOT, "\r\u001b[Kepoch %d  step %d  held-out %.4f nats a row\r", e.number(), e.steps(), e.heldOut());
            err.flush();
        }
    }
}
