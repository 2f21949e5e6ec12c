package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.cli.source.UserError;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.LogLikelihood;
import org.fluvia.flows.Samples;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.file.FlowFile;
import org.fluvia.report.TrainingCsv;
import org.fluvia.text.ConsoleLine;
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
        description = "DATA.csv has a header; lines that begin with # are comments. Some of the rows are held out, and training ends when they no"
                + " longer gain. Ctrl-C ends it with the best flow so far.",
        footer = "%nExample: fluvia learn people.csv --columns height,weight --context age --out people"
                + "%nThen: fluvia sample people/flow.fluvia --context 30 --draws 1000")
final class LearnCommand implements Callable<Integer> {
    static final String FLOW_FILE = "flow.fluvia";
    static final String TRAINING_FILE = "training.csv";
    private static final String FLOW = "splineCoupling";
    /** {@link Learning} takes the streams before it of the seed. */
    private static final int STREAM_OF_NOISE = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATA.csv", description = "A table with a header, numbers in its columns; - is standard input.")
    private Path data;

    @Option(names = "--columns", paramLabel = "NAMES", description = "The columns to learn the distribution of, with commas between them"
            + " (default: all that no other option names).")
    private @Nullable String columns;

    @Option(names = "--context", paramLabel = "NAMES", description = "The columns that the distribution is conditional on.")
    private @Nullable String context;

    @Option(names = "--integers", paramLabel = "NAMES", description = "Those of the columns that are integers, such as counts: noise that is uniform"
            + " on [0, 1) is added, fresh in each pass, draws have none of it, and density gives probabilities.")
    private @Nullable String integers;

    @Option(names = "--weights", paramLabel = "NAME", description = "The column with each row's weight, not negative: 2 counts as two rows, 0 as"
            + " none.")
    private @Nullable String weights;

