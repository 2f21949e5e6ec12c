package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Data;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops whose iterations are recorded together, against the same loops with a break, whose iterations are recorded one by one. */
class LoopsTest {
    private static final int N = 12;
    private static final String HEAD = """
            functions {
              real twice(real x) { real y = x; y *= 2; return y; }
            }
            data { int N; int J; vector[N] x; array[N] real y; array[N] int g; array[N] int z; array[N] int lo; matrix[N, 3] X; }
            parameters { real a; vector[J] b; real<lower=0> s; vector[3] beta; matrix[J, 3] B; }
            model {
              b ~ normal(0, 1); s ~ exponential(1); beta ~ normal(0, 2); to_vector(B) ~ normal(0, 1);
            """;

    private static Data data(int n) {
        SplittableRandom r = new SplittableRandom(7);
        double[][] matrix = new double[n][3];
        for (double[] row : matrix) Arrays.setAll(row, i -> r.nextDouble(-1, 1));
        return Data.empty().with("N", n).with("J", 4).with("x", r.doubles(n, -2, 2).toArray()).with("y", r.doubles(n, -2, 2).toArray())
                .with("g", r.ints(n, 1, 5).toArray()).with("z", r.ints(n, 0, 2).toArray()).with("lo", r.ints(n, 1, 4).toArray()).with("X", matrix);
    }

    private static double[] point() {
        return new SplittableRandom(3).doubles(1 + 4 + 1 + 3 + 12, -0.8, 0.8).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "y[n] ~ normal(a + b[g[n]] * x[n], s);",
        "target += normal_lpdf(y[n] | twice(a) + X[n] * beta, s);",
        "real mu; mu = a; for (k in 1:3) mu = mu + beta[k] * X[n, k]; y[n] ~ normal(mu, s);",
        "real mu = a; for (k in lo[n]:3) mu += beta[k] * X[n, k]; y[n] ~ normal(mu, s);",
        "if (z[n] == 1) y[n] ~ normal(a, s); else { real h = x[n] * b[g[n]]; target += cauchy_lpdf(y[n] | h, s); }",
        "real h = z[n] ? a : x[n]; if (x[n] > 0 && z[n]) h = b[g[n]]; y[n] ~ normal(h, s);",
        "vector[3] p = beta; for (k in 1:3) p[k] += normal_lpdf(y[n] | b[k], s); target += log_sum_exp(p);",
        "vector[3] p; for (k in 1:3) p[k] = X[n, k] * beta[k]; target += log_softmax(p)[lo[n]];",
        "lo[n] ~ categorical_logit(beta + B[g[n]]');",
        "z[n] ~ bernoulli_logit(dot_product(X[n], B[g[n]]) + dot_product(beta, B[g[n], 1:3]));",
        "vector[2] h = [a * x[n], s]'; for (i in 1:n) target += -square(h[1] - x[i]) / N;",
        "m[n] = a * x[n]; y[n] ~ normal(m[n], s);",
        "m[n] = n == 1 ? a : m[n - 1] * 0.5 + x[n]; y[n] ~ normal(m[n], s);",
        "t += a * x[n] - z[n];",
        "m[g[n]] += b[g[n]] * x[n];",
        "t = a * x[n]; y[n] ~ normal(t, s);",
        "target += log_mix(inv_logit(a), normal_lpdf(y[n] | b[1], s), normal_lpdf(y[n] | b[2], 1));",
        "x[n] ~ normal(b, s); beta[lo[n]] ~ normal(0, 2);",
        "real h; if (a > x[n]) h = a; else h = b[g[n]] * x[n]; y[n] ~ normal(h, s);",
        "y[n] ~ normal(a, s) T[-3, ];",
        "target += log_sum_exp(b[1:lo[n]] * x[n]) + normal_lpdf(y[n] | sum(head(b, lo[n])), s);",
        "vector[lo[n] + 1] c = append_row(rep_vector(0, 1), b[1:lo[n]] * x[n]); target += softmax(cumulative_sum(c))[2];",
        "vector[g[n]] c = rep_vector(x[n], g[n]) + head(b, g[n]); m[n] = sum(c); target += -square(dot_self(c[1:min(lo[n], g[n])]) - a);",
        "u[lo[n]] = a; for (k in (lo[n] + 1):4) { for (j in 1:2) v[j] = u[k - 1] * b[j] + x[n]; u[k] = sum(v); } target += -square(u[4]);",
        "for (k in 1:J) { for (i in 1:3) { if (z[n]) target += -square(B[k, i] * x[n] - a); } }",
    })
    void togetherAndOneByOneAgree(String body) {
        String before = "vector[N] m = rep_vector(0.3, N); real t = 0; vector[4] u; array[2] real v; ";
        String after = " target += -0.1 * dot_self(m) + t; if (!is_nan(u[4])) target += u[4]; }";
        Recorded together = Recorded.of(HEAD + before + "for (n in 1:N) { " + body + " }" + after, data(N));
        Recorded apart = Recorded.of(HEAD + before + "for (n in 1:N) { if (n > N) break; " + body + " }" + after, data(N));
        double[] at = point();
        double expected = apart.density(at);
        assertTrue(Double.isFinite(expected));
        assertEquals(expected, together.density(at), 1e-11 * Math.max(1, Math.abs(expected)));
        double[] slopes = apart.gradient(at);
        assertArrayEquals(slopes, together.gradient(at), 1e-10 * Math.max(1, Arrays.stream(slopes).map(Math::abs).max().orElse(0)));
    }

    @Test
    void tenThousandRowsAreTensOfOperations() {
        String loop = "for (n in 1:N) { real mu = a + b[g[n]]; if (z[n]) mu += x[n] * beta[1]; y[n] ~ normal(mu, s); } }";
        assertTrue(Recorded.of(HEAD + loop, data(10_000)).operations() < 120);
    }

    @Test
    void fewIterationsOfLongVectorsAreNotCopied() {
        String program = """
                data { int N; array[3, N] int z; }
                parameters { vector[N] e; vector[3] a; vector[3] b; }
                model { for (j in 1:3) { %s z[j] ~ bernoulli_logit(a[j] * (e - b[j])); } e ~ std_normal(); }
                """;
        int n = 200;
        SplittableRandom r = new SplittableRandom(5);
        double[] z = r.ints(3L * n, 0, 2).asDoubleStream().toArray();
        Data data = Data.empty().with("N", n).with("z", Shape.of(3, n), z);
        Recorded loop = Recorded.of(program.formatted(""), data);
        Recorded oneByOne = Recorded.of(program.formatted("if (j > 3) break;"), data);
        double[] at = new SplittableRandom(6).doubles(n + 6, -1, 1).toArray();
        assertEquals(oneByOne.density(at), loop.density(at), 1e-9);
        assertEquals(oneByOne.operations(), loop.operations());
    }

    @Test
    void whatALoopLeavesIsThatOfItsLastIteration() {
        String program = """
                data { int N; vector[N] x; }
                parameters { real a; }
                transformed parameters { real t = 0; vector[N] m; for (n in 1:N) { t = a * x[n]; m[n] = t + n; } }
                model { a ~ std_normal(); }
                """;
        Recorded r = Recorded.of(program, Data.empty().with("N", 3).with("x", new double[] {2, 5, -1}));
        assertArrayEquals(new double[] {-0.5}, r.derived("t", 0.5), 0);
        assertArrayEquals(new double[] {2, 4.5, 2.5}, r.derived("m", 0.5), 0);
    }
}
