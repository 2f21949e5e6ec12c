package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.Instances.Instance;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.transformer.Transformer;
import org.fluvia.flows.transformer.Transformers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every bijection promises, on the one table of them. */
class BijectionContractTest {

    static Stream<Instance> all() {
        return Instances.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void inverseUndoesForward(Instance instance) {
        assertUndone(instance, Replay.normal(instance.map().dimension(), 33, 1));
    }

    static Stream<Instance> keepingSmallElements() {
        return Instances.all().filter(Instance::keepsSmallElementsBesideLargeOnes);
    }

    @ParameterizedTest
    @MethodSource("keepingSmallElements")
    void inverseUndoesForwardAtExtremes(Instance instance) {
        assertUndone(instance, instance.extreme());
    }

    /** Both ways. Rounding is relative to a draw's largest element, and the table's worst condition number is 1e4. */
    private static void assertUndone(Instance instance, DMatrixRMaj at) {
        Bijection map = instance.map();
        Expr in = input(map);
        Expr back = map.inverse(map.forward(in).value()).value();
        Expr forth = map.forward(map.inverse(in).value()).value();
        Replay r = Replay.of(in, back, forth).weights(instance.layout(), instance.weights()).run(at);
        for (Expr same : List.of(back, forth)) {
            DMatrixRMaj result = r.matrix(same);
            for (int j = 0; j < at.numCols; j++) {
                double largest = 1;
                for (int i = 0; i < at.numRows; i++) largest = Math.max(largest, Math.abs(at.get(i, j)));
                for (int i = 0; i < at.numRows; i++) {
                    assertEquals(at.get(i, j) / largest, result.get(i, j) / largest, instance.tolerance(), "element " + i + ", draw " + j);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void logAbsDetJacobianIsThatOfTheJacobian(Instance instance) {
        assertDeterminant(instance, false);
        assertDeterminant(instance, true);
    }

    private static void assertDeterminant(Instance instance, boolean inverse) {
        int d = instance.map().dimension();
        Expr in = input(instance.map());
        Transformed t = inverse ? instance.map().inverse(in) : instance.map().forward(in);
        List<Expr> rows = new ArrayList<>();
        for (int i = 0; i < d; i++) rows.add(Gradient.of(t.value().get(i), in));
        DMatrixRMaj at = Replay.normal(d, 9, 2);
        Replay r = Replay.of(in, rows, List.of(t.logAbsDetJacobian())).weights(instance.layout(), instance.weights()).run(at);
        double[] logDet = r.scalars(t.logAbsDetJacobian());
        for (int j = 0; j < at.numCols; j++) {
            DMatrixRMaj jacobian = new DMatrixRMaj(d, d);
            for (int i = 0; i < d; i++) {
                DMatrixRMaj row = r.matrix(rows.get(i));
                for (int k = 0; k < d; k++) jacobian.set(i, k, row.get(k, j));
            }
            assertEquals(StrictMath.log(Math.abs(CommonOps_DDRM.det(jacobian))), logDet[j], 10 * instance.tolerance(), "draw " + j);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void logDeterminantsOfBothDirectionsAreOpposite(Instance instance) {
        Expr in = input(instance.map());
        Transformed forward = instance.map().forward(in);
        Expr there = forward.logAbsDetJacobian();
        Expr back = instance.map().inverse(forward.value()).logAbsDetJacobian();
        Replay r = Replay.of(in, there, back).weights(instance.layout(), instance.weights())
                .run(Replay.normal(instance.map().dimension(), 17, 3));
        double[] a = r.scalars(there);
        double[] b = r.scalars(back);
        for (int j = 0; j < a.length; j++) assertEquals(-a[j], b[j], instance.tolerance() * (1 + Math.abs(a[j])), "draw " + j);
    }

    /** What is known is given back as it is; the derivatives are those of the inverse, by what is mapped and by the weights. */
    @ParameterizedTest
    @MethodSource("all")
    void theInverseOfWhatIsKnownHasTheDerivativesOfTheInverse(Instance instance) {
        Bijection map = instance.map();
        Expr known = input(map);
        Expr image = Expr.perDraw("image", Shape.of(map.dimension()));
        double[] c = Replay.normal(1, map.dimension(), 6).data;
        List<Expr> functions = new ArrayList<>();
        List<Expr> byImage = new ArrayList<>();
        List<List<Expr>> byWeights = new ArrayList<>();
        Transformed knowing = map.inverseKnowing(image, known);
        for (Transformed t : List.of(map.inverse(image), knowing)) {
            Expr f = t.value().square().times(Expr.vector(c)).sum().plus(t.logAbsDetJacobian());
            functions.add(f);
            byImage.add(Gradient.of(f, image));
            byWeights.add(instance.layout().gradients(f));
        }
        DMatrixRMaj at = Replay.normal(map.dimension(), 7, 7);
        Expr mapped = map.forward(known).value();
        DMatrixRMaj images = Replay.of(known, mapped).weights(instance.layout(), instance.weights()).run(at).matrix(mapped);
        Replay r = Replay.of(known, List.of(knowing.value()), functions, byImage, byWeights.get(0), byWeights.get(1))
                .weights(instance.layout(), instance.weights()).also(image, images).run(at);
        assertArrayEquals(at.data, r.matrix(knowing.value()).data);
        assertClose(r.scalars(functions.get(0)), r.scalars(functions.get(1)), instance, "value");
        assertClose(r.matrix(byImage.get(0)).data, r.matrix(byImage.get(1)).data, instance, "derivative by the image");
        assertClose(r.gradient(instance.layout(), byWeights.get(0)), r.gradient(instance.layout(), byWeights.get(1)), instance,
                "derivative by the weights");
    }

    private static void assertClose(double[] expected, double[] actual, Instance instance, String what) {
        double size = 1;
        for (double v : expected) size = Math.max(size, Math.abs(v));
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i] / size, actual[i] / size, 10 * instance.tolerance(), what + " " + i);
    }

    @ParameterizedTest
    @MethodSource("all")
    void valuesAndDerivativesAreFiniteAtExtremes(Instance instance) {
        Expr in = input(instance.map());
        for (Transformed t : List.of(instance.map().forward(in), instance.map().inverse(in))) {
            Expr f = t.value().sum().plus(t.logAbsDetJacobian());
            List<Expr> byWeights = instance.layout().gradients(f);
            Expr byInput = Gradient.of(f, in);
            Replay r = Replay.of(in, List.of(t.value(), t.logAbsDetJacobian(), byInput), byWeights)
                    .weights(instance.layout(), instance.weights()).run(instance.extreme());
            assertFinite("value", r.matrix(t.value()).data);
            assertFinite("log-determinant", r.scalars(t.logAbsDetJacobian()));
            assertFinite("derivative by the input", r.matrix(byInput).data);
            assertFinite("derivative by weights", r.gradient(instance.layout(), byWeights));
        }
    }

    private static void assertFinite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) assertTrue(Double.isFinite(values[i]), what + " " + i + " is " + values[i]);
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientsAreThoseOfDifferencesAndNoneIsZero(Instance instance) {
        Expr in = input(instance.map());
        for (Transformed t : List.of(instance.map().forward(in), instance.map().inverse(in))) {
            double[] c = Replay.normal(1, instance.map().dimension(), 4).data;
            Expr f = t.value().square().times(Expr.vector(c)).sum().plus(t.logAbsDetJacobian());
            Expr byInput = Gradient.of(f, in);
            List<Expr> byWeights = instance.layout().gradients(f);
            DMatrixRMaj at = Replay.normal(instance.map().dimension(), 8, 5);
            double[] weights = instance.weights();
            Replay r = Replay.of(in, List.of(f, byInput), byWeights).weights(instance.layout(), weights).run(at);

            double[] gradient = r.gradient(instance.layout(), byWeights);
            DMatrixRMaj inputGradient = r.matrix(byInput);
            double size = 1;
            for (double v : r.scalars(f)) size += Math.abs(v);
            for (int i = 0; i < weights.length; i++) {
                if (instance.followsData(i)) {
                    assertEquals(0, gradient[i], "derivative by weight " + i);
                    continue;
                }
                double[] moved = weights.clone();
                moved[i] = weights[i] + STEP;
                double up = sum(r.weights(instance.layout(), moved).run(at).scalars(f));
                moved[i] = weights[i] - STEP;
                double down = sum(r.weights(instance.layout(), moved).run(at).scalars(f));
                assertClose((up - down) / (2 * STEP), gradient[i], size, "weight " + i);
                assertTrue(gradient[i] != 0, "derivative by weight " + i + " is zero");
            }
            r.weights(instance.layout(), weights);
            for (int i = 0; i < at.numRows; i++) {
                double[] up = r.run(moved(at, i, STEP)).scalars(f);
                double[] down = r.run(moved(at, i, -STEP)).scalars(f);
                for (int j = 0; j < at.numCols; j++) {
                    assertClose((up[j] - down[j]) / (2 * STEP), inputGradient.get(i, j), size, "element " + i);
                }
            }
        }
    }

    private static final double STEP = 1e-5;

    /** Central differences err by h^2 times a third derivative and by rounding, eps f / h; both near 1e-10 times the size of f. */
    private static void assertClose(double difference, double gradient, double size, String what) {
        assertEquals(difference, gradient, 1e-7 * (size + Math.abs(gradient)), what);
    }

    private static DMatrixRMaj moved(DMatrixRMaj at, int row, double by) {
        DMatrixRMaj m = at.copy();
        for (int j = 0; j < m.numCols; j++) m.add(row, j, by);
        return m;
    }

    private static double sum(double[] values) {
        double s = 0;
        for (double v : values) s += v;
        return s;
    }

    @ParameterizedTest
    @MethodSource("all")
    void vectorsOfAnotherLengthAreRefused(Instance instance) {
        Bijection map = instance.map();
        Expr wrong = Expr.perDraw("wrong", Shape.of(map.dimension() + 1));
        String needed = "must have shape (" + map.dimension() + "), but was of shape (" + (map.dimension() + 1)
                + ") (BijectionContractTest.java:";
        String forward = assertThrows(IllegalArgumentException.class, () -> map.forward(wrong)).getMessage();
        assertTrue(forward.startsWith(map + ".forward: x " + needed), forward);
        String inverse = assertThrows(IllegalArgumentException.class, () -> map.inverse(wrong)).getMessage();
        assertTrue(inverse.startsWith(map + ".inverse: y " + needed), inverse);
    }

    @Test
    void everyPublicBijectionIsARowOfTheTableUnderItsName() throws IOException, URISyntaxException {
        Set<String> there = new TreeSet<>();
        for (Class<?> c : classes()) {
            if (Bijection.class.isAssignableFrom(c) && Modifier.isPublic(c.getModifiers()) && !c.isInterface()) there.add(c.getSimpleName());
        }
        assertEquals(there, new TreeSet<>(Bijections.table().names()));
        for (BijectionFamily family : Bijections.table()) {
            assertTrue(family.examples().get().stream().anyMatch(b -> b.getClass().getSimpleName().equals(family.name())), family.name());
        }
    }

    @Test
    void everyPublicTransformerIsInARowOfItsTable() throws IOException, URISyntaxException {
        Set<Class<?>> tested = new HashSet<>();
        Transformers.table().forEach(f -> tested.add(f.example().getClass()));
        for (Class<?> c : classes()) {
            if (Transformer.class.isAssignableFrom(c) && !c.isInterface()) assertTrue(tested.contains(c), c + " is missing from Transformers");
        }
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException {
        Path root = Path.of(Bijection.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Class<?>> result = new ArrayList<>();
            for (Path p : files.filter(f -> f.toString().endsWith(".class") && !f.endsWith("module-info.class")).toList()) {
                String name = root.relativize(p).toString().replace(p.getFileSystem().getSeparator(), ".");
                result.add(Class.forName(name.substring(0, name.length() - ".class".length())));
            }
            assertTrue(result.contains(Bijection.class));
            return result;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Expr input(Bijection map) {
        return Expr.perDraw("in", Shape.of(map.dimension()));
    }
}
