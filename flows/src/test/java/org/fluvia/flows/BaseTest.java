package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distributions that flows begin with. */
class BaseTest {
    private static final double STEP = 1e-5;

    static Stream<Base> all() {
        return Stream.of(Base.standardNormal(2), Base.uniformAngles(2), Base.studentT(1, 0.7), Base.studentT(3, 4), Base.mixture(1, 4, 1),
                Base.mixture(3, 2, 2), Base.mixture(2, 1, 3));
    }

    private static Expr vector(Base base) {
        return Expr.perDraw("in", Shape.of(base.dimension()));
    }

    private static double[] weights(Base base) {
        return Instances.perturbed(Weights.of(base.weights()), 0.3);
    }

    /** As log p(x) = log phi(noise) - log |det dx / dnoise| says. */
    @ParameterizedTest
    @MethodSource("all")
    void drawsOfNoiseHaveTheDensity(Base base) {
        int d = base.dimension();
        Expr noise = vector(base);
        Expr x = base.ofNoise(noise);
        Expr density = base.logDensity(x);
        List<Expr> rows = new ArrayList<>();
        for (int i = 0; i < d; i++) rows.add(Gradient.of(x.get(i), noise));
        DMatrixRMaj at = Replay.normal(d, 50, 1);
        Replay r = Replay.of(noise, rows, List.of(density)).weights(Weights.of(base.weights()), weights(base)).run(at);
        double[] logDensity = r.scalars(density);
        for (int j = 0; j < at.numCols; j++) {
            DMatrixRMaj jacobian = new DMatrixRMaj(d, d);
            double expected = -0.5 * d * StrictMath.log(2 * Math.PI);
            for (int i = 0; i < d; i++) {
                expected -= 0.5 * at.get(i, j) * at.get(i, j);
                for (int k = 0; k < d; k++) jacobian.set(i, k, r.matrix(rows.get(i)).get(k, j));
            }
            assertEquals(expected - StrictMath.log(CommonOps_DDRM.det(jacobian)), logDensity[j], 1e-9, "draw " + j);
        }
    }

    /** A gradient of training goes through the draw and through the density. */
    @ParameterizedTest
    @MethodSource("all")
    void gradientsAreThoseOfDifferences(Base base) {
        Weights layout = Weights.of(base.weights());
        Expr noise = vector(base);
        Expr x = base.ofNoise(noise);
        Expr f = base.logDensity(x).plus(x.abs().plus(1).log().sum().times(1.5)).plus(x.tanh().sum());
        List<Expr> gradients = layout.gradients(f);
        double[] weights = weights(base);
        Replay r = Replay.of(noise, List.of(f), gradients).weights(layout, weights).run(Replay.normal(base.dimension(), 16, 2));
        double[] gradient = r.gradient(layout, gradients);
        for (int i = 0; i < weights.length; i++) {
            double difference = (moved(r, layout, weights, i, STEP, f, base) - moved(r, layout, weights, i, -STEP, f, base)) / (2 * STEP);
            assertEquals(difference, gradient[i], 1e-6 * (1 + Math.abs(difference)), "weight " + i);
        }
    }

    private static double moved(Replay r, Weights layout, double[] weights, int i, double by, Expr f, Base base) {
        double[] w = weights.clone();
        w[i] += by;
        double sum = 0;
        for (double v : r.weights(layout, w).run(Replay.normal(base.dimension(), 16, 2)).scalars(f)) sum += v;
        return sum;
    }

    @Test
    void studentsQuantilesHaveTheProbabilityOfTheirNoiseInEitherTail() {
        double[] noise = {-8, -5, -2, -0.3, 0, 1e-4, 0.7, 1.5, 4, 6, 8};
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (double df : new double[] {0.6, 1, 2.5, 7, 30, 1e5}) {
            Base base = Base.studentT(1, df);
            Expr e = vector(base);
            Expr x = base.ofNoise(e);
            double[] quantiles = Replay.of(e, x).run(new DMatrixRMaj(1, noise.length, true, noise)).matrix(x).data;
            TDistribution t = TDistribution.of(df);
            for (int j = 0; j < noise.length; j++) {
                double expected = normal.survivalProbability(Math.abs(noise[j]));
                assertEquals(expected, t.survivalProbability(Math.abs(quantiles[j])), 2e-10 * expected, df + ", " + noise[j]);
                assertTrue(noise[j] == 0 ? Math.abs(quantiles[j]) < 1e-15 : Math.signum(noise[j]) == Math.signum(quantiles[j]));
            }
        }
    }

