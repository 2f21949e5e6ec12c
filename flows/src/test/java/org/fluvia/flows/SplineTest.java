package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.CircularSpline;
import org.fluvia.flows.transformer.RationalQuadraticSpline;
import org.fluvia.flows.transformer.Transformer;
import org.junit.jupiter.api.Test;

/** Splines against values of mpmath: splines.txt, made by splines.py. */
class SplineTest {
    private final Expr in = Expr.perDraw("in", Shape.of(1));

    private record Case(boolean circular, int bins, double bound, double[] weights, double x, double y, double logSlope) {}

    private static List<Case> cases(boolean circular) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SplineTest.class.getResourceAsStream("splines.txt")), StandardCharsets.UTF_8))) {
            for (String line : file.lines().toList()) {
                double[] v = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
                int end = v.length - 3;
                Case c = new Case(v[0] == 1, (int) v[1], v[2], Arrays.copyOfRange(v, 3, end), v[end], v[end + 1], v[end + 2]);
                if (c.circular == circular) cases.add(c);
            }
        }
        assertEquals(120, cases.size());
        return cases;
    }

    /** With logits of 60 a slope within a bin is a hundred thousand times that at its end, and so is the rounding of what is between them. */
    @Test
    void valuesAndSlopesAreThoseOfTheFormulas() throws IOException {
        for (Case c : cases(false)) assertCase(c, elementwise(1, RationalQuadraticSpline.of(c.bins, c.bound)));
    }

    @Test
    void circularSplinesAreThoseOfTheFormulasInAnyTurn() throws IOException {
        for (Case c : cases(true)) {
            double[] weights = Arrays.copyOf(c.weights, c.weights.length + 1);
            for (int turns : new int[] {0, 1, -3}) {
                weights[c.weights.length] = 0.7 * turns;
                double x = c.x + 2 * Math.PI * turns;
                double y = c.y + 2 * Math.PI * turns + 0.7 * turns;
                assertCase(new Case(true, c.bins, 4 * c.bound, weights, x, y, c.logSlope), elementwise(1, CircularSpline.of(c.bins)));
            }
        }
    }

    private void assertCase(Case c, Bijection map) {
        Transformed forward = map.forward(in);
        Transformed inverse = map.inverse(in);
        Weights layout = Weights.of(map.weights());
        Replay r = Replay.of(in, forward.value(), forward.logAbsDetJacobian(), inverse.value(), inverse.logAbsDetJacobian())
                .weights(layout, c.weights);
        r.run(new DMatrixRMaj(1, 1, true, c.x));
        double steep = 1e-14 * StrictMath.exp(Math.abs(c.logSlope));
        assertEquals(c.y, r.matrix(forward.value()).get(0), 1e-14 * Math.abs(c.y) + c.bound * steep, c::toString);
        assertEquals(c.logSlope, r.scalars(forward.logAbsDetJacobian())[0], 1e-10 + c.bound * steep, c::toString);
        r.run(new DMatrixRMaj(1, 1, true, c.y));
        assertEquals(c.x, r.matrix(inverse.value()).get(0), 1e-14 * Math.abs(c.x) + c.bound * steep, c::toString);
        assertEquals(-c.logSlope, r.scalars(inverse.logAbsDetJacobian())[0], 1e-10 + c.bound * steep, c::toString);
    }

    @Test
    void withParametersZeroItIsExactlyTheIdentity() {
        for (int bins : new int[] {2, 3, 7, 8, 10}) {
            for (double bound : new double[] {0.1, 3, 5, 1e10}) assertIdentity(RationalQuadraticSpline.of(bins, bound));
        }
        assertIdentity(RationalQuadraticSpline.of(6, 5, 0.1, 0.7));
        assertIdentity(CircularSpline.of(7));
    }

    private static void assertIdentity(Transformer transformer) {
        Bijection map = elementwise(2, transformer);
        Expr two = Expr.perDraw("in", Shape.of(2));
        for (Transformed t : List.of(map.forward(two), map.inverse(two))) {
            Replay r = Replay.of(two, t.value(), t.logAbsDetJacobian());
            for (DMatrixRMaj at : List.of(Replay.normal(2, 200, 1), Replay.extreme(2))) {
                r.run(at);
                double[] value = r.matrix(t.value()).data;
                for (int i = 0; i < value.length; i++) assertEquals(at.data[i] + 0.0, value[i] + 0.0, transformer.toString());
                for (double slope : r.scalars(t.logAbsDetJacobian())) assertEquals(0, slope + 0.0, transformer.toString());
            }
        }
    }

    /** As a network whose outputs are far off gives them: a bin of no width but the least, slopes at either end of what is possible. */
    @Test
    void anyParametersAreLawful() {
        int bins = 4;
        Bijection map = elementwise(1, RationalQuadraticSpline.of(bins, 2));
        Weights layout = Weights.of(map.weights());
        Expr back = map.inverse(map.forward(in).value()).value();
        Transformed t = map.forward(in);
        Expr f = t.value().sum().plus(t.logAbsDetJacobian());
        List<Expr> byWeights = layout.gradients(f);
        Expr byInput = Gradient.of(f, in);
        Replay r = Replay.of(in, List.of(back, t.value(), t.logAbsDetJacobian(), f, byInput), byWeights);
        DMatrixRMaj at = new DMatrixRMaj(1, 9, true, -1e300, -2, -1.999, -0.5, 0, 0.7, 1.5, 2, 1e300);
        for (double size : new double[] {1e-300, 5, 50, 1e4, 1e300}) {
            for (int seed = 0; seed < 20; seed++) {
                double[] weights = Replay.normal(1, layout.size(), seed).data;
                for (int i = 0; i < weights.length; i++) weights[i] = Math.signum(weights[i]) * Math.min(1e300, size * Math.abs(weights[i]));
                r.weights(layout, weights).run(at);
                for (double v : r.scalars(f)) assertTrue(Double.isFinite(v), () -> Arrays.toString(weights));
                for (double v : r.matrix(byInput).data) assertTrue(Double.isFinite(v), () -> Arrays.toString(weights));
                for (double v : r.gradient(layout, byWeights)) assertTrue(Double.isFinite(v), () -> Arrays.toString(weights));
                double[] values = r.matrix(t.value()).data;
                for (int j = 1; j < values.length; j++) assertTrue(values[j] > values[j - 1], () -> Arrays.toString(weights));
                double[] same = r.matrix(back).data;
                double[] logSlopes = r.scalars(t.logAbsDetJacobian());
                for (int j = 0; j < same.length; j++) {
                    double rounding = 1e-14 * (1 + StrictMath.exp(-logSlopes[j]));
                    assertEquals(at.data[j], same[j], rounding, () -> Arrays.toString(weights));
                }
            }
        }
    }

    @Test
    void nothingMovesOutsideTheBoxAndNaNStaysNaN() {
        Bijection map = elementwise(1, RationalQuadraticSpline.of(5, 3));
        Weights layout = Weights.of(map.weights());
        Transformed t = map.forward(in);
        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian()).weights(layout, Instances.perturbed(layout, 1));
        DMatrixRMaj at = new DMatrixRMaj(1, 7, true, -1e300, -40, -3, 3, 3.5, 1e9, Double.NaN);
        r.run(at);
        for (int j = 0; j < 6; j++) {
            assertEquals(at.get(j), r.matrix(t.value()).get(j), 3e-15);
            assertEquals(0, r.scalars(t.logAbsDetJacobian())[j], 1e-13);
        }
        assertTrue(Double.isNaN(r.matrix(t.value()).get(6)));
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("RationalQuadraticSpline: bins must be from 2 to 999, but were 1", () -> RationalQuadraticSpline.of(1, 5));
        for (double bound : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertMessage("RationalQuadraticSpline: bound must be positive and finite, but was " + bound, () -> RationalQuadraticSpline.of(8, bound));
        }
        assertMessage("CircularSpline: bins must be from 2 to 500, but were 1", () -> CircularSpline.of(1));
        for (double least : new double[] {0, 0.125, Double.NaN}) {
            assertMessage("RationalQuadraticSpline: leastBin must be more than 0 and less than 1 / bins, but was " + least + " with 8 bins",
                    () -> RationalQuadraticSpline.of(8, 5, least, 0.1));
        }
        for (double least : new double[] {0, 1, Double.NaN}) {
            assertMessage("RationalQuadraticSpline: leastSlope must be more than 0 and less than 1, but was " + least,
                    () -> RationalQuadraticSpline.of(8, 5, 0.01, least));
        }
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static Bijection elementwise(int dimension, Transformer transformer) {
        return Elementwise.of(dimension, transformer, FreeWeights.trainable(), Context.none(), 1);
    }
}
