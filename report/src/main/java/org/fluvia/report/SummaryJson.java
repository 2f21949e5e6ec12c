package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.model.Dimension;
import org.fluvia.model.Quantity;
import org.fluvia.report.json.JsonObject;
import org.fluvia.report.json.JsonText;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.PosteriorDraws;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.Loo;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: what was fitted, the verdict, and the summaries, each parameter on a line of its own. A number that is not
 * finite is null, and the object that holds it says in its member {@code not_finite} which it is.
 */
public final class SummaryJson implements Document {
    /**
     * What a fit came to.
     *
     * @param limitHit the stage that the limit of time ended early, null if there is none
     * @param notes what is not finite in some draws
     */
    record Result(String model, long seed, int draws, double seconds, Assessment assessment, @Nullable String limitHit, List<String> notes,
                  List<Quantity> quantities, Map<String, Summary> parameters) {
        static Result of(PosteriorDraws p) {
            return new Result(p.modelName(), p.seed(), p.drawCount(), p.seconds(), p.assessment(), p.limitHit().orElse(null), p.notes(),
                    p.quantities(), p.summaries());
        }
    }

    private final Result result;
    private final @Nullable String modelFile;
    private final @Nullable String dataFile;
    private final @Nullable Loo loo;

    private SummaryJson(Result result, @Nullable String modelFile, @Nullable String dataFile, @Nullable Loo loo) {
        this.result = result;
        this.modelFile = modelFile;
        this.dataFile = dataFile;
        this.loo = loo;
    }

    public static SummaryJson of(PosteriorDraws posterior) {
        return of(Result.of(posterior));
    }

    static SummaryJson of(Result result) {
        return new SummaryJson(result, null, null, null);
    }

    /** Names the files that model and data came from, null for none: members {@code model_file} and {@code data_file}. */
    public SummaryJson files(@Nullable String modelFile, @Nullable String dataFile) {
        return new SummaryJson(result, modelFile, dataFile, loo);
    }

    /** With the sums of leave-one-out cross-validation, the member {@code loo}. */
    public SummaryJson loo(Loo loo) {
        return new SummaryJson(result, modelFile, dataFile, loo);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        Assessment assessment = result.assessment;
        JsonObject all = new JsonObject()
                .text("version", Version.ours())
                .text("model", result.model)
                .json("model_file", orNull(modelFile))
                .json("data_file", orNull(dataFile))
                .whole("seed", result.seed)
                .whole("draws", result.draws)
                .text("verdict", assessment.verdict().name())
                .texts("reasons", assessment.reasons())
                .json("limit_hit", orNull(result.limitHit))
                .number("khat", assessment.khat())
                .number("ess", assessment.ess())
                .object("elbo", LooJson.estimate(assessment.elbo()))
                .object("log_evidence", LooJson.estimate(assessment.logEvidence()))
                .number("seconds", DrawComments.milliseconds(result.seconds));
        if (!Double.isNaN(assessment.rhat())) all.number("rhat", assessment.rhat());
        if (!result.notes.isEmpty()) all.texts("notes", result.notes);
        if (loo != null) all.object("loo", LooJson.of(loo).json());
        JsonObject dimensions = new JsonObject();
        for (Quantity q : result.quantities) dimensions.json(q.name(), Arrays.toString(q.shape().dims()));
        JsonObject summaries = new JsonObject();
        result.parameters.forEach((name, s) -> summaries.object(name, summary(s)));
        all.object("shapes", dimensions);
        axes(all);
        out.write(all.json("parameters", summaries.lines("  ")).lines("") + "\n");
    }

    /** What axes run over, where the model says so. */
    private void axes(JsonObject all) {
        JsonObject axes = new JsonObject();
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        for (Quantity q : result.quantities) {
            if (q.axes().isEmpty()) continue;
            axes.texts(q.name(), q.axes().stream().map(Dimension::name).toList());
            q.axes().forEach(d -> dimensions.put(d.name(), d));
        }
        if (dimensions.isEmpty()) return;
        JsonObject entries = new JsonObject();
        dimensions.values().forEach(d -> entries.texts(d.name(), d.entries()));
        all.object("axes", axes).object("dimensions", entries);
    }

    private static String orNull(@Nullable String text) {
        return text == null ? "null" : JsonText.string(text);
    }

    private static JsonObject summary(Summary s) {
        JsonObject all = new JsonObject().number("mean", s.mean()).number("sd", s.sd()).number("mcse", s.mcse()).number("q05", s.q05())
                .number("q25", s.q25()).number("q50", s.q50()).number("q75", s.q75()).number("q95", s.q95());
        return s.notFinite() == 0 ? all : all.whole("left_out", s.notFinite());
    }
}
