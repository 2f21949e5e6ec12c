package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.model.Data;
import org.fluvia.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops in which an iteration needs what the one before has computed, against the same loops in pieces that are too short to be a scan. */
class RecurrencesTest {
    private static final int N = 60;
    private static final int PIECE = 10;
    private static final String HEAD = """
            data { int N; vector[N] x; array[N] real y; array[N] int z; array[N] int g; }
            parameters { real a; vector[3] b; real<lower=0> s; vector[N] e; }
            model {
              b ~ normal(0, 1); s ~ exponential(1); e ~ normal(0, 1);
              vector[N] m = rep_vector(0.3, N); array[N] real h = rep_array(0.2, N); real t = 0; real before = 0; int count = 0;
              array[N, 2] real f = rep_array(0.1, N, 2); vector[2] w = [a, s]'; matrix[3, N] M = rep_matrix(0.4, 3, N); real sum = 0;
            """;
    private static final String TAIL = """
              target += -0.1 * dot_self(m) + 0.3 * sum(h[2:N]) - square(t) + log_sum_exp(f[N]) + sum(to_array_1d(f)) * 0.01 + dot_self(w) * 0.1;
              target += -0.01 * dot_self(to_vector(M)) + 0.2 * sum + before * count;
            }
            """;

    private static Data data(int n) {
        SplittableRandom r = new SplittableRandom(7);
        return Data.empty().with("N", n).with("x", r.doubles(n, -2, 2).toArray()).with("y", r.doubles(n, -2, 2).toArray())
                .with("z", r.ints(n, 0, 2).toArray()).with("g", r.ints(n, 1, 4).toArray());
    }

    private static double[] point(int n) {
        return new SplittableRandom(3).doubles(1 + 3 + 1 + n, -0.8, 0.8).toArray();
    }

