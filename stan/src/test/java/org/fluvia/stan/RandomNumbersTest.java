package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fluvia.model.Data;
import org.fluvia.model.ModelException;
import org.junit.jupiter.api.Test;

/** What transformed data draw at random. */
class RandomNumbersTest {
    private static final int N = 4000;

    /** @param data transformed data, which end in a vector x */
    private static double[] drawn(String data, long seed) {
        String program = "functions { real twice_rng(real s) { return normal_rng(0, s) + normal_rng(0, s); } } data { int N; } transformed data { " + data
                + " } parameters { real a; } transformed parameters { vector[num_elements(x)] y = to_vector(x) + 0 * a; } model { a ~ std_normal(); }";
        return Recorded.of(program, Data.empty().with("N", N), seed).derived("y", 0);
    }

    private static void assertMoments(double mean, double sd, double[] x) {
        double m = Arrays.stream(x).average().orElseThrow();
        double s = Math.sqrt(Arrays.stream(x).map(v -> (v - m) * (v - m)).sum() / (x.length - 1));
        assertEquals(mean, m, 5 * sd / Math.sqrt(x.length));
        assertEquals(sd, s, 0.15 * sd);
    }

    @Test
    void numbersAreDistributedAsTheySay() {
        assertMoments(2, 3, drawn("array[N] real x = normal_rng(rep_vector(2, N), 3);", 1));
        assertMoments(4, 2, drawn("vector[N] x; for (n in 1:N) { int k = poisson_rng(4); x[n] = k; }", 1));
        assertMoments(0, Math.sqrt(2), drawn("vector[N] x; for (n in 1:N) x[n] = twice_rng(1);", 1));
        assertMoments(2, Math.sqrt(0.5), drawn("vector[N] x; for (n in 1:N) x[n] = categorical_rng([0.25, 0.5, 0.25]');", 1));
        double[] pair = drawn("vector[2] x = multi_normal_rng([5, -5]', identity_matrix(2));", 1);
        assertTrue(pair.length == 2 && pair[0] > 0 && pair[1] < 0);
        double[] counts = drawn("array[3] int x = multinomial_rng([0.2, 0.3, 0.5]', 50);", 1);
        assertEquals(50, Arrays.stream(counts).sum());
        assertEquals(1, Arrays.stream(drawn("vector[3] x = dirichlet_rng([1, 2, 3]');", 1)).sum(), 1e-15);
    }

    @Test
    void theSeedDecides() {
        String data = "vector[5] x; for (n in 1:5) x[n] = exponential_rng(1);";
        assertArrayEquals(drawn(data, 7), drawn(data, 7));
        double[] x = drawn(data, 7);
        assertEquals(5, Arrays.stream(x).distinct().count());
        assertNotEquals(x[0], drawn(data, 8)[0]);
    }

    @Test
    void whatCannotBeDrawnIsSaidAtItsPlace() {
        ModelException e = assertThrows(ModelException.class, () -> drawn("vector[1] x = [normal_rng(0, -1)]';", 1));
        assertTrue(e.getMessage().contains("scale must be positive") && e.getMessage().contains("test.stan:1:"), e.getMessage());
    }
}