    @Option(names = "--flow", paramLabel = "NAME", completionCandidates = FitCommand.FlowNames.class,
            description = "The family of flows: ${COMPLETION-CANDIDATES} (default: " + FLOW + "). fluvia flows tells what they are.")
    private String flow = FLOW;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write " + FLOW_FILE + ", " + TRAINING_FILE + " and pictures of the"
            + " training and of data beside draws, in the place of those of an older run; nowhere by default.")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same flow, on any number of threads (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "The most passes through the data (default: 200).")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Rows in a step (default: 256).")
    private @Nullable Integer batch;

    @Option(names = "--validation", paramLabel = "SHARE", description = "The share of rows that is held out, at most 10,000 rows (default: 0.1).")
    private @Nullable Double validation;

    @Option(names = "--within", paramLabel = "TIME", converter = DurationConverter.class,
            description = "End after this time with the best there is by then: 30s, 2m (default: no limit).")
    private @Nullable Duration within;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: one a processor). No result depends on it.")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        Learning learning = learning();
        if (out != null) Output.prepare(out);
        ConsoleLine line = Output.progress();
        ColumnRoles[] roles = new ColumnRoles[1];
        Samples read = Table.read("DATA", data, line, table -> {
            roles[0] = roles(table);
            return roles[0].columns();
        });
        line.clear();
        LearnedFlow learned;
        Interruption interruption = Interruption.ofWorkThatIsKept(System.err, Output.isTerminal());
        try (interruption) {
            Samples samples = samples(read, roles[0], learning);
            learned = run(learning.progress(e -> line.show(() -> inWords(e))), samples);
            line.clear();
            boolean wasInterrupted = interruption.happened();
            if (wasInterrupted) Thread.interrupted(); // so that files can be written
            end(learned, roles[0], samples, !wasInterrupted);
            if (wasInterrupted) {
                interruption.keeps(() -> out == null ? "nothing was written, as there is no --out" : "the best flow so far is in " + out.resolve(FLOW_FILE));
                return ExitCode.INTERRUPTED;
            }
        }
        return learned.record().ending() == TrainingRecord.Ending.DIVERGED ? ExitCode.NOT_TRUSTED : 0;
    }

    private static String inWords(TrainingRecord.Epoch e) {
        return String.format(Locale.ROOT, "epoch %d  step %d  held-out %.4f nats a row", e.number(), e.steps(), e.heldOut());
    }

    private Samples samples(Samples read, ColumnRoles roles, Learning learning) {
        if (batch != null && batch > read.size()) {
            throw new UserError("--batch: must be at most the number of rows, " + read.size() + ", but was " + batch);
        }
        try {
            return roles.samples(read, SplitMix.at(learning.seed(), STREAM_OF_NOISE));
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private static LearnedFlow run(Learning learning, Samples samples) {
        try {
            return learning.run(samples);
        } catch (CancellationException e) {
            throw new InterruptedRun(e); // before there was anything to keep
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private static UserError wrong(IllegalArgumentException e) {
        return new UserError("DATA: " + String.valueOf(e.getMessage()).replaceFirst("^(Learning|Samples): ", ""), e);
    }

    /** @param draws whether pictures are drawn: a JVM that is about to end has none any more */
    private void end(LearnedFlow learned, ColumnRoles roles, Samples samples, boolean draws) {
        List<String> written = new ArrayList<>();
        if (out != null) {
            write(FlowFile.of(learned).columns(roles.points()).contextColumns(roles.context()).integerColumns(roles.integers()), out, written);
            LearnedPictures.remove(out);
            if (draws) LearnedPictures.write(learned, roles, samples, out, written);
        }
        print(learned, roles, samples.size(), written);
    }

    private Learning learning() {
        Learning l = Learning.of(FitCommand.named(flow)).threads(Runtime.getRuntime().availableProcessors());
        try {
            if (seed != null) l = l.seed(seed);
            if (epochs != null) l = l.epochs(epochs);
            if (batch != null) l = l.batch(batch);
            if (validation != null) l = l.validation(validation);
            if (within != null) l = l.within(within);
            if (threads != null) l = l.threads(threads);
            return l;
        } catch (IllegalArgumentException e) {
            throw new UserError("--" + String.valueOf(e.getMessage()).replaceFirst("^Learning: ", ""), e);
        }
    }

    private ColumnRoles roles(Table table) {
        List<String> given = named(table, "--context", context);
        List<String> weight = named(table, "--weights", weights);
        if (weight.size() > 1) throw new UserError("--weights: must be the name of one column, but is " + Shown.list(weight));
        List<String> own = new ArrayList<>(columns == null ? table.header() : named(table, "--columns", columns));
        for (Map.Entry<String, List<String>> other : Map.of("--context", given, "--weights", weight).entrySet()) {
            if (columns == null) own.removeAll(other.getValue());
            for (String name : other.getValue()) if (own.contains(name)) throw namedTwice(other.getKey(), name, "--columns");
        }
        for (String name : weight) if (given.contains(name)) throw namedTwice("--weights", name, "--context");
        if (own.contains("")) throw new UserError("DATA: column " + (table.header().indexOf("") + 1) + " has no name. Name the columns to take with --columns.");
        if (own.isEmpty()) throw new UserError("--context and --weights leave no column to learn the distribution of");
        List<String> whole = named(table, "--integers", integers);
        for (String name : whole) {
            if (own.contains(name)) continue;
            throw new UserError("--integers: " + Shown.text(name) + " is not among the columns to learn the distribution of, " + Shown.list(own));
        }
        return new ColumnRoles(own, given, whole, weight.isEmpty() ? null : weight.get(0));
    }

    private static List<String> named(Table table, String option, @Nullable String names) {
        return names == null ? List.of() : table.named(option, Table.names(option, names));
    }

    private static UserError namedTwice(String option, String name, String other) {
        return new UserError(option + ": " + Shown.text(name) + " is also in " + other + ". Name it in one of them");
    }

    private static void write(FlowFile file, Path folder, List<String> written) {
        try {
            Files.createDirectories(folder);
            Path training = folder.resolve(TRAINING_FILE);
            Path flow = folder.resolve(FLOW_FILE);
            TrainingCsv.of(file.flow()).writeTo(training);
            file.write(flow);
            written.add(flow.toString());
            written.add(training.toString());
        } catch (IOException e) {
            throw Output.refused(folder, e);
        }
    }

    private void print(LearnedFlow learned, ColumnRoles roles, int rows, List<String> written) {
        TrainingRecord record = learned.record();
        LogLikelihood heldOut = learned.heldOut();
        PrintWriter to = spec.commandLine().getOut();
        to.printf(Locale.ROOT, "learned %s%s from %d rows, in %.1f s%n", Shown.list(roles.points()),
                roles.context().isEmpty() ? "" : " given " + Shown.list(roles.context()), rows, record.seconds());
        to.printf(Locale.ROOT, "held-out log-likelihood  %.4f +- %.4f nats a row (%d rows)%n", heldOut.mean(), heldOut.standardError(), heldOut.points());
        to.printf(Locale.ROOT, "bits per dimension       %.4f%n", learned.bitsPerDimension());
        if (!roles.integers().isEmpty()) to.printf("integers                 %s: both are bounds of what probabilities give%n", Shown.list(roles.integers()));
        to.printf("ended                    %s%n", record.ending().inWords());
        to.printf("best epoch               %d of %d%n", record.best(), record.epochs().size());
        to.printf("flow                     %s%n", learned.spec());
        for (String file : written) to.printf("written                  %s%n", Shown.text(file));
        to.flush();
    }
}