    /** Of one degree of freedom they are tangents. */
    @Test
    void quantilesNearTheMiddleAreInProportion() {
        Base base = Base.studentT(1, 1);
        Expr e = vector(base);
        Expr x = base.ofNoise(e);
        double[] quantiles = Replay.of(e, x).run(new DMatrixRMaj(1, 2, true, -1e-8, 1e-6)).matrix(x).data;
        double slope = Math.PI / Math.sqrt(2 * Math.PI);
        assertEquals(-1e-8 * slope, quantiles[0], 3e-16);
        assertEquals(1e-6 * slope, quantiles[1], 3e-16);
    }

    @Test
    void studentsDensityIsThatOfCommonsStatistics() {
        Base base = Base.studentT(2, 3.5);
        Expr x = vector(base);
        Expr density = base.logDensity(x);
        TDistribution t = TDistribution.of(3.5);
        DMatrixRMaj at = new DMatrixRMaj(2, 3, true, 0, -3, 1e20, 0.2, 700, -1e60);
        double[] actual = Replay.of(x, density).run(at).scalars(density);
        for (int j = 0; j < 3; j++) assertEquals(t.logDensity(at.get(0, j)) + t.logDensity(at.get(1, j)), actual[j], 1e-11 * (1 + Math.abs(actual[j])));
    }

    /** Two components far apart: half of the noise goes to either, and what is in the middle goes where its probability says. */
    @Test
    void drawsOfAMixtureAreThoseOfItsComponents() {
        Base base = Base.mixture(2, 2, 1);
        Weights layout = Weights.of(base.weights());
        double[] weights = {StrictMath.log(0.3), StrictMath.log(0.7), -20, 5, 10, -5, StrictMath.log(0.1), 0, 0, StrictMath.log(2)};
        Expr e = vector(base);
        Expr x = base.ofNoise(e);
        DMatrixRMaj value = Replay.of(e, x).weights(layout, weights).run(Replay.normal(2, 4000, 7)).matrix(x);
        int first = 0;
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < 4000; j++) {
            boolean left = value.get(0, j) < 0;
            assertTrue(left ? Math.abs(value.get(0, j) + 20) < 0.6 : Math.abs(value.get(0, j) - 10) < 6);
            assertTrue(left ? Math.abs(value.get(1, j) - 5) < 6 : Math.abs(value.get(1, j) + 5) < 12);
            if (left) {
                first++;
                continue;
            }
            sum += value.get(1, j) + 5;
            squares += (value.get(1, j) + 5) * (value.get(1, j) + 5);
        }
        // binomial with standard deviation 29; mean of about 2800 with scale 2; variance of their squares 2 * 2^4
        assertEquals(1200, first, 5 * 29);
        assertEquals(0, sum / (4000 - first), 5 * 2 / Math.sqrt(2800));
        assertEquals(4, squares / (4000 - first), 5 * 4 * Math.sqrt(2 / 2800.0));
    }

    /** Flat between components, and steep beside: where a search by slopes alone does not end. */
    @Test
    void drawsOfAMixtureAreFoundHoweverFarItsComponentsAreApart() {
        for (int seed : new int[] {19, 26, 27, 35, 39}) {
            Base base = Base.mixture(2, 2, seed);
            Weights layout = Weights.of(base.weights());
            double[] weights = Replay.normal(1, layout.size(), seed).data;
            for (int i = 2; i < 6; i++) weights[i] *= 30;
            Expr e = vector(base);
            Expr x = base.ofNoise(e);
            for (double v : Replay.of(e, x).weights(layout, weights).run(Replay.normal(2, 500, 7)).matrix(x).data) assertTrue(Double.isFinite(v));
        }
    }

    @Test
    void recipesBeginWithAnotherBase() {
        FlowSpec spec = Flows.splineAutoregressive().from(d -> Base.studentT(d, 10));
        assertEquals("SplineAutoregressive[layers=3, hidden=[32, 32], bins=8, bound=5.0, cheap=null], from Student t", spec.toString());
        Flow flow = spec.towards(FlowSpec.Use.DENSITY).build(3, 1);
        assertEquals(Base.studentT(3, 10).toString(), flow.parts().get(0).base().toString());
        assertEquals(Flows.splineAutoregressive().build(3, 1).weights().size() + 3, flow.weights().size());
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("studentT: dimension must be at least 1, but was 0", () -> Base.studentT(0, 3));
        assertMessage("studentT: df must be from 0.6 to 1e5, but was 0.5", () -> Base.studentT(1, 0.5));
        assertMessage("studentT: df must be from 0.6 to 1e5, but was NaN", () -> Base.studentT(1, Double.NaN));
        assertMessage("mixture: dimension must be at least 1, but was -1", () -> Base.mixture(-1, 2, 1));
        assertMessage("mixture: components must be at least 1, but was 0", () -> Base.mixture(2, 0, 1));
        assertMessage("uniformAngles: dimension must be at least 1, but was 0", () -> Base.uniformAngles(0));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, e).getMessage());
    }
}
