package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.CompiledModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.model.ModelSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every example model compiled for its data, then with its data and with others of the same shapes: the density and the gradient are
 * those of the model bound to these data.
 */
class CompiledModelsTest {
    private static final int POINTS = 5;

    @TestFactory
    Stream<DynamicTest> densitiesAreThoseOfModelsBoundToTheirData() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String folder : new String[] {"posteriordb", "stan"}) {
            new ObjectMapper().readTree(Path.of(folder, "index.json").toFile()).properties().forEach(e -> {
                Path model = Path.of("..", e.getValue().get("model").asText());
                Path data = Path.of("..", e.getValue().get("data").asText());
                tests.add(DynamicTest.dynamicTest(e.getKey(), () -> check(model, data)));
            });
        }
        return tests.stream();
    }

    private static void check(Path source, Path file) throws Exception {
        String className = source.getFileName().toString().replace(".java", "");
        Model model = Model.of((ModelSource) Class.forName(className).getDeclaredConstructor().newInstance());
        Data data = Data.json(file);
        CompiledModel compiled = model.compile(data);
        Expr gradient = Gradient.of(compiled.logDensityUnconstrained(), compiled.unconstrained());
        Workspace w = Program.of(compiled.logDensityUnconstrained(), gradient).workspace();
        compare(model, compiled, w, gradient, data);
        Data other = data;
        for (String name : data.names()) {
            Data shuffled = other.with(name, other.shape(name), shuffled(other.values(name)));
            try {
                compiled.set(w, shuffled);
                other = shuffled;
            } catch (ModelException decides) {
                assertTrue(decides.getMessage().contains("decide"), decides.getMessage());
            }
        }
        compare(model, compiled, w, gradient, other);
    }

    private static void compare(Model model, CompiledModel compiled, Workspace w, Expr gradient, Data data) {
        BoundModel expected = model.bind(data);
        DMatrixRMaj at = new DMatrixRMaj(expected.dimension(), POINTS);
        NormalNoise.of(1).fill(0, POINTS, at.numRows, at.data, 0, POINTS);
        for (int i = 0; i < at.data.length; i++) at.data[i] *= 0.5;
        double[][] bound = evaluated(expected, at);
        double[][] again = evaluated(compiled.bind(data), at);
        for (int i = 0; i < 2; i++) assertArrayEquals(bound[i], again[i], "the same bits");
        compiled.set(w, data);
        w.set(compiled.unconstrained(), DrawSource.of(at));
        w.run(POINTS);
        assertClose(bound[0], w.perDraw(compiled.logDensityUnconstrained()).data);
        assertClose(bound[1], w.perDraw(gradient).data);
    }

    private static double[][] evaluated(BoundModel model, DMatrixRMaj at) {
        Expr gradient = Gradient.of(model.logDensityUnconstrained(), model.unconstrained());
        Workspace w = Program.of(model.logDensityUnconstrained(), gradient).workspace();
        w.set(model.unconstrained(), DrawSource.of(at));
        w.run(POINTS);
        return new double[][] {Arrays.copyOf(w.perDraw(model.logDensityUnconstrained()).data, POINTS), w.perDraw(gradient).copy().data};
    }

    /** Relative to the largest: sums over data are taken in another order. */
    private static void assertClose(double[] expected, double[] actual) {
        double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-12 * size);
    }

    private static double[] shuffled(double[] values) {
        Random random = new Random(7);
        double[] x = values.clone();
        for (int i = x.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double t = x[i];
            x[i] = x[j];
            x[j] = t;
        }
        return x;
    }
}
