package org.fluvia.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.model.Quantity;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: what was fitted, the verdict, and the summaries, each parameter on a line of its own. docs/files.md
 * describes each member; a test holds the two together.
 *
 * @param inputs what was asked for
 * @param shapes the dimensions of each quantity by name, none for a scalar
 * @param limitHit the stage that the limit of time ended early, null if there is none
 * @param notes what is not finite in some draws
 * @param loo null where it was not asked for
 */
record SummaryJson(Inputs inputs, String model, long seed, int draws, double seconds, Assessment assessment,
                   @Nullable String limitHit, List<String> notes, @Nullable Loo loo, Map<String, int[]> shapes,
                   Map<String, Summary> parameters) {

    /**
     * What the user named on the command line.
     *
     * @param dataFile null without data
     */
    record Inputs(String modelFile, @Nullable String dataFile) {}

    static SummaryJson of(Posterior p, Inputs inputs, @Nullable Loo loo) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        for (Quantity q : p.quantities()) shapes.put(q.name(), q.shape().dims());
        return new SummaryJson(inputs, p.modelName(), p.seed(), p.drawCount(), p.seconds(), p.assessment(), p.limitHit().orElse(null),
                p.notes(), loo, shapes, p.summaries());
    }

    String text() {
        JsonObject all = new JsonObject()
                .text("version", FluviaCommand.Version.ours())
                .text("model", model)
                .text("model_file", inputs.modelFile);
        all.json("data_file", inputs.dataFile == null ? "null" : JsonText.string(inputs.dataFile))
                .whole("seed", seed)
                .whole("draws", draws)
                .text("verdict", assessment.verdict().name())
                .texts("reasons", assessment.reasons())
                .json("limit_hit", limitHit == null ? "null" : JsonText.string(limitHit))
                .number("khat", assessment.khat())
                .number("ess", assessment.ess())
                .object("elbo", estimate(assessment.elbo()))
                .object("log_evidence", estimate(assessment.logEvidence()))
                .number("seconds", StrictMath.rint(seconds * 1000) / 1000);
        if (!notes.isEmpty()) all.texts("notes", notes);
        if (loo != null) all.object("loo", loo(loo));
        JsonObject dimensions = new JsonObject();
        shapes.forEach((name, dims) -> dimensions.json(name, Arrays.toString(dims)));
        JsonObject summaries = new JsonObject();
        parameters.forEach((name, s) -> summaries.object(name, summary(s)));
        return all.object("shapes", dimensions).json("parameters", summaries.lines("  ")).lines("") + "\n";
    }

    private static JsonObject loo(Loo loo) {
        return new JsonObject()
                .object("elpd", estimate(loo.elpd()))
                .object("p_loo", estimate(loo.effectiveParameters()))
                .object("looic", estimate(loo.looic()))
                .number("monte_carlo_error", loo.monteCarloError())
                .whole("draws", loo.draws())
                .whole("observations", loo.pointwise().size())
                .number("khat_limit", loo.khatLimit())
                .whole("high_khat", loo.highKhats())
                .texts("unreliable", loo.unreliable().stream().map(PointwiseLoo::name).toList())
                .texts("notes", List.copyOf(loo.notes()));
    }

    private static JsonObject estimate(Estimate e) {
        return new JsonObject().number("value", e.value()).number("standard_error", e.standardError());
    }

    private static JsonObject summary(Summary s) {
        JsonObject all = new JsonObject().number("mean", s.mean()).number("sd", s.sd()).number("mcse", s.mcse()).number("q05", s.q05())
                .number("q25", s.q25()).number("q50", s.q50()).number("q75", s.q75()).number("q95", s.q95());
        return s.notFinite() == 0 ? all : all.whole("left_out", s.notFinite());
    }
}
