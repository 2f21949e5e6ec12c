package org.fluvia.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.Quantity;
import org.fluvia.report.ArvizJson;
import org.fluvia.report.Document;
import org.fluvia.report.DrawsCsv;
import org.fluvia.report.DrawsJson;
import org.fluvia.report.PointsCsv;
import org.fluvia.vi.SavedPosterior;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.diagnostics.ParetoSmoothedWeights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluvia draws}: the draws of a posterior that was fitted before, or new ones. */
@Command(name = "draws", sortOptions = false, header = "Writes the draws of a posterior that was fitted before, or new ones, without its model and data.",
        description = "The draws that the fit kept, the first N of them with --draws N; new draws of the approximation where --seed is given, or"
                + " there are fewer. New draws are the posterior's where the verdict is PASS, and where it is RESAMPLED, by importance weights."
                + " Where it is EXACT they lack the Markov chains that corrected those that were kept: a warning says so, and the exit code is 3, as it"
                + " is for any draws of a fit that is not to be trusted.",
        footer = "%nExample: fluvia draws results --draws 100000 --out more.csv")
final class DrawsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "POSTERIOR", description = "The folder that fluvia fit --out wrote, or posterior.fluvia in it.")
    private String posterior;

    @Option(names = "--draws", paramLabel = "N", description = "The number of draws (default: as many as the fit kept).")
    private @Nullable Integer draws;

    @Option(names = "--seed", paramLabel = "N", description = "Makes new draws. The same seed gives the same ones (default: those that were kept; 1"
            + " where there are too few).")
    private @Nullable Long seed;

    @Option(names = "--format", paramLabel = "FORMAT", completionCandidates = Formats.class,
            description = "${COMPLETION-CANDIDATES}: a column for each element; Stan's CSV, with lp__ and log_q__; lists by name; ArviZ's"
                    + " InferenceData (default: csv).")
    private String format = "csv";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write them; on standard output by default.")
    private @Nullable Path out;

    /** The formats there are, for the help and for completion. */
    static final class Formats implements Iterable<String> {
        static final List<String> ALL = List.of("csv", "stan", "json", "arviz");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    @Override
    public Integer call() {
        Output.checkFormat(format, Formats.ALL);
        if (draws != null && draws < 1) throw new UserError("--draws: must be at least 1, but was " + draws);
        SavedPosterior saved = InputFiles.posterior(posterior);
        int count = draws == null ? saved.drawCount() : draws;
        boolean fresh = seed != null || count > saved.drawCount();
        if (fresh && format.equals("stan")) {
            throw new UserError("--format stan: has the model's log-density of each draw, which is known of the " + saved.drawCount()
                    + " draws that were kept and not of new ones. Leave out --seed and ask for no more, or choose another format.");
        }
        if (!fresh) {
            write(kept(saved, count));
        } else if (saved.verdict() == Verdict.RESAMPLED && saved.canResample()) {
            checkMemory(saved, count, 3L * SavedPosterior.proposals(count) + 2L * count);
            SavedPosterior.Resampled resampled = saved.resample(count, seed == null ? 1 : seed);
            write(fresh(saved, resampled.draws(), () -> ArvizJson.of(saved, resampled)));
            if (resampled.khat() <= ParetoSmoothedWeights.khatThreshold(SavedPosterior.proposals(count))) return 0;
            warn(String.format(Locale.ROOT, "the importance weights of these draws have a k-hat of %.2f, above 0.7. Choose another seed, or fit again.",
                    resampled.khat()));
            return ExitCode.NOT_TRUSTED;
        } else {
            checkMemory(saved, count, 4L * count);
            SavedPosterior.NewDraws drawn = saved.newDraws(count, seed == null ? 1 : seed);
            write(fresh(saved, drawn, () -> ArvizJson.of(saved, drawn)));
        }
        boolean trusted = saved.verdict() == Verdict.PASS || saved.verdict() != Verdict.FAIL && !fresh;
        if (!trusted) warn(saved, fresh);
        return trusted ? 0 : ExitCode.NOT_TRUSTED;
    }

    private Document kept(SavedPosterior saved, int count) {
        if (format.equals("stan") || format.equals("arviz")) {
            if (count == saved.drawCount()) return format.equals("stan") ? DrawsCsv.of(saved) : ArvizJson.of(saved);
            throw new UserError("--format " + format + ": has all draws that were kept, " + saved.drawCount() + ". Leave out --draws, or choose another"
                    + " format.");
        }
        DMatrixRMaj all = saved.draws();
        DMatrixRMaj first = new DMatrixRMaj(all.numRows, count);
        for (int i = 0; i < all.numRows; i++) System.arraycopy(all.data, i * all.numCols, first.data, i * count, count);
        return document(saved.quantities(), first);
    }

    /** @param held draws at a time: copies are made */
    private static void checkMemory(SavedPosterior saved, int count, long held) {
        if (!saved.canDraw()) {
            throw new UserError("POSTERIOR: there are only the " + saved.drawCount() + " draws that were kept, and can be no new ones, as "
                    + saved.lacking().values().iterator().next() + ". Leave out --seed, and ask for no more.");
        }
        Output.checkMemory(count, held * saved.names().size());
    }

    /** Without the quantities that new draws lack, which is said. */
    private Document fresh(SavedPosterior saved, SavedPosterior.NewDraws drawn, Supplier<Document> arviz) {
        for (Map.Entry<String, String> lacking : saved.lacking().entrySet()) {
            warn(lacking.getKey() + " is left out, as it is made by " + lacking.getValue() + ", which the file does not have.");
        }
        if (format.equals("arviz")) return arviz.get();
        List<Quantity> there = saved.quantities().stream().filter(q -> !saved.lacking().containsKey(q.name())).toList();
        return document(there, saved.rows(drawn.values(), there));
    }

    private Document document(List<Quantity> quantities, DMatrixRMaj values) {
        if (format.equals("json")) return DrawsJson.of(quantities, values);
        return PointsCsv.of(quantities.stream().flatMap(q -> q.elementNames().stream()).toList(), values);
    }

    private void warn(SavedPosterior saved, boolean fresh) {
        if (saved.verdict() == Verdict.FAIL) {
            warn("the fit is not to be trusted (FAIL), and so neither are its draws: " + String.join(" ", saved.assessment().reasons()));
        } else if (fresh) {
            warn("the draws that were kept are corrected by " + (saved.verdict() == Verdict.EXACT ? "Markov chains (EXACT)" : "importance weights (RESAMPLED)")
                    + ", and new ones are not. Leave out --seed, and ask for at most " + saved.drawCount() + ".");
        }
    }

    private void warn(String warning) {
        Output.warn(spec.commandLine().getErr(), warning);
    }

    private void write(Document document) {
        Output.write(document, out, spec.commandLine().getOut());
    }
}
