package org.fluvia.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.PosteriorFile;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * All files of a fit in one folder, as {@code fluvia fit --out} writes them: {@code posterior.fluvia}, {@code draws.csv} and {@code summary.json},
 * and what is asked for besides.
 *
 * <pre>{@code
 * ResultFiles.of(posterior).writeTo(Path.of("results"));
 * ResultFiles.of(posterior).loo(posterior.loo()).predictions(posterior.predict(1, 500)).writeTo(Path.of("results"));
 * }</pre>
 *
 * Each can be written by itself, {@code posterior.fluvia} by a {@link PosteriorFile}, the others as a {@link Document}. Immutable and thread-safe.
 */
public final class ResultFiles {
    private final DrawsCsv draws;
    private final SummaryJson summary;
    private final @Nullable LooCsv loo;
    private final @Nullable ArvizJson arviz;
    private final @Nullable PredictionsCsv predictions;
    private final Posterior posterior;
    private final PosteriorFile file;

    private ResultFiles(Posterior posterior, PosteriorFile file, DrawsCsv draws, SummaryJson summary, @Nullable ArvizJson arviz,
                        @Nullable LooCsv loo, @Nullable PredictionsCsv predictions) {
        this.posterior = posterior;
        this.file = file;
        this.draws = draws;
        this.summary = summary;
        this.arviz = arviz;
        this.loo = loo;
        this.predictions = predictions;
    }

    public static ResultFiles of(Posterior posterior) {
        return new ResultFiles(posterior, PosteriorFile.of(posterior), DrawsCsv.of(posterior), SummaryJson.of(posterior), null, null, null);
    }

    /** Names the files that model and data came from, null for none, in {@code summary.json}. */
    public ResultFiles files(@Nullable String modelFile, @Nullable String dataFile) {
        return new ResultFiles(posterior, file, draws, summary.files(modelFile, dataFile), arviz, loo, predictions);
    }

    /** With the hash of the source that the model was compiled from in {@code posterior.fluvia}. */
    public ResultFiles modelSource(String text) {
        return new ResultFiles(posterior, file.modelSource(text), draws, summary, arviz, loo, predictions);
    }

    /** With {@code arviz.json}. */
    public ResultFiles arviz(ArvizJson arviz) {
        return new ResultFiles(posterior, file, draws, summary, arviz, loo, predictions);
    }

    /** With {@code loo.csv}, its sums in {@code summary.json}, and all of it in {@code posterior.fluvia}. */
    public ResultFiles loo(Loo loo) {
        return new ResultFiles(posterior, file.loo(loo), draws, summary.loo(loo), arviz, LooCsv.of(loo), predictions);
    }

    /** With {@code predictions.csv}: see {@link PredictionsCsv#of}. */
    public ResultFiles predictions(Map<String, Predictions> predictions) {
        return new ResultFiles(posterior, file, draws, summary, arviz, loo, PredictionsCsv.of(posterior, predictions));
    }

    /** With the log-likelihood of each observation in {@code draws.csv}: see {@link DrawsCsv#logLikelihoods}. */
    public ResultFiles logLikelihoods() {
        return new ResultFiles(posterior, file, draws.logLikelihoods(), summary, arviz, loo, predictions);
    }

    /**
     * Writes all files, or none: those of an older run stay until the new ones are whole, and are then replaced, those that this run
     * does not write too. The folder is made where there is none.
     *
     * @throws IOException if the folder cannot be written to; it is then as it was
     */
    public void writeTo(Path folder) throws IOException {
        OutputFolder to = OutputFolder.prepare(folder);
        try {
            writeTo(to);
        } finally {
            to.cancel();
        }
    }

    /** As {@link #writeTo(Path)}, into a folder that another thread may cancel. */
    public void writeTo(OutputFolder folder) throws IOException {
        folder.writeFile("posterior.fluvia", file::write);
        folder.write("draws.csv", draws);
        if (arviz != null) folder.write("arviz.json", arviz);
        if (predictions != null) folder.write("predictions.csv", predictions);
        if (loo != null) folder.write("loo.csv", loo);
        folder.write("summary.json", summary);
        folder.commit();
    }
}
