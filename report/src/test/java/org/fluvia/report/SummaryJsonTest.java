package org.fluvia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Dimension;
import org.fluvia.model.Quantity;
import org.fluvia.vi.Assessment;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text of summary.json. */
class SummaryJsonTest {
    private static String text(String model) {
        return text(model, null);
    }

    private static String text(String model, @Nullable Loo loo) {
        Map<String, Summary> parameters = new LinkedHashMap<>();
        parameters.put("theta[1]", new Summary(1, 2, 0.1, -2, 0, 1, 2, 4, 0));
        parameters.put("tau", new Summary(Double.NaN, Double.POSITIVE_INFINITY, 0.1, Double.NEGATIVE_INFINITY, 0, 1, 2, 1e300, 7));
        Assessment a = new Assessment(Verdict.RESAMPLED, List.of("a \"reason\"", "another"), Double.NEGATIVE_INFINITY, 812.5, 1000, new Estimate(-31.5, 0.25),
                new Estimate(-31, 0.125), 0, 1.0625);
        List<Quantity> quantities = List.of(new Quantity("theta", Expr.perDraw("theta", Shape.of(1)), List.of(new Dimension("school", List.of("A \"1\"")))),
                new Quantity("tau", Expr.perDraw("tau", Shape.scalar())));
        SummaryJson summary = SummaryJson.of(new SummaryJson.Result(model, -7, 400, 1.23456, a, "flow", List.of("a note"), quantities, parameters))
                .files("a/Schools.java", null);
        return (loo == null ? summary : summary.loo(loo)).text();
    }

    @Test
    void allFieldsOneParameterALine() {
        assertEquals("""
                {
                  "version": "%s",
                  "model": "eight schools",
                  "model_file": "a/Schools.java",
                  "data_file": null,
                  "seed": -7,
                  "draws": 400,
                  "verdict": "RESAMPLED",
                  "reasons": ["a \\"reason\\"", "another"],
                  "limit_hit": "flow",
                  "khat": null,
                  "ess": 812.5,
                  "elbo": {"value": -31.5, "standard_error": 0.25},
                  "log_evidence": {"value": -31.0, "standard_error": 0.125},
                  "seconds": 1.235,
                  "rhat": 1.0625,
                  "notes": ["a note"],
                  "shapes": {"theta": [1], "tau": []},
                  "axes": {"theta": ["school"]},
                  "dimensions": {"school": ["A \\"1\\""]},
                  "parameters": {
                    "theta[1]": {"mean": 1.0, "sd": 2.0, "mcse": 0.1, "q05": -2.0, "q25": 0.0, "q50": 1.0, "q75": 2.0, "q95": 4.0},
                    "tau": {"mean": null, "sd": null, "mcse": 0.1, "q05": null, "q25": 0.0, "q50": 1.0, "q75": 2.0, "q95": 1.0E300, "left_out": 7, %s}
                  },
                  "not_finite": {"khat": "-Infinity"}
                }
                """.formatted(Version.ours(), "\"not_finite\": {\"mean\": \"NaN\", \"sd\": \"Infinity\", \"q05\": \"-Infinity\"}"),
                text("eight schools"));
    }

    @Test
    void crossValidationIsOneLine() {
        List<PointwiseLoo> points = List.of(new PointwiseLoo("y[1]", List.of(1.0), -1.5, 0.01, 0.25, 0.5, 2000),
                new PointwiseLoo("y[2]", List.of(2.0), -2.5, 0.02, 0.5, Double.POSITIVE_INFINITY, 20));
        Loo loo = new Loo("m", new Estimate(-4, 1), new Estimate(0.75, 0.25), 0.0625, 4000, points, List.of("a note"));
        String line = text("m", loo).lines().filter(l -> l.startsWith("  \"loo\"")).findFirst().orElseThrow();
        assertEquals("  \"loo\": {\"elpd\": {\"value\": -4.0, \"standard_error\": 1.0}, \"p_loo\": {\"value\": 0.75, \"standard_error\": 0.25},"
                + " \"looic\": {\"value\": 8.0, \"standard_error\": 2.0}, \"monte_carlo_error\": 0.0625, \"draws\": 4000, \"observations\": 2,"
                + " \"khat_limit\": 0.7, \"high_khat\": 1, \"unreliable\": [\"y[2]\"], \"notes\": [\"a note\"]},", line);
    }

    @Test
    void anyModelNameGivesValidJson() throws IOException {
        String name = "a\\b \"c\"\n\u0001 \u00e9\u009b\u202e\ud83d\ude00";
        try (JsonParser parser = new JsonFactory().createParser(text(name))) {
            while (!"model".equals(parser.currentName())) parser.nextToken();
            assertEquals(name, parser.nextTextValue());
            while (parser.nextToken() != null) { } // throws where it is not JSON
            assertNull(parser.currentToken());
        }
    }
}
