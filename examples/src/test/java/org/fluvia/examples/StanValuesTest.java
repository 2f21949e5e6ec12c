package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The example models against Stan's own log-densities and gradients at six points each (reference/*.json). Constants may
 * differ, so differences between points are compared.
 */
class StanValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-9;

    @TestFactory
    Stream<DynamicTest> logDensitiesAndGradientsAreStans() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String folder : new String[] {"posteriordb", "stan"}) {
            JSON.readTree(Path.of(folder, "index.json").toFile()).properties().forEach(e -> {
                Path model = Path.of("..", e.getValue().get("model").asText());
                Path data = Path.of("..", e.getValue().get("data").asText());
                Path reference = Path.of(folder, "reference", e.getKey() + ".json");
                tests.add(DynamicTest.dynamicTest(e.getKey(), () -> check(model, data, reference)));
            });
        }
        return tests.stream();
    }

    private static void check(Path source, Path data, Path referenceFile) throws Exception {
        String className = source.getFileName().toString().replace(".java", "");
        ModelSource definition = (ModelSource) Class.forName(className).getDeclaredConstructor().newInstance();
        BoundModel model = Model.of(definition).bind(Data.json(data));
        JsonNode reference = JSON.readTree(referenceFile.toFile());
        JsonNode points = reference.get("points");
        assertEquals(reference.get("dimension").asInt(), model.dimension());
        assertTrue(points.size() >= 6);

        DMatrixRMaj u = new DMatrixRMaj(model.dimension(), points.size());
        for (int j = 0; j < points.size(); j++) {
            double[] at = model.unconstrain(constrained(points.get(j)));
            for (int i = 0; i < at.length; i++) u.set(i, j, at[i]);
        }
        Expr gradient = Gradient.of(model.logDensityUnconstrained(), model.unconstrained());
        Workspace w = Program.of(model.logDensity(), model.logDensityUnconstrained(), gradient).workspace();
        w.set(model.unconstrained(), DrawSource.of(u));
        w.run(points.size());

        int[] order = stanOrder(model, reference);
        for (int j = 0; j < points.size(); j++) {
            compare("log density", points, j, "log_density", w.perDraw(model.logDensity()).data);
            compare("with Jacobian", points, j, "log_density_with_jacobian", w.perDraw(model.logDensityUnconstrained()).data);
            JsonNode stanGradient = points.get(j).get("gradient_with_jacobian");
            for (int i = 0; i < order.length; i++) {
                double stan = stanGradient.get(i).asDouble();
                assertEquals(stan, w.perDraw(gradient).get(order[i], j), TOLERANCE * Math.max(1, largest(stanGradient)),
                        "gradient " + i + " at point " + j);
            }
        }
    }

    private static void compare(String what, JsonNode points, int j, String field, double[] ours) {
        double stan = points.get(j).get(field).asDouble() - points.get(0).get(field).asDouble();
        double scale = Math.max(1, Math.max(Math.abs(stan), Math.abs(points.get(0).get(field).asDouble())));
        assertEquals(stan, ours[j] - ours[0], TOLERANCE * scale, what + " at point " + j);
    }

    /** For each element of Stan's unconstrained vector its place in ours: parameters may be declared in another order. */
    private static int[] stanOrder(BoundModel model, JsonNode reference) {
        Map<String, Integer> first = new LinkedHashMap<>();
        Map<String, Integer> size = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < model.parameters().size(); i++) {
            first.put(model.parameters().get(i).name(), at);
            size.put(model.parameters().get(i).name(), model.unconstrainedSizes().get(i));
            at += model.unconstrainedSizes().get(i);
        }
        int[] order = new int[at];
        int k = 0;
        for (JsonNode name : reference.get("parameters")) {
            for (int i = 0; i < size.get(name.asText()); i++) order[k++] = first.get(name.asText()) + i;
        }
        return order;
    }

    private static Map<String, double[]> constrained(JsonNode point) {
        Map<String, double[]> values = new LinkedHashMap<>();
        point.get("constrained").properties().forEach(e -> {
            List<Double> flat = new ArrayList<>();
            flatten(e.getValue(), flat);
            values.put(e.getKey(), flat.stream().mapToDouble(d -> d).toArray());
        });
        return values;
    }

    private static void flatten(JsonNode node, List<Double> out) {
        if (node.isArray()) {
            node.forEach(child -> flatten(child, out));
        } else {
            out.add(node.asDouble());
        }
    }

    private static double largest(JsonNode array) {
        double most = 0;
        for (JsonNode x : array) most = Math.max(most, Math.abs(x.asDouble()));
        return most;
    }
}
