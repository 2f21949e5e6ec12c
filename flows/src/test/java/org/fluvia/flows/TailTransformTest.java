package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.Loft;
import org.fluvia.flows.transformer.SinhArcsinh;
import org.fluvia.flows.transformer.SoftClamp;
import org.fluvia.flows.transformer.TailTransform;
import org.fluvia.flows.transformer.Transformer;
import org.junit.jupiter.api.Test;

/** Maps that change tails; the tail transform against values of mpmath: tails.txt, made by tails.py. */
class TailTransformTest {
    private final Expr in = Expr.perDraw("in", Shape.of(1));

    @Test
    void valuesAndSlopesAreThoseOfTheFormulas() throws IOException {
        int count = 0;
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TailTransformTest.class.getResourceAsStream("tails.txt")), StandardCharsets.UTF_8))) {
            for (String line : file.lines().toList()) {
                double[] v = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
                Bijection map = elementwise(TailTransform.of(), v[0], v[0]);
                assertMap(line, map.forward(in), v[1], v[2], v[3]);
                assertMap(line, map.inverse(in), v[2], v[1], -v[3]);
                count++;
            }
        }
        assertTrue(count > 150);
    }

    /** An exponent of up to 200 is off by its rounding. */
    private void assertMap(String line, Transformed t, double x, double y, double logSlope) {
        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian()).run(new DMatrixRMaj(1, 1, true, x));
        double exponent = 1 + Math.abs(logSlope);
        assertEquals(y, r.matrix(t.value()).get(0), 1e-15 * exponent * Math.abs(y), line);
        assertEquals(logSlope, r.scalars(t.logAbsDetJacobian())[0], 4e-15 * exponent, line);
    }

    @Test
    void tailsHaveThePowerOfTheirWeight() {
        Flow flow = Flow.of(elementwise(TailTransform.of(), 0.5, -0.3));
        Expr density = flow.logDensity(in);
        Replay r = Replay.of(in, density);
        double[] left = r.run(new DMatrixRMaj(1, 2, true, -1e20, -1e40)).scalars(density);
        double weight = 2 * StrictMath.tanh(0.25);
        // the density falls as t^(-1 / d - 1), but for a factor log(t)^-1 or so
        assertEquals(-1 / weight - 1, (left[1] - left[0]) / (20 * StrictMath.log(10)), 0.03);
        double[] right = r.run(new DMatrixRMaj(1, 1, true, 8)).scalars(density);
        assertTrue(right[0] < -100, "lighter than normal, of which it is -33");
    }

    @Test
    void atZeroItIsExactlyTheIdentityWithFiniteDerivatives() {
        Bijection map = Elementwise.of(2, TailTransform.of(), FreeWeights.trainable(), Context.none(), 1);
        Weights layout = Weights.of(map.weights());
        Expr two = Expr.perDraw("in", Shape.of(2));
        for (Transformed t : List.of(map.forward(two), map.inverse(two))) {
            Expr f = t.value().sum().plus(t.logAbsDetJacobian());
            List<Expr> byWeights = layout.gradients(f);
            Expr byInput = Gradient.of(f, two);
            Replay r = Replay.of(two, List.of(t.value(), t.logAbsDetJacobian(), byInput), byWeights);
            for (DMatrixRMaj at : List.of(Replay.normal(2, 50, 1), Replay.extreme(2))) {
                double[] value = r.run(at).matrix(t.value()).data;
                for (int i = 0; i < value.length; i++) assertEquals(at.data[i] + 0.0, value[i] + 0.0);
                for (double slope : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(slope));
                for (double g : r.matrix(byInput).data) assertTrue(Double.isFinite(g));
                for (double g : r.gradient(layout, byWeights)) assertTrue(Double.isFinite(g) && g != 0);
            }
        }
    }

    @Test
    void anyParametersAreLawful() {
        for (Transformer transformer : List.of(TailTransform.of(), SinhArcsinh.bounded(3))) {
            Bijection map = Elementwise.of(1, transformer, FreeWeights.trainable(), Context.none(), 1);
            Weights layout = Weights.of(map.weights());
            for (Transformed t : List.of(map.forward(in), map.inverse(in))) {
                Expr f = t.value().sum().plus(t.logAbsDetJacobian());
                List<Expr> byWeights = layout.gradients(f);
                Expr byInput = Gradient.of(f, in);
                Replay r = Replay.of(in, List.of(f, byInput), byWeights);
                DMatrixRMaj at = new DMatrixRMaj(1, 11, true, -1e20, -1e8, -9, -1, -1e-300, 0, 0.1, 2, 9, 1e8, 1e20);
                for (double a : new double[] {-1e300, -1e20, -40, -1, -1e-100, 1e-200, 1e-40, 1e-5, 1, 1e20, 1e300}) {
                    for (double b : new double[] {-1e300, -1, 0, 1e-30, 50, 1e300}) {
                        r.weights(layout, new double[] {a, b}).run(at);
                        String what = transformer + " " + a + " " + b;
                        for (double v : r.scalars(f)) assertTrue(Double.isFinite(v), what);
                        for (double v : r.matrix(byInput).data) assertTrue(Double.isFinite(v), what);
                        for (double v : r.gradient(layout, byWeights)) assertTrue(Double.isFinite(v), what);
                    }
                }
            }
        }
    }

    @Test
    void loftIsTheIdentityUpToItsThresholdAndALogarithmBeyond() {
        Transformed t = Elementwise.of(1, Loft.of(), FreeWeights.trainable(), Context.none(), 1).forward(in);
        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian()).run(new DMatrixRMaj(1, 5, true, -1e300, -100, 3, 101, 100 + Math.E - 1));
        double far = 100 + StrictMath.log(1e300);
        double[] values = {-far, -100, 3, 100 + StrictMath.log(2), 101};
        double[] slopes = {-StrictMath.log(1e300), 0, 0, -StrictMath.log(2), -1};
        for (int j = 0; j < 5; j++) {
            assertEquals(values[j], r.matrix(t.value()).get(j), 1e-12);
            assertEquals(slopes[j], r.scalars(t.logAbsDetJacobian())[j], 1e-12);
        }
    }

    @Test
    void inversesOfLogarithmsStopBeforeTheyOverflow() {
        for (Transformer transformer : List.of(Loft.of(), SoftClamp.of(10))) {
            Bijection map = Elementwise.of(1, transformer, FreeWeights.trainable(), Context.none(), 1);
            Transformed forward = map.forward(in);
            Transformed inverse = map.inverse(in);
            Replay r = Replay.of(in, forward.value(), inverse.value(), inverse.logAbsDetJacobian());
            for (double v : r.run(new DMatrixRMaj(1, 3, true, -1e300, 0, 1e300)).matrix(inverse.value()).data) assertTrue(Double.isFinite(v));
            assertEquals(r.matrix(inverse.value()).get(0), -r.matrix(inverse.value()).get(2));
            for (double v : r.scalars(inverse.logAbsDetJacobian())) assertTrue(Double.isFinite(v));
        }
    }

    @Test
    void recipesFollowOneAnother() {
        FlowSpec spec = Flows.splineAutoregressive().then(Flows.heavyTails());
        assertEquals("SplineAutoregressive[layers=3, hidden=[32, 32], bins=8, bound=5.0, cheap=null], then heavy tails", spec.toString());
        Flow flow = spec.towards(FlowSpec.Use.DENSITY).build(3, 7);
        assertEquals(Flows.splineAutoregressive().build(3, 7).weights().size() + 12, flow.weights().size());
        assertEquals(Cost.ONE_PASS, flow.densityCost());
        assertTrue(Instances.map(flow).toString().endsWith("Elementwise(tail transform, 3), Elementwise(affine, 3)]"), flow.toString());
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("Loft: tau must be positive and finite, but was 0.0", () -> Loft.of(0));
        assertMessage("SoftClamp: scale must be from 1e-8 to 1e8, but was NaN", () -> SoftClamp.of(Double.NaN));
        assertMessage("SinhArcsinh: bound must be positive and finite, but was Infinity", () -> SinhArcsinh.bounded(Double.POSITIVE_INFINITY));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }

    private static Bijection elementwise(Transformer transformer, double... parameters) {
        double[][] each = Arrays.stream(parameters).mapToObj(p -> new double[] {p}).toArray(double[][]::new);
        Conditioner.Recipe fixed = FreeWeights.fixed(each);
        return Elementwise.of(1, transformer, fixed, Context.none(), 1);
    }
}
