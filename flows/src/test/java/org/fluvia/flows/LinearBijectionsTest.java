package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.HouseholderProduct;
import org.fluvia.flows.bijection.LowRankAffine;
import org.fluvia.flows.bijection.LuAffine;
import org.fluvia.flows.bijection.Orthogonal;
import org.fluvia.flows.bijection.Transformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What products with a matrix add to the contract of bijections: where they start, and which matrix it is. */
class LinearBijectionsTest {

    static Stream<Bijection> atTheStart() {
        return Stream.of(1, 2, 3, 10).flatMap(d -> {
            Stream<Bijection> any = Stream.of(LuAffine.trainable(d), Orthogonal.trainable(d), HouseholderProduct.trainable(d, 2),
                    HouseholderProduct.trainable(d, 26));
            return d == 1 ? any : Stream.concat(any, Stream.of(LowRankAffine.trainable(d, 1, 5), LowRankAffine.trainable(d, d - 1, 6)));
        });
    }

    /** Bit for bit, but for the sign of zero. */
    @ParameterizedTest
    @MethodSource("atTheStart")
    void theyStartAsExactlyTheIdentity(Bijection map) {
        int d = map.dimension();
        Expr in = Expr.perDraw("in", Shape.of(d));
        Transformed forward = map.forward(in);
        Transformed inverse = map.inverse(in);
        Replay r = Replay.of(in, forward.value(), inverse.value(), forward.logAbsDetJacobian(), inverse.logAbsDetJacobian());
        for (DMatrixRMaj at : List.of(Replay.normal(d, 40, 1), Replay.extreme(d))) {
            r.run(at);
            for (Transformed t : List.of(forward, inverse)) {
                double[] value = r.matrix(t.value()).data;
                for (int i = 0; i < value.length; i++) assertEquals(at.data[i] + 0.0, value[i] + 0.0);
                for (double logDet : r.scalars(t.logAbsDetJacobian())) assertEquals(0, Math.abs(logDet));
            }
        }
    }

    /** Of every kind of weight, but the directions of low rank, which matter once something becomes of them. */
    @ParameterizedTest
    @MethodSource("atTheStart")
    void gradientsAreAliveAtTheStart(Bijection map) {
        int d = map.dimension();
        Expr in = Expr.perDraw("in", Shape.of(d));
        Transformed t = map.forward(in);
        Weights layout = Weights.of(map.weights());
        Expr f = t.value().square().times(Expr.vector(Replay.normal(1, d, 4).data)).sum().plus(t.logAbsDetJacobian());
        List<Expr> byWeights = layout.gradients(f);
        double[] gradient = Replay.of(in, List.of(f), byWeights).run(Replay.normal(d, 8, 5)).gradient(layout, byWeights);
        int from = 0;
        for (Expr weight : layout.inputs()) {
            int to = from + weight.shape().size();
            boolean alive = Arrays.stream(gradient, from, to).anyMatch(g -> Math.abs(g) > 1e-3);
            assertEquals(!weight.toString().startsWith("directions"), alive, weight.toString());
            from = to;
        }
    }

    @Test
    void theLowRankCovarianceIsTheDiagonalAndTheFactors() {
        double[] shift = {1, -2, 0.5, 3};
        double[] scale = {0.1, 1, 2, 30};
        DMatrixRMaj factors = new DMatrixRMaj(new double[][] {{0.3, 0.3}, {-2, -2}, {5, 5.1}, {0, 7}});
        DMatrixRMaj expected = new DMatrixRMaj(4, 4);
        CommonOps_DDRM.multTransB(factors, factors, expected);
        for (int i = 0; i < 4; i++) expected.add(i, i, scale[i] * scale[i]);
        for (Bijection map : List.of(LowRankAffine.trainable(shift, scale, factors), LowRankAffine.fixed(shift, scale, factors))) {
            DMatrixRMaj a = matrix(map, shift);
            DMatrixRMaj covariance = new DMatrixRMaj(4, 4);
            CommonOps_DDRM.multTransB(a, a, covariance);
            for (int i = 0; i < 16; i++) assertEquals(expected.data[i], covariance.data[i], 1e-12 * Math.abs(expected.data[i]) + 1e-12);
        }
    }

    /** Factors that are not of full rank, or nothing at all, are lawful. */
    @Test
    void lowRankFactorsMayBeZero() {
        DMatrixRMaj a = matrix(LowRankAffine.fixed(new double[3], new double[] {1, 2, 3}, new DMatrixRMaj(3, 2)), new double[3]);
        assertArrayEquals(new double[] {1, 0, 0, 0, 2, 0, 0, 0, 3}, a.data, 1e-15);
    }

