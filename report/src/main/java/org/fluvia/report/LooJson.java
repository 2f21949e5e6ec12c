package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.fluvia.report.json.JsonObject;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;

/** The sums of leave-one-out cross-validation as one object of JSON: the member {@code loo} of {@code summary.json}. */
public final class LooJson implements Document {
    private final Loo loo;

    private LooJson(Loo loo) {
        this.loo = loo;
    }

    public static LooJson of(Loo loo) {
        return new LooJson(loo);
    }

    @Override
    public void writeTo(Writer out) throws IOException {
        out.write(json().lines("") + "\n");
    }

    JsonObject json() {
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

    static JsonObject estimate(Estimate e) {
        return new JsonObject().number("value", e.value()).number("standard_error", e.standardError());
    }
}
