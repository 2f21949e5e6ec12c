package org.fluvia.report;

import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.PosteriorFile;
import org.fluvia.vi.SavedPosterior;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** InferenceData as JSON: groups, the order of indices, dimensions, and what is not finite. */
class ArvizJsonTest {
    @TempDir
    private static Path folder;
    private static Posterior posterior;

    @BeforeAll
    static void fit() {
        Model model = Model.define("named", m -> {
            m.dimension("school", "A", "B \"C\"");
            Expr mu = m.sample("mu", normal(0, 1));
            Expr theta = m.sample("theta", normal(mu, 1), 2, 3);
            m.derive("log", mu.minus(1).log());
            m.observe("y", normal(mu, 1));
            m.observe("pairs", multiNormal(theta.get(0).slice(0, 2), Expr.vector(1, 0, 0, 1).reshape(Shape.of(2, 2))));
            m.predict("later", normal(mu, 1));
            m.axes("y", "school");
        });
        Data data = Data.empty().with("y", new double[] {1, 2}).with("pairs", new double[][] {{0, 1}, {1, 0}, {2, 2}});
        posterior = Fit.of(model).data(data).flow(Flows.fullRank()).draws(7).run();
    }

    /** A group's variable, as it stands there. */
    private static String variable(String json, String group, String name) {
        String in = json.substring(json.indexOf("\n\"" + group + "\": {"));
        in = in.substring(0, in.indexOf("\n}"));
        String from = "\n  \"" + name + "\": ";
        assertTrue(in.contains(from), name + " is not in " + in);
        return in.substring(in.indexOf(from) + from.length()).lines().findFirst().orElseThrow().replaceAll(",$", "");
    }

    /** The numbers of nested lists, in their order. */
    private static double[] numbers(String lists) {
        return Arrays.stream(lists.replaceAll("[\\[\\]]", "").split(", ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void everyGroupHasChainDrawAndItsOwnDimensions() {
        String json = ArvizJson.of(posterior).logLikelihoods().predictions(posterior.predict(3, 7)).text();
        assertEquals(List.of("posterior", "sample_stats", "observed_data", "log_likelihood", "posterior_predictive", "predictions", "coords", "dims",
                "posterior_attrs"), json.lines().filter(l -> l.startsWith("\"")).map(l -> l.substring(1, l.indexOf('"', 1))).collect(Collectors.toList()));
        String theta = variable(json, "posterior", "theta");
        assertTrue(theta.startsWith("[[[[") && theta.endsWith("]]]]"), theta);
        double[] expected = Arrays.stream(posterior.array("theta")).flatMapToDouble(Arrays::stream).toArray();
        assertArrayEquals(expected, numbers(theta));
        assertArrayEquals(posterior.draws("mu"), numbers(variable(json, "posterior", "mu")));
        assertArrayEquals(posterior.logDensity(), numbers(variable(json, "sample_stats", "lp")));
        assertArrayEquals(posterior.logApproximation(), numbers(variable(json, "sample_stats", "log_q")));
        assertEquals("[1.0, 2.0]", variable(json, "observed_data", "y"));
        assertEquals("[[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]]", variable(json, "observed_data", "pairs"));
        assertEquals(3 * 7, numbers(variable(json, "log_likelihood", "pairs")).length);
        double[] y = numbers(variable(json, "log_likelihood", "y"));
        for (int j = 0; j < 7; j++) assertEquals(posterior.logLikelihood("y").of("y[2]")[j], y[2 * j + 1]);
        assertEquals(posterior.predict("pairs", 3).draws().get(4, 2), numbers(variable(json, "posterior_predictive", "pairs"))[2 * 6 + 4]);
        assertEquals(7, numbers(variable(json, "predictions", "later")).length);
        assertTrue(json.contains("\n\"coords\": {\"school\": [\"A\", \"B \\\"C\\\"\"]},\n\"dims\": {\"y\": [\"school\"]},\n"), json);
    }

    /** Python reads NaN, and an array of numbers stays one. */
    @Test
    void whatIsNotFiniteIsNaN() {
        String log = variable(ArvizJson.of(posterior).text(), "posterior", "log");
        assertTrue(log.contains("NaN") && !log.contains("null") && !log.contains("\""), log);
        assertArrayEquals(posterior.draws("log"), numbers(log));
    }

    @Test
    void aSavedPosteriorHasWhatItKnows() throws IOException {
        Path file = folder.resolve("posterior.fluvia");
        posterior.save(file);
        SavedPosterior saved = PosteriorFile.read(file);
        String kept = ArvizJson.of(saved).text();
        assertEquals(variable(ArvizJson.of(posterior).text(), "posterior", "theta"), variable(kept, "posterior", "theta"));
        assertTrue(!kept.contains("observed_data"), kept);
        String fresh = ArvizJson.of(saved, saved.newDraws(5, 2)).text();
        assertArrayEquals(saved.newDraws(5, 2).logApproximation(), numbers(variable(fresh, "sample_stats", "log_q")));
        assertTrue(!fresh.contains("\"lp\""), fresh);
        assertThrows(IllegalArgumentException.class, () -> ArvizJson.of(saved).logLikelihoods());
    }
}
