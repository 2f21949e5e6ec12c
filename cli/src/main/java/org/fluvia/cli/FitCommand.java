package org.fluvia.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.model.Quantity;
import org.fluvia.text.Shown;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Progress;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.predictive.Loo;
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

    @Option(names = "--init", paramLabel = "INIT.json", description = "Values of some or all parameters to start from besides the usual points,"
            + " on their constrained scale, in Stan's JSON format.")
    private @Nullable Path init;

    @Option(names = "--loo", description = "Leave-one-out cross-validation of the observed data: printed, and written as loo.csv and into"
            + " summary.json.")
    private boolean loo;

    @Option(names = "--predict", paramLabel = "N", description = "Replications of the observed data, and values of m.predict, for the first N draws,"
            + " written as predictions.csv.")
    private @Nullable Integer predict;

    @Override
    public Integer call() throws IOException {
        boolean isTerminal = Boolean.getBoolean("fluvia.terminal");
        configure(Fit.of(Model.define("none yet", m -> { }))); // says at once what is wrong with the options
        model.checkFiles();
        checkPredict();
        Data start = init == null ? null : initialValues(init);
        OutputFolder folder = out == null ? null : OutputFolder.prepare(out);
        Interruption interruption = Interruption.of(folder, System.err, isTerminal);
        try (interruption) {
            Progress progress = isTerminal ? Progress.console() : Progress.none();
            Posterior posterior = model.use((m, data) -> {
                checkObserves(m, data);
                Fit fit = configure(Fit.of(m)).data(data).progress(progress);
                return (start == null ? fit : fit.init(start)).run();
            });
            Loo cross = loo ? posterior.loo() : null;
            if (folder != null) write(posterior, cross, folder);
            PrintWriter stdout = spec.commandLine().getOut();
            stdout.println(Shown.lines(posterior.toString()));
            if (cross != null) stdout.printf("%n%s%n", Shown.lines(cross.toString()));
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

    private static Data initialValues(Path file) {
        InputFiles.check("--init", file);
        try {
            return Data.json(file);
        } catch (IOException e) {
            throw InputFiles.unreadable("--init", file, e);
        } catch (ModelException e) {
            throw new UserError(e.getMessage().replaceFirst("^data: ", "--init: "), e);
        }
    }

    private void checkPredict() {
        if (predict == null) return;
        int most = draws == null ? Fit.DEFAULT_DRAWS : draws;
        if (predict < 1 || predict > most) {
            throw new UserError("--predict: must be from 1 to the number of draws, " + most + ", but was " + predict);
        }
        if (out == null) throw new UserError("--predict: name a folder for predictions.csv with --out");
    }

    /** Before the fit, which may take long. */
    private void checkObserves(Model m, Data data) {
        if (!loo && predict == null) return;
        BoundModel bound = m.bind(data);
        if (bound.observations().isEmpty() && (loo || bound.predictions().isEmpty())) {
            throw new UserError((loo ? "--loo" : "--predict") + ": the model " + m.name() + " observes no data. Declare them with m.observe:"
                    + " a term of m.logDensity belongs to no observation.");
        }
    }

    private void write(Posterior p, @Nullable Loo cross, OutputFolder folder) {
        Map<String, String> comments = new LinkedHashMap<>();
        comments.put("fluvia_version", FluviaCommand.Version.ours());
        comments.put("model", p.modelName());
        comments.put("seed", Long.toString(p.seed()));
        comments.put("draws", Integer.toString(p.drawCount()));
        comments.put("verdict", p.verdict().name());
        comments.put("seconds", JsonText.decimal(StrictMath.rint(p.seconds() * 1000) / 1000));
        try {
            folder.write("draws.csv", to -> new DrawsCsv(p.quantities(), "lp__", "log_q__")
                    .write(to, comments, p.draws(), p.logDensity(), p.logApproximation()));
            if (predict != null) folder.write("predictions.csv", to -> writePredictions(p, predict, comments, to));
            if (cross != null) folder.write("loo.csv", to -> to.write(LooCsv.of(cross).getBytes(StandardCharsets.UTF_8)));
            folder.write("summary.json", to -> to.write(SummaryJson.of(p, cross).getBytes(StandardCharsets.UTF_8)));
            folder.commit();
        } catch (IOException e) {
            throw new UserError("--out: cannot write the results (" + OutputFolder.reason(e) + ")", e);
        }
    }

    private static void writePredictions(Posterior p, int draws, Map<String, String> comments, OutputStream to) throws IOException {
        List<Quantity> observed = new ArrayList<>();
        List<DMatrixRMaj> values = new ArrayList<>();
        p.predict(p.seed(), draws).forEach((name, predictions) -> {
            observed.add(new Quantity(name, Expr.perDraw(name, predictions.shape())));
            values.add(predictions.draws());
        });
        DMatrixRMaj all = new DMatrixRMaj(values.stream().mapToInt(v -> v.numRows).sum(), draws);
        int row = 0;
        for (DMatrixRMaj v : values) {
            System.arraycopy(v.data, 0, all.data, row * draws, v.numRows * draws);
            row += v.numRows;
        }
        new DrawsCsv(observed).write(to, comments, all);
    }
}
