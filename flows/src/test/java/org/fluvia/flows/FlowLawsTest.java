package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.bijection.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every flow of the table promises, away from its initial weights. */
class FlowLawsTest {

    static Stream<FlowBits> all() {
        return FlowBits.all();
    }

    /** To the bit: a draw, and the density of a value, do not depend on those beside it. */
    @ParameterizedTest
    @MethodSource("all")
    void manyAreWhatEachIsAlone(FlowBits bits) {
        int n = 75;
        List<double[]> together = bits.run(0, n, Workers.none());
        for (int j = 0; j < n; j += j < 10 ? 1 : 13) {
            List<double[]> alone = bits.run(j, 1, Workers.none());
            for (int k = 0; k < 3; k++) {
                for (int i = 0; i < alone.get(k).length; i++) {
                    assertEquals(together.get(k)[i * n + j], alone.get(k)[i], 0, "draw " + j + ", element " + i + " of output " + k);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void twoThreadsGiveTheBitsOfOne(FlowBits bits) {
        List<double[]> expected = bits.run(0, 700, Workers.none());
        try (Workers two = Workers.of(2)) {
            List<double[]> actual = bits.run(0, 700, two);
            for (int k = 0; k < expected.size(); k++) assertArrayEquals(expected.get(k), actual.get(k));
        }
    }

    /** Those of this JVM have vectors, if there are any; those of the other have none. */
    @Test
    void kernelsWithoutVectorsGiveTheSameBits() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Dfluvia.simd=off", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), FlowBits.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> expected = FlowBits.digests();
        List<String> actual = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, child.waitFor());
        assertEquals(expected, actual);
    }

    static Stream<FlowFamily> families() {
        return Flows.table().rows().stream();
    }

    /**
     * The integral over a box that holds most of the mass is the part of the draws that lie in it: by the midpoint rule, within half a percent,
     * of which the draws' error is at most 0.0008.
     */
    @ParameterizedTest
    @MethodSource("families")
    void theDensityIntegratesToThePartOfTheDraws(FlowFamily family) {
        for (int d = 1; d <= 2; d++) {
            Flow flow = family.spec().get().towards(FlowSpec.Use.DENSITY).build(d, 1);
            FittedFlow fitted = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.1));
            int n = 1 << 16;
            DMatrixRMaj draws = fitted.sample(n, 1);
            double[] low = new double[d];
            double[] high = new double[d];
            for (int i = 0; i < d; i++) {
                double[] sorted = Arrays.copyOfRange(draws.data, i * n, (i + 1) * n);
                Arrays.sort(sorted);
                low[i] = sorted[n / 100];
                high[i] = sorted[n - 1 - n / 100];
            }
            long inside = IntStream.range(0, n).filter(j -> IntStream.range(0, low.length)
                    .allMatch(i -> draws.get(i, j) >= low[i] && draws.get(i, j) < high[i])).count();
            int steps = d == 1 ? 4000 : flow.densityCost() == Cost.ITERATIVE ? 150 : 400;
            double integral = midpoints(fitted, low, high, steps);
            assertTrue(inside > 0.9 * n);
            assertEquals((double) inside / n, integral, 0.005, "in " + d + " dimensions");
        }
    }

    private static double midpoints(FittedFlow flow, double[] low, double[] high, int steps) {
        int d = low.length;
        int points = (int) Math.pow(steps, d);
        DMatrixRMaj grid = new DMatrixRMaj(d, points);
        double volume = 1;
        for (int i = 0; i < d; i++) {
            double step = (high[i] - low[i]) / steps;
            volume *= step;
            for (int j = 0; j < points; j++) grid.set(i, j, low[i] + step * (0.5 + (i == 0 ? j % steps : j / steps)));
        }
        double sum = 0;
        for (double logDensity : flow.logDensity(grid)) sum += StrictMath.exp(logDensity);
        return sum * volume;
    }
}
