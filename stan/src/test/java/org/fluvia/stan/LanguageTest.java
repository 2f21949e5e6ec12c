package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Data;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions and statements mean, by numbers that are known. */
class LanguageTest {
    private static double value(String type, String expression) {
        Recorded r = Recorded.of("""
                functions { int fib(int n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); }
                            real clipped(real x) { if (x > 1) return 1; return x; } }
                data { int N; vector[N] v; matrix[2, 3] M; array[2, 3] int A; }
                parameters { real a; }
                model { a ~ std_normal(); }
                generated quantities { %s q = %s; }
                """.formatted(type, expression), Data.empty().with("N", 3).with("v", new double[] {1, 2, 4})
                .with("M", new double[][] {{1, 2, 3}, {4, 5, 6}}).with("A", new double[][] {{1, 2, 3}, {4, 5, 6}}));
        return r.derived("q", 0.5)[0];
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "7 / 2 | 3", "-7 / 2 | -3", "7 % 4 | 3", "7 %/% 2 | 3", "7.0 / 2 | 3.5", "2 ^ 3 ^ 2 | 512", "-2 ^ 2 | -4", "1 - 2 - 3 | -4", "!0 + 1 | 2",
        "2 * 3 + 4 * 5 | 26", "1 < 2 == 1 | 1", "1 ? 2 : 0 ? 3 : 4 | 2", "v[2] * v[3] | 8", "sum(v[2:]) | 6", "sum(v[{3, 1}]) | 5", "M[2, 1] | 4",
        "sum(M[1]) | 6", "sum(M[, 2]) | 7", "M[2][3] | 6", "A[2, 3] | 6", "sum(A[2]) | 15", "v' * v | 21", "(v * v')[2, 3] | 8", "(M * v)[2] | 38",
        "([1, 1] * M)[3] | 9", "to_vector(M)[2] | 4", "to_array_1d(A)[2] | 2", "to_matrix(v, 3, 1)[2, 1] | 2", "rows(M) * 10 + cols(M) | 23",
        "size({1, 2, 3}) | 3", "fib(10) | 55", "clipped(a) | 0.5", "clipped(a + 1) | 1", "a * 2 | 1", "max({3, 9, 2}) | 9", "append_row(v, 7)[4] | 7",
        "append_col(M, M)[2, 4] | 4", "append_row(M, M)[4, 1] | 4", "rep_matrix(v, 2)[3, 2] | 4", "head(v, 2)[2] | 2", "tail(v, 1)[1] | 4",
        "segment(v, 2, 1)[1] | 2", "reverse(v)[1] | 4", "sort_desc(v)[1] | 4", "sort_indices_desc(v)[1] | 3", "cumulative_sum(v)[3] | 7",
        "dot_self(v) | 21", "block(M, 1, 2, 2, 2)[2, 1] | 5", "sub_col(M, 1, 3, 2)[2] | 6", "choose(5, 2) | 10", "fmax(a, 2) | 2", "1e3 | 1000",
        "M'[3, 1] | 3", "diag_matrix(v)[2, 2] | 2", "trace(diag_matrix(v)) | 7", "quantile(v, 0.75) | 3", "num_elements(M) | 6", "int_step(a) | 1",
        "linspaced_vector(3, 0, 1)[2] | 0.5", "one_hot_vector(3, 2)[2] | 1", "round(2.5) | 3", "round(-2.5) | -3", "trunc(-2.7) | -2",
        "log_sum_exp({a, a}) - log(2) | 0.5", "v[1 + (a > 0)] | 2", "(1, 2.5).2 | 2.5", "is_nan(not_a_number()) | 1",
        "csr_matrix_times_vector(2, 3, [1, 2, 3]', {1, 3, 2}, {1, 3, 4}, v)[1] | 9",
    })
    void expressionsHaveTheirValues(String expression, double expected) {
        assertEquals(expected, value("real", expression), 1e-14 * Math.max(1, Math.abs(expected)));
    }

    @Test
    void olderSyntaxIsRead() {
        Recorded r = Recorded.of("""
                # a comment of old
                data { int<lower=0> N; real y[N]; int k[2, 2]; }
                parameters { real mu; }
                model {
                  real z[N];
                  for (n in 1:N) z[n] <- y[n] - mu;
                  increment_log_prob(normal_log(z, 0, 1));
                  if (k[2, 1] == 3) increment_log_prob(-mu);
                }
                """, Data.empty().with("N", 2).with("y", new double[] {1, 2}).with("k", new double[][] {{1, 2}, {3, 4}}));
        assertEquals(-0.5 * (0.25 + 2.25) - Math.log(2 * Math.PI) - 0.5, r.density(0.5), 1e-14);
    }

    @Test
    void aConditionOnAParameterChooses() {
        String program = """
                parameters { real a; }
                transformed parameters { real b = 3; if (a > 0) { b = sqrt(a); } else if (a > -1) b = 7; }
                model { if (a > 2) target += -a; else { target += -square(a); a ~ normal(1, 1); } }
                """;
        Recorded r = Recorded.of(program, Data.empty());
        assertEquals(-4, r.density(4));
        assertEquals(-0.25 - 0.125 - 0.5 * Math.log(2 * Math.PI), r.density(0.5), 1e-15);
        assertArrayEquals(new double[] {2}, r.derived("b", 4));
        assertArrayEquals(new double[] {7}, r.derived("b", -0.5));
        assertArrayEquals(new double[] {3}, r.derived("b", -2));
    }

    @Test
    void functionsMayAddToTheDensityAndBeOverloaded() {
        Recorded r = Recorded.of("""
                functions {
                  real mine_lpdf(real x, real k) { return -k * x; }
                  void add_lp(real x) { target += -x; x ~ mine(2); }
                  real f(int n) { return 1; }
                  real f(real n) { return 2; }
                  real f(vector n) { return 3; }
                }
                parameters { real a; }
                model { add_lp(a); target += f(1) * 100 + f(1.0) * 10 + f([1]') + mine_lupdf(1 | 0); }
                """, Data.empty());
        assertEquals(123 - 3 * 0.5, r.density(0.5), 1e-13);
    }

    @Test
    void outsideTheConstraintOfATransformedParameterIsNoDensity() {
        Recorded r = Recorded.of("""
                parameters { vector[2] a; }
                transformed parameters { real<lower=0, upper=a[2]> b = a[1] * 2; vector<upper=3>[2] c = a; simplex[2] d = [a[1] / 4, 1 - a[1] / 4]'; }
                model { a ~ std_normal(); }
                """, Data.empty());
        assertEquals(-0.5 * (1 + 4) - Math.log(2 * Math.PI), r.density(1, 2), 1e-14);
        assertEquals(Double.NEGATIVE_INFINITY, r.density(1, 1.9));
        assertEquals(Double.NEGATIVE_INFINITY, r.density(-0.1, 2));
        assertEquals(Double.NEGATIVE_INFINITY, r.density(1, 3.1));
        assertArrayEquals(new double[] {-1, -2}, r.gradient(1, 2), 1e-14);
    }

    @Test
    void whatIsDrawnFromADistributionIsPredicted() {
        Recorded r = Recorded.of("""
                data { int N; vector[N] x; }
                parameters { real a; real<lower=0> s; }
                model { a ~ std_normal(); s ~ exponential(1); }
                generated quantities {
                  array[N] real y; vector[N] mu = a * x; array[N] int k; array[2] real few;
                  for (n in 1:N) { y[n] = normal_rng(mu[n] + 1, s); }
                  k = poisson_rng(exp(mu));
                  for (n in 1:2) few[n] = normal_rng(few[n], 1);
                }
                """, Data.empty().with("N", 3).with("x", new double[] {1, 2, 3}));
        assertEquals(Set.of("y", "k"), r.model().predictions().keySet());
        assertEquals(Shape.of(3), r.model().predictions().get("y").distribution().parameters().get(0).shape());
        assertEquals(List.of("generated quantities that are drawn at random are left out: few"), r.notes());
    }

    @Test
    void whatIsDrawnAtRandomIsLeftOutAndSaid() {
        Recorded r = Recorded.of("""
                parameters { real a; }
                model { a ~ std_normal(); print("once"); }
                generated quantities { real b = a + 1; real y = normal_rng(a, 1); real w = y + 1; real t = trigamma(b); }
                """, Data.empty());
        assertArrayEquals(new double[] {1.5}, r.derived("b", 0.5));
        assertEquals(1, r.model().derived().size());
        assertTrue(r.notes().get(1).startsWith("generated quantities left out: t, as test.stan:3:92: the function `trigamma` is not read"),
                r.notes().get(1));
        assertEquals("generated quantities that are drawn at random are left out: w", r.notes().get(2));
        assertEquals(Set.of("y"), r.model().predictions().keySet());
    }
}
