package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.Observation;
import org.fluvia.report.ArvizJson;
import org.fluvia.report.HtmlReport;
import org.fluvia.report.OutputFolder;
import org.fluvia.report.ResultFiles;
import org.fluvia.text.Shown;
import org.fluvia.vi.Checkpoint;
import org.fluvia.vi.CheckpointException;
import org.fluvia.vi.Finish;
import org.fluvia.vi.Fit;
import org.fluvia.vi.OptionException;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Progress;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.Predictions;
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

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write posterior.fluvia, summary.json and draws.csv, in the place"
            + " of those of an older run; nowhere by default.")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", preprocessor = ResumedCommand.class, description = "Goes on with a fit that was interrupted or killed,"
            + " by the checkpoint that it left in the DIR of its --out: its command is run again, and ends in the same bits as if nothing had happened.")
    private @Nullable Path resume;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same results, on any number of threads (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--draws", paramLabel = "N", description = "The number of draws of the posterior (default: " + Fit.DEFAULT_DRAWS + ").")
    private @Nullable Integer draws;

    @Option(names = "--within", paramLabel = "TIME", converter = DurationConverter.class,
            description = "End after this time with the best there is by then: 30s, 2m, 500ms (default: 2m).")
    private @Nullable Duration within;

    @Option(names = "--flow", paramLabel = "NAME", completionCandidates = FlowNames.class,
            description = "The family of flows: ${COMPLETION-CANDIDATES} (default: realNvp). fluvia flows tells what they are.")
    private @Nullable String flow;

    @Option(names = "--exact", description = "Draws of Markov chains in the flow's base space, wherever they agree; by default only where"
            + " the flow's own draws, weighted or not, fall short.")
    private boolean exact;

    @Option(names = "--repeat", paramLabel = "N", description = "N independent fits as one: whether they agree is a part of the verdict (default: 1).")
    private @Nullable Integer repeat;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: one a processor). No result depends on it.")
    private @Nullable Integer threads;

    @Option(names = "--init", paramLabel = "INIT.json", description = "Values of some or all parameters to start from besides the usual points,"
            + " on their constrained scale, in Stan's JSON format; - is standard input.")
    private @Nullable Path init;

    @Option(names = "--loo", description = "Leave-one-out cross-validation of the observed data: printed, and written as loo.csv and into"
            + " summary.json.")
    private boolean loo;

    @Option(names = "--predict", paramLabel = "N", description = "Replications of the observed data, and values of m.predict, for the first N draws,"
            + " written as predictions.csv.")
    private @Nullable Integer predict;

    @Option(names = "--log-lik", description = "The log-likelihood of each observation at each draw, for ArviZ and the loo package:"
            + " written as columns log_lik.1, log_lik.2, ... of draws.csv.")
    private boolean logLikelihood;

    @Option(names = "--arviz", description = "The posterior as ArviZ's InferenceData, with the log-likelihoods of --log-lik and the replications of --predict:"
            + " written as arviz.json.")
    private boolean arviz;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Where to write a page for people: the verdict and what to do next, the table,"
            + " pictures, predictions beside the data, the model's source, and with --loo cross-validation.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Progress for machines: on standard error, a line of JSON at every change of stage and at most ten times a"
            + " second, {\"stage\", \"step\", \"steps\", \"elbo\", \"seconds_left\"}.")
    private boolean json;

    private boolean begun;
    /** The command, "fit" first, with that of the fit that is resumed. */
    private List<String> words = List.of();

    @Override
    public Integer call() {
        words = ResumedCommand.of(spec.root().commandLine().getParseResult().originalArgs());
        boolean isTerminal = Output.isTerminal();
        configure(Fit.of(Model.define("none yet", m -> { }))); // says at once what is wrong with the options
        model.checkFiles();
        checkOutput();
        checkResume();
        if (model.readsStandardInput() && InputFiles.STANDARD_INPUT.equals(init)) {
            throw new UserError("--data and --init must not both be standard input. Name a file for one of them.");
        }
        Data start = init == null ? null : InputFiles.values("--init", init);
        OutputFolder folder = out == null ? null : Output.prepare(out);
        if (report != null && !isInOut(report)) Output.checkFile("--report", report);
        Data[] used = {Data.empty()};
        Interruption interruption = Interruption.of(folder, System.err, isTerminal);
        try (interruption) {
            Progress shown = json ? new JsonProgress(spec.commandLine().getErr()) : isTerminal ? Progress.console() : Progress.none();
            List<Progress.Event> course = new ArrayList<>();
            Progress progress = event -> {
                if (report != null) course.add(event);
                checkResumed(event);
                shown.report(event);
            };
            if (out != null) interruption.keeps(this::howToGoOn);
            Posterior posterior = model.use(seed == null ? 1 : seed, (m, data) -> {
                checkObserves(m, data);
                used[0] = data;
                Fit fit = kept(configure(Fit.of(m)).data(data).progress(progress));
                return (start == null ? fit : fit.init(start)).run();
            });
            posterior.warnings().forEach(this::warn);
            Loo cross = loo ? posterior.loo() : null;
            Map<String, Predictions> predictions = predictions(posterior);
            if (folder != null && out != null) write(posterior, cross, predictions, folder, out);
            if (report != null) write(FitReport.of(posterior, cross, predictions, used[0], model.source(), words).course(course), report);
            PrintWriter stdout = spec.commandLine().getOut();
            stdout.println(Shown.lines(posterior.toString()));
            if (cross != null) stdout.printf("%n%s%n", Shown.lines(cross.toString()));
            stdout.flush();
            return posterior.verdict() == Verdict.FAIL ? ExitCode.NOT_TRUSTED : 0;
        } catch (CheckpointException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            if (interruption.happened()) throw new InterruptedRun(e);
            throw e;
        } finally {
            if (folder != null) folder.cancel();
        }
    }

    /** With a checkpoint in the folder of the results. */
    private Fit kept(Fit fit) {
        if (out == null) return fit;
        return fit.checkpoint(Checkpoint.in(checkpoint(out)).command(words.subList(1, words.size())));
    }

    private static Path checkpoint(Path folder) {
        return folder.resolve(OutputFolder.CHECKPOINT);
    }

    private @Nullable String howToGoOn() {
        return out != null && Files.exists(checkpoint(out)) ? "fluvia fit --resume " + Shown.text(out.toString()) + " goes on from there" : null;
    }

    /** The first event says whether there was a checkpoint of this fit. */
    private void checkResumed(Progress.Event event) {
        if (begun) return;
        begun = true;
        if (event.stage().equals(Progress.RESUMED)) {
            if (json) return; // it says so itself
            PrintWriter err = spec.commandLine().getErr();
            err.println(Shown.lines("fluvia: goes on from " + (out == null ? "" : checkpoint(out))));
            err.flush();
        } else if (resume != null) {
            throw new UserError("--resume: " + Shown.text(checkpoint(resume).toString()) + " is of another fit: the model, its data or Fluvia have changed since."
                    + " To begin anew, give the whole command again without --resume.");
        }
    }

    private Fit configure(Fit fit) {
        Fit f = fit;
        try {
            if (seed != null) f = f.seed(seed);
            if (draws != null) f = f.draws(draws);
            if (within != null) f = f.within(within);
            if (flow != null) f = f.flow(named(flow));
            if (threads != null) f = f.threads(threads);
            if (repeat != null) f = f.repeat(repeat);
            if (exact) f = f.finish(Finish.EXACT);
            return f;
        } catch (OptionException e) {
            throw new UserError("--" + e.option() + " " + e.problem(), e);
        }
    }

    /** The names of the table of flows, for the help and for completion. */
    static final class FlowNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Flows.table().names().iterator();
        }
    }

    /** A flow of the table, whose name may be written in any case and with hyphens: full-rank. */
    static FlowSpec named(String flow) {
        return Flows.table().rows().stream().filter(f -> f.name().equalsIgnoreCase(flow.replace("-", ""))).findFirst()
                .orElseThrow(() -> new UserError("--flow: there is no flow " + Shown.text(flow)
                        + Failures.suggestion(flow, Flows.table().names()) + " There are "
                        + Flows.table().names().stream().sorted().collect(Collectors.joining(", ")) + "."))
                .spec().get();
    }

    private void checkOutput() {
        if (logLikelihood && out == null) throw new UserError("--log-lik: name a folder for draws.csv with --out");
        if (arviz && out == null) throw new UserError("--arviz: name a folder for arviz.json with --out");
        if (predict == null) return;
        int most = draws == null ? Fit.DEFAULT_DRAWS : draws;
        if (predict < 1 || predict > most) {
            throw new UserError("--predict: must be from 1 to the number of draws, " + most + ", but was " + predict);
        }
        if (out == null && report == null) throw new UserError("--predict: name a folder for predictions.csv with --out");
    }

    /** The command that is run again names folders as seen from where it was given first. */
    private void checkResume() {
        if (resume == null) return;
        try {
            if (out != null && Files.isSameFile(out, resume)) return;
        } catch (IOException e) {
            // no such folder from here
        }
        throw new UserError("--resume: the fit was begun in another folder, from which " + Shown.text(resume.toString()) + " was --out "
                + Shown.text(String.valueOf(out)) + ". Resume it there.");
    }

    /** Whether a file is to lie in the folder of the results, which need not be there yet. */
    private boolean isInOut(Path file) {
        return out != null && out.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize().getParent());
    }

    private void warn(String warning) {
        Output.warn(spec.commandLine().getErr(), warning);
    }

    private Map<String, Predictions> predictions(Posterior posterior) {
        Map<String, Predictions> all = predict == null ? Map.of() : posterior.predict(posterior.seed(), Math.min(predict, posterior.drawCount()));
        all.values().forEach(p -> p.notes().forEach(this::warn));
        return all;
    }

    private void write(HtmlReport page, Path to) {
        Output.write("--report", page, to, spec.commandLine().getOut());
    }

    private void write(Posterior posterior, @Nullable Loo cross, Map<String, Predictions> predictions, OutputFolder folder, Path path) {
        ResultFiles files = ResultFiles.of(posterior).files(model.name(), model.dataName());
        String source = model.source();
        if (source != null) files = files.modelSource(source);
        if (logLikelihood) files = files.logLikelihoods();
        if (predict != null) files = files.predictions(predictions);
        if (arviz) {
            ArvizJson inference = ArvizJson.of(posterior);
            files = files.arviz((logLikelihood ? inference.logLikelihoods() : inference).predictions(predictions));
        }
        if (cross != null) files = files.loo(cross);
        try {
            files.writeTo(folder);
        } catch (IOException e) {
            throw Output.refused(path, e);
        }
    }

    /** Before the fit, which may take long. */
    private void checkObserves(Model m, Data data) {
        if (!loo && predict == null && !logLikelihood) return;
        BoundModel bound = m.bind(data);
        if (bound.observations().isEmpty() && (loo || logLikelihood || bound.predictions().isEmpty())) {
            String asked = loo ? "--loo" : logLikelihood ? "--log-lik" : "--predict";
            throw new UserError(asked + ": the model " + m.name() + " observes no data. Declare them with m.observe:"
                    + " a term of m.logDensity belongs to no observation.");
        }
        if (loo && bound.observations().stream().allMatch(o -> o.logDensity().shape().size() == 0)) {
            throw new UserError("--loo: there must be at least one observation, but "
                    + String.join(", ", bound.observations().stream().map(Observation::name).toList()) + " of the data have no elements.");
        }
        if (logLikelihood) Output.checkLogLikelihood(bound, draws == null ? Fit.DEFAULT_DRAWS : draws);
    }
}
