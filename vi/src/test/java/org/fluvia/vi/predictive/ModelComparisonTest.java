package org.fluvia.vi.predictive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models of the same data, by their pointwise cross-validation. */
class ModelComparisonTest {
    private static Loo loo(String model, double... elpd) {
        List<PointwiseLoo> points = IntStream.range(0, elpd.length)
                .mapToObj(i -> new PointwiseLoo("y[" + (i + 1) + "]", List.of((double) i), elpd[i], 0.01, 0.5, 0.1, 900)).toList();
        return Loo.of(model, 0.1, 1000, points, List.of());
    }

    private static List<Loo> random(int models, int observations, long seed) {
        Random random = new Random(seed);
        List<Loo> all = new ArrayList<>();
        for (int k = 0; k < models; k++) {
            int own = k;
            all.add(loo("m" + k, random.doubles(observations).map(u -> -1000 * (own % 2) - 0.3 * own + 3 * u).map(x -> x % 7).toArray()));
        }
        return all;
    }

    /** The conditions of Karush, Kuhn and Tucker: at the best weights no model's share of the predictive density is above 1, and it is 1 where there is weight. */
    @Test
    void stackingWeightsAreTheBest() {
        for (int seed = 0; seed < 20; seed++) {
            List<Loo> models = random(2 + seed % 4, 50, seed);
            double[] w = Stacking.weights(models);
            assertEquals(1, IntStream.range(0, w.length).mapToDouble(k -> w[k]).sum(), 1e-9);
            for (int k = 0; k < w.length; k++) {
                double share = 0;
                for (int i = 0; i < 50; i++) {
                    double sum = 0;
                    for (int j = 0; j < w.length; j++) sum += w[j] * Math.exp(models.get(j).pointwise().get(i).elpd() - models.get(k).pointwise().get(i).elpd());
                    share += 1 / sum / 50;
                }
                assertTrue(share < 1 + 1e-3, "seed " + seed + ", model " + k + ": " + share);
                if (w[k] > 1e-3) assertEquals(1, share, 1e-3, "seed " + seed + ", model " + k);
            }
        }
    }

    /** Closed forms: models that are the same share the weight; one that is better everywhere has all; two that are right half the time have half. */
    @Test
    void stackingWeightsOfSimpleCases() {
        assertArrayEquals(new double[] {0.5, 0.5}, Stacking.weights(List.of(loo("a", -1, -2), loo("b", -1, -2))), 1e-9);
        assertArrayEquals(new double[] {1, 0}, Stacking.weights(List.of(loo("a", -1, -2), loo("b", -3, -4))), 1e-6);
        assertArrayEquals(new double[] {0.5, 0.5}, Stacking.weights(List.of(loo("a", -1, -5000), loo("b", -5000, -1))), 1e-9);
        assertArrayEquals(new double[] {0.75, 0.25}, Stacking.weights(List.of(loo("a", 0, 0, 0, -900), loo("b", -900, -900, -900, 0))), 1e-9);
    }

    @Test
    void theBestComesFirstWithDifferencesFromIt() {
        Loo a = loo("a", -1, -2, -3);
        Loo b = loo("b", -1, -1.5, -2);
        ModelComparison c = ModelComparison.of(List.of(a, b));
        assertEquals(List.of(1, 0), c.rows().stream().map(ModelComparison.Row::index).toList());
        assertEquals(1.5, c.rows().get(1).difference().difference().value(), 1e-12);
        assertEquals(Math.sqrt(3 * 0.25), c.rows().get(1).difference().difference().standardError(), 1e-12);
        List<String> lines = c.toString().lines().toList();
        assertEquals("   elpd_loo   se  p_loo  difference  its se  weight", lines.get(0));
        assertEquals("b      -4.5  0.9    1.5           -       -    1.00", lines.get(1));
        assertEquals("a      -6.0  1.7    1.5        -1.5     0.9    0.00", lines.get(2));
    }

    @Test
    void otherDataAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ModelComparison.of(List.of(loo("a", -1))));
        String message = assertThrows(IllegalArgumentException.class, () -> ModelComparison.of(List.of(loo("a", -1), loo("b", -1, -2)))).getMessage();
        assertTrue(message.contains("both models must observe the same data"), message);
    }
}