    /** From any start, by Adam with path gradients; the symmetric matrix of the same rank ended 0.6 away. */
    @Test
    void theReverseKlFindsTheFactorsOfItsTarget() {
        int d = 10;
        double[] shift = Replay.normal(1, d, 1).data;
        double[] scale = Arrays.stream(Replay.normal(1, d, 2).data).map(z -> StrictMath.exp(0.5 * z)).toArray();
        Flow target = Flow.of(LowRankAffine.fixed(shift, scale, Replay.normal(d, 2, 3)));
        for (int seed = 1; seed <= 2; seed++) {
            Flow flow = Flows.lowRank().rank(2).build(d, seed);
            Expr noise = Expr.perDraw("noise", Shape.of(d));
            Flow.Draw path = flow.pathSample(noise);
            Expr difference = path.logDensity().minus(target.logDensity(path.value()));
            List<Expr> gradients = flow.weights().gradients(difference);
            Replay r = Replay.of(noise, List.of(difference), gradients);
            double[] w = flow.weights().initial();
            double[] mean = new double[w.length];
            double[] square = new double[w.length];
            int steps = 1500;
            for (int step = 1; step <= steps; step++) {
                double[] g = r.weights(flow.weights(), w).run(Replay.normal(d, 32, step)).gradient(flow.weights(), gradients);
                double rate = 0.02 * Math.min(1, 2.0 * (steps - step) / steps);
                for (int i = 0; i < w.length; i++) {
                    mean[i] = 0.9 * mean[i] + 0.1 * g[i];
                    square[i] = 0.999 * square[i] + 0.001 * g[i] * g[i];
                    w[i] -= rate * mean[i] / (1 - Math.pow(0.9, step)) / (Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-8);
                }
            }
            double kl = Arrays.stream(r.weights(flow.weights(), w).run(Replay.normal(d, 4000, 0)).scalars(difference)).average().orElseThrow();
            assertEquals(0, kl, 0.01);
        }
    }

    @Test
    void theLuMatrixIsTheOneGiven() {
        double[] shift = {0.25, -2, 0};
        DMatrixRMaj given = new DMatrixRMaj(new double[][] {{0, 0.5, -20}, {10, 1, 0}, {-3, 0.2, 30}});
        for (Bijection map : List.of(LuAffine.trainable(shift, given), LuAffine.fixed(shift, given))) {
            assertArrayEquals(given.data, matrix(map, shift).data, 1e-14);
        }
    }

    @Test
    void rotationsAreOrthogonalWhateverTheirWeights() {
        for (Bijection map : List.of(Orthogonal.trainable(6), HouseholderProduct.trainable(6, 4))) {
            for (double size : new double[] {1e-8, 1, 1e4}) {
                DMatrixRMaj q = matrix(map, new double[6], Instances.perturbed(Weights.of(map.weights()), size));
                DMatrixRMaj product = new DMatrixRMaj(6, 6);
                CommonOps_DDRM.multTransA(q, q, product);
                assertArrayEquals(CommonOps_DDRM.identity(6).data, product.data, 1e-15 * Math.max(10, size));
                assertEquals(1, CommonOps_DDRM.det(q), 1e-9);
            }
        }
    }

    /** Against Rodrigues' formula: Cayley's transform turns about the axis by twice the arc tangent of the length. */
    @Test
    void cayleysTransformTurnsAboutItsAxis() {
        Bijection map = Orthogonal.trainable(3);
        double[] axis = {0.3, -0.4, 1.2};
        DMatrixRMaj q = matrix(map, new double[3], axis[2], -axis[1], axis[0]);
        double length = Math.sqrt(0.09 + 0.16 + 1.44);
        double angle = 2 * Math.atan(length);
        for (int j = 0; j < 3; j++) {
            double[] e = new double[3];
            e[j] = 1;
            double[] cross = {axis[1] * e[2] - axis[2] * e[1], axis[2] * e[0] - axis[0] * e[2], axis[0] * e[1] - axis[1] * e[0]};
            for (int i = 0; i < 3; i++) {
                double expected = e[i] * Math.cos(angle) + cross[i] / length * Math.sin(angle)
                        + axis[i] * axis[j] / (length * length) * (1 - Math.cos(angle));
                assertEquals(expected, q.get(i, j), 1e-14);
            }
        }
    }

