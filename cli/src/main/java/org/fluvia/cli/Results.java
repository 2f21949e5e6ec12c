package org.fluvia.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.predictive.Loo;
import org.jspecify.annotations.Nullable;

/** The files that a fit is written into. docs/files.md describes them. */
final class Results {
    /** The name that Stan's users give to the pointwise log-likelihood, and that ArviZ and the loo package look for. */
    private static final String LOG_LIKELIHOOD = "log_lik";
    private static final long MIB = 1 << 20;

    private final Posterior posterior;
    private final SummaryJson.Inputs inputs;
    private final Consumer<String> warn;

    /** @param warn is told what is wrong with what is written */
    Results(Posterior posterior, SummaryJson.Inputs inputs, Consumer<String> warn) {
        this.posterior = posterior;
        this.inputs = inputs;
        this.warn = warn;
    }

    /**
     * Writes all files, or none.
     *
     * @param loo null where it was not asked for
     * @param predictions the number of replications, if there are as many draws; null where none were asked for
     * @param logLikelihood whether draws.csv has the log-likelihood of each observation too
     * @throws UserError if the folder cannot be written to
     */
    void write(OutputFolder folder, @Nullable Loo loo, @Nullable Integer predictions, boolean logLikelihood) {
        try {
            folder.write("draws.csv", to -> writeDraws(logLikelihood, to));
            if (predictions != null) folder.write("predictions.csv", to -> writePredictions(Math.min(predictions, posterior.drawCount()), to));
            if (loo != null) folder.write("loo.csv", to -> to.write(LooCsv.of(loo).getBytes(StandardCharsets.UTF_8)));
            folder.write("summary.json", to -> to.write(SummaryJson.of(posterior, inputs, loo).text().getBytes(StandardCharsets.UTF_8)));
            folder.commit();
        } catch (IOException e) {
            throw folder.refused(e);
        }
    }

    /** Before the fit: whether the log-likelihood can be had. */
    static void checkLogLikelihood(BoundModel model, int draws) {
        for (List<Quantity> all : List.of(model.parameters(), model.derived())) {
            if (all.stream().anyMatch(q -> q.name().equals(LOG_LIKELIHOOD))) {
                throw new UserError("--log-lik: the model " + model.name() + " has a quantity " + LOG_LIKELIHOOD + " of its own, which is"
                        + " written without that option");
            }
        }
        long observations = model.observations().stream().mapToLong(o -> o.logDensity().shape().size()).sum();
        long needed = 3 * 8 * observations * draws; // copies are made
        if (needed > Runtime.getRuntime().maxMemory() / 2) {
            throw new UserError("--log-lik: " + observations + " observations at " + draws + " draws need " + needed / MIB
                    + " MiB, more than half of the " + Runtime.getRuntime().maxMemory() / MIB + " MiB that Java may take. Ask for fewer --draws, or give it more:"
                    + " FLUVIA_OPTS=-Xmx16g.");
        }
    }

    /** With the comments that readers of Stan's output look for: as a sampler that does not adapt, and has no warm-up. */
    private void writeDraws(boolean logLikelihood, OutputStream to) throws IOException {
        List<Quantity> quantities = new ArrayList<>(posterior.quantities());
        List<DMatrixRMaj> values = new ArrayList<>(List.of(posterior.draws()));
        if (logLikelihood) {
            DMatrixRMaj pointwise = posterior.logLikelihood().values();
            quantities.add(new Quantity(LOG_LIKELIHOOD, Expr.perDraw(LOG_LIKELIHOOD, Shape.of(pointwise.numRows))));
            values.add(pointwise);
        }
        Map<String, String> comments = comments();
        comments.put("method", "sample (Default)");
        comments.put("num_samples", Integer.toString(posterior.drawCount()));
        comments.put("num_warmup", "1"); // cmdstanpy refuses 0; none is saved
        comments.put("save_warmup", "false");
        comments.put("thin", "1");
        comments.put("algorithm", "fixed_param");
        String seconds = String.format(Locale.ROOT, "%.3f", posterior.seconds());
        List<String> last = List.of("", " Elapsed Time: 0 seconds (Warm-up)", "               " + seconds + " seconds (Sampling)",
                "               " + seconds + " seconds (Total)", "");
        new DrawsCsv(quantities, "lp__", "log_q__").write(to, comments, last, stacked(values, posterior.drawCount()),
                posterior.logDensity(), posterior.logApproximation());
    }

    private void writePredictions(int draws, OutputStream to) throws IOException {
        List<Quantity> observed = new ArrayList<>();
        List<DMatrixRMaj> values = new ArrayList<>();
        Map<String, String> comments = comments();
        int others = comments.size();
        posterior.predict(posterior.seed(), draws).forEach((name, predictions) -> {
            for (String note : predictions.notes()) {
                warn.accept(note);
                comments.put("note_" + (comments.size() - others + 1), note);
            }
            observed.add(new Quantity(name, Expr.perDraw(name, predictions.shape())));
            values.add(predictions.draws());
        });
        new DrawsCsv(observed).write(to, comments, List.of(), stacked(values, draws));
    }

    private Map<String, String> comments() {
        Map<String, String> comments = new LinkedHashMap<>();
        comments.put("fluvia_version", FluviaCommand.Version.ours());
        comments.put("model", posterior.modelName());
        comments.put("seed", Long.toString(posterior.seed()));
        comments.put("draws", Integer.toString(posterior.drawCount()));
        comments.put("verdict", posterior.verdict().name());
        comments.put("seconds", JsonText.decimal(StrictMath.rint(posterior.seconds() * 1000) / 1000));
        return comments;
    }

    private static DMatrixRMaj stacked(List<DMatrixRMaj> parts, int draws) {
        if (parts.size() == 1) return parts.get(0);
        DMatrixRMaj all = new DMatrixRMaj(parts.stream().mapToInt(v -> v.numRows).sum(), draws);
        int row = 0;
        for (DMatrixRMaj part : parts) {
            System.arraycopy(part.data, 0, all.data, row * draws, part.numRows * draws);
            row += part.numRows;
        }
        return all;
    }
}
