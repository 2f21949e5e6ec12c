package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.residual.Sylvester.Basis;
import org.fluvia.flows.transformer.Bernstein;
import org.fluvia.flows.transformer.DeepSigmoidal;
import org.fluvia.flows.transformer.SumOfSquares;
import org.fluvia.flows.transformer.UnconstrainedMonotonic;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Other libraries give the same densities and Jacobians with the same weights: files of peers/generate.py, which says how they are made. */
class PeersTest {
    private static final long SEED = 1;
    private static final double TOLERANCE = 1e-9;

    private record Case(int dimension, FlowSpec spec) {}

    private static final Map<String, Case> CASES = new TreeMap<>(Map.ofEntries(
            Map.entry("realNvp", new Case(5, Flows.realNvp().layers(4).hidden(5, 4).logScaleBound(2))),
            Map.entry("realNvpOfContext", new Case(5, Flows.realNvp().layers(4).hidden(4).logScaleBound(2))),
            Map.entry("maf", new Case(4, Flows.maf().layers(3).hidden(7, 5).logScaleBound(2))),
            Map.entry("iaf", new Case(4, Flows.iaf().layers(3).hidden(7, 5).logScaleBound(2))),
            Map.entry("mafOfContext", new Case(4, Flows.maf().layers(3).hidden(8).logScaleBound(2))),
            Map.entry("splineCoupling", new Case(5, Flows.splineCoupling().layers(4).hidden(3).bins(4).bound(3))),
            Map.entry("splineAutoregressive",
                    new Case(4, Flows.splineAutoregressive().layers(2).hidden(6).bins(4).bound(3).cheap(FlowSpec.Use.DENSITY))),
            Map.entry("naf", new Case(4, Flows.naf().layers(2).hidden(6).transformer(new DeepSigmoidal(3)))),
            Map.entry("sumOfSquares", new Case(4, Flows.sos().layers(2).hidden(6).transformer(new SumOfSquares(2, 2, 10)))),
            Map.entry("bernstein", new Case(4, Flows.bernstein().layers(2).hidden(6).transformer(new Bernstein(5, 10)))),
            Map.entry("unconstrainedMonotonic", new Case(4, Flows.umnn().layers(2).hidden(6).transformer(new UnconstrainedMonotonic(3, 10)))),
            Map.entry("ffjord", new Case(3, Flows.ffjord().hidden(6, 5).tolerance(1e-12).mostSteps(1000))),
            Map.entry("ffjordOfContext", new Case(3, Flows.ffjord().hidden(8).tolerance(1e-12).mostSteps(1000))),
            Map.entry("planar", new Case(3, Flows.planar().layers(3))),
            Map.entry("radial", new Case(3, Flows.radial().layers(3))),
            Map.entry("sylvester", new Case(4, Flows.sylvester().layers(2).width(3).basis(Basis.ORTHOGONAL))),
            Map.entry("sylvesterOfReflections", new Case(4, Flows.sylvester().layers(2).width(2).basis(Basis.HOUSEHOLDER))),
            Map.entry("residual", new Case(3, Flows.residual().layers(2).hidden(5, 4).lipschitz(0.9)))));

    @TestFactory
    Stream<DynamicTest> densityAndJacobianAreThoseOfThePeer() {
        return CASES.entrySet().stream().map(c -> DynamicTest.dynamicTest(c.getKey(), () -> compare(c.getKey(), c.getValue())));
    }

    private static void compare(String name, Case of) throws IOException {
        List<String> lines = read(name);
        double[] context = named(lines, "context");
        Flow flow = of.spec().build(of.dimension(), SEED, context.length == 0 ? Context.none() : Context.of(Expr.vector(context)));
        double[] weights = named(lines, "weights");
        assertEquals(weights.length, flow.weights().size(), "weights");
        List<double[][]> points = lines.stream().filter(l -> l.contains(";")).map(PeersTest::point).toList();
        assertEquals(4, points.size());

        Expr x = Expr.perDraw("x", Shape.of(of.dimension()));
        Expr y = Expr.perDraw("y", Shape.of(of.dimension()));
        Transformed t = Instances.map(flow).forward(x);
        Expr ofDraw = flow.sample(x).logDensity();
        Expr ofValue = flow.logDensity(y);
        List<Expr> jacobian = new ArrayList<>();
        for (int i = 0; i < of.dimension(); i++) jacobian.add(Gradient.of(t.value().get(i), x));
        Replay r = Replay.of(x, List.of(t.value(), t.logAbsDetJacobian(), ofDraw, ofValue), jacobian).weights(flow.weights(), weights)
                .also(y, column(points, 1)).run(column(points, 0));
        for (int j = 0; j < points.size(); j++) {
            double[][] peer = points.get(j);
            assertClose(peer[1], of(r.matrix(t.value()), j), name + ", value of draw " + j);
            assertClose(peer[2], new double[] {r.scalars(t.logAbsDetJacobian())[j]}, name + ", log-determinant of draw " + j);
            assertClose(peer[3], new double[] {r.scalars(ofDraw)[j]}, name + ", log-density of draw " + j);
            assertClose(peer[3], new double[] {r.scalars(ofValue)[j]}, name + ", log-density of value " + j);
            for (int i = 0; i < of.dimension(); i++) {
                double[] row = Arrays.copyOfRange(peer[4], i * of.dimension(), (i + 1) * of.dimension());
                assertClose(row, of(r.matrix(jacobian.get(i)), j), name + ", row " + i + " of the Jacobian at draw " + j);
            }
        }
    }

    private static void assertClose(double[] peer, double[] ours, String what) {
        assertEquals(peer.length, ours.length, what);
        for (int i = 0; i < peer.length; i++) assertEquals(peer[i], ours[i], TOLERANCE * Math.max(1, Math.abs(peer[i])), what + " [" + i + "]");
    }

    /** A part of each point, elements x points. */
    private static DMatrixRMaj column(List<double[][]> points, int part) {
        DMatrixRMaj m = new DMatrixRMaj(points.get(0)[part].length, points.size());
        for (int j = 0; j < m.numCols; j++) {
            for (int i = 0; i < m.numRows; i++) m.set(i, j, points.get(j)[part][i]);
        }
        return m;
    }

    private static double[] of(DMatrixRMaj m, int column) {
        double[] values = new double[m.numRows];
        for (int i = 0; i < values.length; i++) values[i] = m.get(i, column);
        return values;
    }

    private static List<String> read(String name) throws IOException {
        try (InputStream in = PeersTest.class.getResourceAsStream("peers/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(l -> !l.startsWith("#")).toList();
        }
    }

    private static double[] named(List<String> lines, String name) {
        return lines.stream().filter(l -> l.startsWith(name + " ")).findFirst().map(l -> numbers(l.substring(name.length() + 1)))
                .orElse(new double[0]);
    }

    private static double[][] point(String line) {
        return Arrays.stream(line.split("; ")).map(PeersTest::numbers).toArray(double[][]::new);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void everyFileIsCompared() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(PeersTest.class.getResource("peers")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(CASES.keySet(), files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".txt"))
                    .map(f -> f.replace(".txt", "")).collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
