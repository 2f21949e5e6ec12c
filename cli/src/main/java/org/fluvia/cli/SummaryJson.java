package org.fluvia.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: the verdict and the summaries of a fit, each parameter on a line of its own. Numbers that are not
 * finite are strings, see {@link JsonText#number}.
 */
final class SummaryJson {
    private SummaryJson() {}

    /** @param loo null where it was not asked for */
    static String of(Posterior p, @Nullable Loo loo) {
        return of(p.modelName(), p.seed(), p.assessment(), p.seconds(), loo, p.summaries());
    }

    static String of(String model, long seed, Assessment a, double seconds, @Nullable Loo loo, Map<String, Summary> parameters) {
        List<String> fields = new ArrayList<>();
        fields.add(field("model", JsonText.string(model)));
        fields.add(field("seed", Long.toString(seed)));
        fields.add(field("verdict", JsonText.string(a.verdict().name())));
        fields.add(field("reasons", strings(a.reasons())));
        fields.add(field("khat", JsonText.number(a.khat())));
        fields.add(field("ess", JsonText.number(a.ess())));
        fields.add(field("elbo", estimate(a.elbo())));
        fields.add(field("log_evidence", estimate(a.logEvidence())));
        fields.add(field("seconds", JsonText.number(StrictMath.rint(seconds * 1000) / 1000)));
        if (loo != null) fields.add(field("loo", loo(loo)));
        fields.add(field("parameters", parameters.entrySet().stream()
                .map(e -> "\n    " + JsonText.string(e.getKey()) + ": " + summary(e.getValue()))
                .collect(Collectors.joining(",", "{", parameters.isEmpty() ? "}" : "\n  }"))));
        return fields.stream().collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
    }

    private static String field(String name, String value) {
        return JsonText.string(name) + ": " + value;
    }

    private static String strings(List<String> all) {
        return all.stream().map(JsonText::string).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String loo(Loo loo) {
        return "{" + String.join(", ",
                field("elpd", estimate(loo.elpd())), field("p_loo", estimate(loo.effectiveParameters())), field("looic", estimate(loo.looic())),
                field("monte_carlo_error", JsonText.number(loo.monteCarloError())), field("draws", Integer.toString(loo.draws())),
                field("observations", Integer.toString(loo.pointwise().size())),
                field("khat_limit", JsonText.number(loo.khatLimit())), field("high_khat", Integer.toString(loo.highKhats())),
                field("unreliable", strings(loo.unreliable().stream().map(PointwiseLoo::name).toList())),
                field("notes", strings(loo.notes()))) + "}";
    }

    private static String estimate(Estimate e) {
        return "{" + field("value", JsonText.number(e.value())) + ", " + field("standard_error", JsonText.number(e.standardError())) + "}";
    }

    private static String summary(Summary s) {
        return "{" + String.join(", ",
                field("mean", JsonText.number(s.mean())), field("sd", JsonText.number(s.sd())), field("mcse", JsonText.number(s.mcse())),
                field("q05", JsonText.number(s.q05())), field("q25", JsonText.number(s.q25())), field("q50", JsonText.number(s.q50())),
                field("q75", JsonText.number(s.q75())), field("q95", JsonText.number(s.q95()))) + "}";
    }
}