    /** A vector that is zero reflects nothing; one of 1e-200 counts as zero. */
    @Test
    void reflectionsByNothingAreTheIdentity() {
        Bijection map = HouseholderProduct.trainable(2, 2);
        for (double none : new double[] {0, 1e-200}) {
            assertArrayEquals(new double[] {-1, 0, 0, 1}, matrix(map, new double[2], 1, none, 0, none).data, 1e-15);
            assertArrayEquals(new double[] {1, 0, 0, 1}, matrix(map, new double[2], none, none, none, 0).data, 1e-15);
        }
    }

    /** Column j is what the map makes of the j-th unit vector, less the shift. */
    private static DMatrixRMaj matrix(Bijection map, double[] shift, double... weights) {
        Expr in = Expr.perDraw("in", Shape.of(map.dimension()));
        Expr out = map.forward(in).value();
        Weights layout = Weights.of(map.weights());
        DMatrixRMaj m = Replay.of(in, out).weights(layout, weights.length > 0 ? weights : layout.initial())
                .run(CommonOps_DDRM.identity(map.dimension())).matrix(out);
        for (int i = 0; i < m.numRows; i++) for (int j = 0; j < m.numCols; j++) m.add(i, j, -shift[i]);
        return m;
    }

    @Test
    void lowRankFlowsAreAsWideAsTheyCanBe() {
        assertEquals("Flow(standard normal, LowRankAffine(8, 10))", Flows.lowRank().build(10, 1).toString());
        assertEquals("Flow(standard normal, LowRankAffine(2, 3))", Flows.lowRank().build(3, 1).toString());
        assertEquals("Flow(standard normal, Elementwise(affine, 1))", Flows.lowRank().build(1, 1).toString());
        double[] one = Flows.lowRank().build(5, 1).weights().initial();
        assertArrayEquals(one, Flows.lowRank().build(5, 1).weights().initial());
        assertFalse(Arrays.equals(one, Flows.lowRank().build(5, 2).weights().initial()));
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("LowRank: rank must be at least 1, but was 0", () -> Flows.lowRank().rank(0));
        assertMessage("LowRankAffine: rank must be at least 1 and less than the dimension, 3, but was 3. With one less than the dimension"
                + " the covariance is any.", () -> LowRankAffine.trainable(3, 3, 1));
        assertMessage("LowRankAffine: rank must be at least 1 and less than the dimension, 1, but was 1. With one less than the dimension"
                + " the covariance is any.", () -> LowRankAffine.trainable(1, 1, 1));
        assertMessage("LowRankAffine: scale and the rows of factors must be 2, as shift has so many elements, but were 2 and 3",
                () -> LowRankAffine.fixed(new double[2], new double[2], new DMatrixRMaj(3, 1)));
        assertMessage("LowRankAffine: scale must be positive and finite, but was 0.0 at index 1",
                () -> LowRankAffine.fixed(new double[2], new double[] {1, 0}, new DMatrixRMaj(2, 1)));
        assertMessage("LowRankAffine: factors must be finite, but was NaN at index 0",
                () -> LowRankAffine.trainable(new double[2], new double[] {1, 1}, new DMatrixRMaj(new double[][] {{Double.NaN}, {1}})));
        assertMessage("LuAffine: matrix must be square, but was 2 x 3", () -> LuAffine.fixed(new double[2], new DMatrixRMaj(2, 3)));
        assertMessage("LuAffine: shift must have 3 elements, as matrix is 3 x 3, but had 2",
                () -> LuAffine.trainable(new double[2], Instances.lower()));
        DMatrixRMaj singular = new DMatrixRMaj(new double[][] {{0.1, 0.3}, {0.3, 0.9}});
        String message = assertThrows(IllegalArgumentException.class, () -> LuAffine.fixed(new double[2], singular)).getMessage();
        assertTrue(message.startsWith("LuAffine: matrix must be invertible, but pivot 1 of its LU factors was "), message);
        assertMessage("LuAffine: dimension must be at least 1, but was 0", () -> LuAffine.trainable(0));
        assertMessage("HouseholderProduct: reflections must be even and at least 2, but was 3. Two that are equal start as the identity.",
                () -> HouseholderProduct.trainable(4, 3));
        assertMessage("Orthogonal: matrix must have orthonormal columns, but the product of columns 0 and 1 was 0.5",
                () -> Orthogonal.fixed(new DMatrixRMaj(new double[][] {{1, 0.5}, {0, 0.5}})));
        assertMessage("Orthogonal: matrix must be square, but was 0 x 0", () -> Orthogonal.fixed(new DMatrixRMaj(0, 0)));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}
