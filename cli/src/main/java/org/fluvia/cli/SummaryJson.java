package org.fluvia.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;

/**
 * {@code summary.json}: the verdict and the summaries of a fit, each parameter on a line of its own. Numbers that are not
 * finite are strings, see {@link JsonText#number}.
 */
final class SummaryJson {
    private SummaryJson() {}

    static String of(Posterior p) {
        return of(p.modelName(), p.seed(), p.assessment(), p.seconds(), p.summaries());
    }

    static String of(String model, long seed, Assessment a, double seconds, Map<String, Summary> parameters) {
        List<String> fields = new ArrayList<>();
        fields.add(field("model", JsonText.string(model)));
        fields.add(field("seed", Long.toString(seed)));
        fields.add(field("verdict", JsonText.string(a.verdict().name())));
        fields.add(field("reasons", a.reasons().stream().map(JsonText::string).collect(Collectors.joining(", ", "[", "]"))));
        fields.add(field("khat", JsonText.number(a.khat())));
        fields.add(field("ess", JsonText.number(a.ess())));
        fields.add(field("elbo", estimate(a.elbo())));
        fields.add(field("log_evidence", estimate(a.logEvidence())));
        fields.add(field("seconds", JsonText.number(StrictMath.rint(seconds * 1000) / 1000)));
        fields.add(field("parameters", parameters.entrySet().stream()
                .map(e -> "\n    " + JsonText.string(e.getKey()) + ": " + summary(e.getValue()))
                .collect(Collectors.joining(",", "{", parameters.isEmpty() ? "}" : "\n  }"))));
        return fields.stream().collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
    }

    private static String field(String name, String value) {
        return JsonText.string(name) + ": " + value;
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
