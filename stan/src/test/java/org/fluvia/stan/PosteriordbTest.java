package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Quantity;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs of posteriordb against Stan's own log-densities and gradients: {@code -Dposteriordb=FOLDER}, in which each folder has a
 * model.stan, data.json and stan_values.json. Constants may differ, so differences between points are compared. Not run without.
 */
class PosteriordbTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-9;

    @TestFactory
    Stream<DynamicTest> logDensitiesAndGradientsAreStans() throws IOException {
        String folder = System.getProperty("posteriordb", "");
        assumeTrue(!folder.isEmpty(), "no folder is given");
        List<Path> all;
        try (Stream<Path> folders = Files.list(Path.of(folder))) {
            all = folders.filter(f -> Files.exists(f.resolve("stan_values.json"))).sorted().toList();
        }
        assertTrue(!all.isEmpty(), "nothing is in " + folder);
        return all.stream().map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    private static void check(Path folder) throws IOException {
        BoundModel model = StanProgram.read(folder.resolve("model.stan")).model().bind(Data.json(folder.resolve("data.json")));
        Recorded recorded = new Recorded(model, List.of());
        JsonNode points = JSON.readTree(folder.resolve("stan_values.json").toFile()).get("points");
        double ours0 = 0;
        for (int j = 0; j < points.size(); j++) {
            double[] at = model.unconstrain(constrained(points.get(j), model));
            double ours = recorded.density(at);
            if (j == 0) ours0 = ours;
            double first = points.get(0).get("log_density_with_jacobian").asDouble();
            double stan = points.get(j).get("log_density_with_jacobian").asDouble() - first;
            assertEquals(stan, ours - ours0, TOLERANCE * Math.max(1, Math.max(Math.abs(stan), Math.abs(first))), "log density at point " + j);
            JsonNode slopes = points.get(j).get("gradient_with_jacobian");
            double[] gradient = recorded.gradient(at);
            double largest = 1;
            for (JsonNode x : slopes) largest = Math.max(largest, Math.abs(x.asDouble()));
            for (int i = 0; i < gradient.length; i++) {
                assertEquals(slopes.get(i).asDouble(), gradient[i], TOLERANCE * largest, "gradient " + i + " at point " + j);
            }
        }
    }

    private static Map<String, double[]> constrained(JsonNode point, BoundModel model) {
        List<String> parameters = model.parameters().stream().map(Quantity::name).toList();
        Map<String, double[]> values = new LinkedHashMap<>();
        point.get("constrained").properties().forEach(e -> {
            List<Double> flat = new ArrayList<>();
            flatten(e.getValue(), flat);
            if (parameters.contains(e.getKey())) values.put(e.getKey(), flat.stream().mapToDouble(d -> d).toArray());
        });
        return values;
    }

    private static void flatten(JsonNode node, List<Double> out) {
        if (node.isArray()) node.forEach(child -> flatten(child, out));
        else out.add(node.asDouble());
    }
}