    private static String loop(String body, int from, int to) {
        return "for (n in " + from + ":" + to + ") { " + body + " }\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "m[n] = a * m[n - 1] + x[n];",
        "m[n] = 0.5 * m[n - 1] - 0.2 * a * m[n - 2] + e[n];",
        "m[n] = 0.5 * m[n - 2] + a;",
        "m[n] = b[g[n]] * m[n - 1] + s * e[n];",
        "t = 0.9 * t + a * x[n];",
        "t = 0.9 * t + a * x[n]; y[n] ~ normal(t, s);",
        "y[n] ~ normal(t, s); t = 0.9 * t + a * x[n];",
        "h[n] = sqrt(0.1 + 0.2 * square(x[n - 1]) + inv_logit(a) * square(h[n - 1])); x[n] ~ normal(b[1], h[n]);",
        "h[n] = e[n] + a * h[n - 1]; target += -square(h[n] - y[n]);",
        "target += -square(t); t = sin(t) + x[n] * a;",
        "z[n] ~ bernoulli_logit(t); t += a * (z[n] - inv_logit(t));",
        "for (k in 1:2) { vector[2] acc; for (j in 1:2) acc[j] = f[n - 1, j] + b[j] * k + normal_lpdf(y[n] | b[k], s); f[n, k] = log_sum_exp(acc); }",
        "w = [0.5 * w[1] + a * x[n], tanh(w[2] + w[1])]'; y[n] ~ normal(w[2], s);",
        "real old = t; t = 0.3 * t + before + x[n] * a; before = 0.1 * old;",
        "if (n == 5) t = a; else t = 0.7 * t + e[n];",
        "if (z[n]) t = a * t; else t = 0.7 * t + e[n];",
        "if (t > 0) t = 0.5 * t + a; else t = x[n] - t;",
        "count += z[n]; t = 0.9 * t + a * x[n] * count;",
        "sum += x[n]; t = 0.9 * t + a * sum;",
        "m[n] = m[n - 1] * a + 1; sum += m[n] * y[n];",
        "for (j in 1:3) M[j, n] = b[j] * M[j, n - 1] + x[n];",
        "M[ : , n] = b .* M[ : , n - 1] + x[n];",
        "t = 0.5 * t + m[n]; m[n] = a * x[n];",
        "m[n] = a * m[n - 1] + x[n]; h[n] = h[n - 1] * 0.5 + m[n - 2];",
        "m[n] = a * m[3] + x[n] + 0.1 * m[n - 1];",
        "m[g[n]] = a * m[g[n]] + x[n];",
        "t = a * t; if (n == 40) t += 1;",
        "if (n > 57) continue; t = 0.9 * t + a * x[n];",
        "t = 0.9 * t + a * x[n]; if (n > 50) break;",
        "y[n] ~ normal(a * t, s) T[-3, ]; t = 0.5 * t + b[2];",
        "h[n] = exp(a); m[n] = a * m[n - 1] + h[n - 1] * b[2];",
        "h[n] = e[4]; t = 0.5 * t + h[n - 1]; y[n] ~ normal(b[1], s);",
        "h[n] = e[n] * 2; t = 0.5 * t + h[n]; y[n] ~ normal(h[n], s); if (n > 40) t += square(h[n - 1]) + h[3];",
        "m[n] = sum(m[(n - 2):(n - 1)]) * 0.4 * a + x[n];",
    })
    void aScanIsWhatItsStepsAre(String body) {
        StringBuilder pieces = new StringBuilder();
        boolean ends = body.contains("break");
        for (int from = 3; from <= (ends ? 51 : N); from += PIECE) pieces.append(loop(body, from, Math.min(from + PIECE - 1, ends ? 51 : N)));
        Recorded apart = Recorded.of(HEAD + pieces + TAIL, data(N));
        Recorded scan = Recorded.of(HEAD + loop(body, 3, N) + TAIL, data(N));
        double[] at = point(N);
        double expected = apart.density(at);
        assertTrue(Double.isFinite(expected));
        assertEquals(expected, scan.density(at), 1e-12 * Math.max(1, Math.abs(expected)));
        double[] slopes = apart.gradient(at);
        assertArrayEquals(slopes, scan.gradient(at), 1e-11 * Math.max(1, Arrays.stream(slopes).map(Math::abs).max().orElse(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "m[n] = a * m[n - 1] + x[n] * b[g[n]]; y[n] ~ normal(m[n], s);",
        "m[n] = 0.5 * m[n - 1] - 0.2 * a * m[n - 2] + e[n]; target += -square(m[n]);",
        "h[n] = sqrt(0.1 + 0.2 * square(x[n - 1]) + inv_logit(a) * square(h[n - 1])); x[n] ~ normal(b[1], h[n]);",
        "z[n] ~ bernoulli_logit(t); t += a * (z[n] - inv_logit(t));",
        "for (k in 1:2) { vector[2] acc; for (j in 1:2) acc[j] = f[n - 1, j] + b[j] * k + normal_lpdf(y[n] | b[k], s); f[n, k] = log_sum_exp(acc); }",
        "for (j in 1:3) M[j, n] = b[j] * M[j, n - 1] + x[n];",
        "if (n == 5) t = a; else t = 0.7 * t + e[n];",
    })
    void thousandsOfStepsAreTensOfOperations(String body) {
        int n = 3000;
        int operations = Recorded.of(HEAD + loop(body, 3, n) + TAIL, data(n)).operations();
        assertTrue(operations < 150, operations + " operations");
    }

    @Test
    void seriesSideBySideAreOneScan() {
        String body = "for (j in 1:3) { for (n in 3:N) { M[j, n] = b[j] * M[j, n - 1] + x[n]; y[n] ~ normal(M[j, n], s); } } ";
        int n = 3000;
        int operations = Recorded.of(HEAD + body + TAIL, data(n)).operations();
        assertTrue(operations < 150, operations + " operations");
    }

    @Test
    void loopsOverDataAreNumbers() {
        String program = "transformed data { real x = 0; for (i in 1:300000) x = 0.5 * x + i % 3; } parameters { real a; } model { a ~ normal(x, 1); }";
        assertEquals(10.0 / 7, Recorded.of(program, Data.empty()).gradient(0)[0], 1e-12);
    }

    @Test
    void whatAScanObservesIsObservedUnderItsName() {
        Recorded r = Recorded.of(HEAD + loop("h[n] = a * h[n - 1] + x[n]; y[n] ~ normal(h[n], s);", 3, N) + TAIL, data(N));
        assertEquals(List.of("y"), r.model().observations().stream().map(Observation::name).toList());
        assertEquals(N - 2, r.model().observations().get(0).values().size());
    }
}
