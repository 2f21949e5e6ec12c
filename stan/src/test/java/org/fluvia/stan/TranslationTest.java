package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fluvia.model.Data;
import org.fluvia.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTest {
    private static final String DATA = """
            data {
              int N; int J; int K; array[N] int g; array[N] int z; vector[N] x; vector[N] y; matrix[N, 3] X; array[J] int sizes; real c; int flag;
            }
            """;
    private static final String PARAMETERS = "parameters { real a; real<lower=0> s; vector[J] b; vector[3] beta; matrix[J, 3] B; }\n";
    private static final Data VALUES = Data.empty().with("N", 6).with("J", 3).with("K", 2).with("g", 1, 2, 2, 3, 1, 3).with("z", 0, 1, 1, 0, 2, 1)
            .with("x", 0.5, -1, 2, 0.1, 1.5, -0.3).with("y", 1, 0.2, -0.7, 2, 0.4, 1.1).with("sizes", 1, 2, 3).with("c", 0.7).with("flag", 1)
            .with("X", new double[][] {{1, 2, 3}, {0.5, -1, 2}, {0, 1, 0}, {2, 1, 1}, {-1, 0.3, 0.2}, {0.1, 0.2, 0.3}});

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "model { y ~ normal(a + b[g] .* x - X * beta, s); }",
        "model { for (n in 1:N) y[n] ~ normal(a + b[g[n]] * x[n] + X[n] * beta + X[n, 2] * B[g[n], 1], s); }",
        "model { for (n in 1:N) { real mu = a; for (k in 1:3) mu += beta[k] * X[n, k]; y[n] ~ student_t(4, mu, s); } }",
        "model { for (n in 2:N) y[n] ~ normal(a * y[n - 1] + c * n, s); }",
        "model { real h; for (n in 1:N) { if (z[n] == 0 && X[n, 2] < 9) h = a; else h = b[g[n]]; y[n] ~ normal(h, s); } }",
        "model { for (n in 1:N) target += log_mix(inv_logit(a), normal_lpdf(y[n] | b[1], s), cauchy_lpdf(x[n] | b[2], 1)); }",
        "model { z ~ poisson_log(a + c * x); if (!flag || N > 100) y ~ normal(0, s); else if (K == 2 && N - 1 > 3 && c < 9) a ~ normal(1, 2); }",
        "model { int pos = 1; for (j in 1:J) { segment(y, pos, sizes[j]) ~ normal(b[j], s); pos += sizes[j]; } }",
        "model { vector[N] e; e[1] = a; for (n in 2:N) e[n] = 0.5 * e[n - 1] + x[n]; y ~ normal(e, s); }",
        "model { matrix[N, 2] m; for (n in 1:N) for (k in 1:2) m[n, k] = k * a + x[n]; target += -dot_self(m[, 2]) - sum(m); }",
        "model { array[J, 2] real m; for (j in 1:J) for (k in 1:2) m[j, k] = b[j] ^ k; target += -log_sum_exp(m[2]) - sum(to_vector(B)); }",
        "model { vector[3] u = softmax(beta); target += log(u[2] / (1 + u[1])) - (a > 0 ? a : 2 * a) - fmax(a, s) - 1 / s; }",
        "model { y ~ normal(a, s) T[-3, ]; B[1] ~ multi_normal(beta', diag_matrix(rep_vector(s, 3))); b ~ double_exponential(0, 1); }",
        "model { target += quad_form(crossprod(X), beta) * -0.1 - trace(X' * X) * s - beta' * X' * y + dot_product(X[2], beta); }",
        "transformed parameters { vector[N] mu = a + c * x; real<upper=9> t; vector[J] d; t = s ^ 2; for (j in 1:J) d[j] = b[j] * j; }"
                + " model { y ~ normal(mu, t); sum(d) ~ std_normal(); }",
        "transformed parameters { vector[2] d; d[1] = a; d[2] = s; { real h = d[1]; d[2] += h; } } model { d ~ normal(0, 1); }",
        "model { a ~ std_normal(); b ~ normal(a, s); s ~ exponential(1); } generated quantities { real q = a + s; vector[N] m = q * x;"
                + " array[N] real y_rep = normal_rng(m, s); vector[J] b_rep; for (j in 1:J) b_rep[j] = cauchy_rng(b[j], s); real bad = trigamma(a);"
                + " real of_bad = bad + 1; real last = q * 2; }",
        "model { array[N] int k; int most = max(z); int C = 0; for (n in 1:N) { k[n] = z[n] + 1; if (k[n] > 1) C += 1; }"
                + " for (n in 1:N) target += binomial_lpmf(k[n] | 3 + C, inv_logit(a)); target += most * a - sum(k) * s; k[2:3] ~ poisson(s); }",
        "model { array[2, N] int k; for (n in 1:N) for (i in 1:2) k[i, n] = i * z[n]; array[2] int t; for (i in 1:2) t[i] = sum(k[i]) + min(g);"
                + " k[1] ~ poisson(exp(a + c * x)); t ~ poisson(s); }",
        "model { vector[N] mu = a + c * x; for (n in 1:N) mu[n] = exp(mu[n]) + z[n] * s; y ~ normal(mu, s); }",
        "model { vector[N] mu; mu = a + c * x; for (n in 1:N) mu[n] *= b[g[n]]; for (n in 1:N) { mu[n] += X[n] * beta; y[n] ~ normal(mu[n], s); } }",
        "transformed parameters { vector[N] mu = exp(a + c * x); for (n in 1:N) mu[n] = mu[n] * b[g[n]]; } model { y ~ normal(mu, s); }",
        "model { matrix[3, 3] V; V = crossprod(X); for (i in 1:3) V[i, i] = V[i, i] + s; for (i in 1:3) V[i, i] += square(beta[i]);"
                + " target += -log_determinant(V); }",
        "model { a ~ std_normal(); } generated quantities { vector[N] bad; for (n in 1:N) bad[n] = trigamma(a); array[N] real r;"
                + " for (n in 1:N) r[n] = normal_rng(bad[n], 1); }",
        "model { array[0] real none; array[0] int no; target += sum(none) + sum(no) - a * a; }",
    })
    void theJavaModelIsTheProgram(String blocks) throws Exception {
        Translated.assertTheSame(StanProgram.of("some_model.stan", DATA + PARAMETERS + blocks), VALUES, folder);
    }

    @Test
    void functionsBecomeMethods() throws Exception {
        String program = """
                functions {
                  real twice(real x) { return 2 * x; }
                  int power(int n) { int p = 1; for (i in 1:n) p *= 2; return p; }
                  vector part(vector v, int n) { if (n > 1) { return head(v, n); } return v; }
                  real mine_lpdf(real x, real k) { return -k * square(x); }
                  void add_lp(real x) { target += -twice(x); x ~ normal(0, power(3)); }
                  vector decay(real t, vector y, real k, int n) { return -k * y / n; }
                }
                """ + DATA + """
                transformed data { real total = sum(x); int M = N - 1; vector[M] d; for (m in 1:M) d[m] = x[m + 1] - x[m]; }
                """ + PARAMETERS + """
                model {
                  array[2] vector[J] path = ode_rk45(decay, b, 0, {0.5, 1.5}, s, 2);
                  a ~ mine(total);
                  add_lp(s);
                  path[2] ~ normal(0, 1);
                  target += sum(part(beta, 2)) + dot_self(d);
                }
                """;
        Translated.assertTheSame(StanProgram.of("1st model.stan", program), VALUES, folder);
    }

    @Test
    void theJavaReadsAsIfWrittenByHand() {
        String program = """
                // Pupils in schools
                data {
                  int<lower=1> N; // pupils
                  int J;
                  array[N] int<lower=1> school; // where they are
                  vector[N] y; // points
                }
                parameters {
                  vector[J] theta; // of schools
                  real mu;
                  real<lower=0> tau;
                }
                model {
                  tau ~ normal(0, 2); // weak
                  mu ~ normal(0, 5);
                  /* the schools are alike */
                  theta ~ normal(mu, tau);
                  for (n in 1:N)
                    y[n] ~ normal(theta[school[n]], 1); // known
                }
                generated quantities {
                  real best = max(theta);
                }
                """;
        String java = """
                import static org.fluvia.autodiff.Functions.*;
                import static org.fluvia.dist.Distributions.*;

                import org.fluvia.autodiff.Expr;
                import org.fluvia.model.ModelBuilder;
                import org.fluvia.model.ModelSource;
                import org.fluvia.support.Support;

                /** Pupils in schools */
                public final class PupilsInSchools implements ModelSource {
                    @Override
                    public void define(ModelBuilder m) {
                        // N: pupils
                        int j = m.integer("J");
                        Expr school = m.data("school"); // where they are
                        // y: points
                        Expr theta = m.parameter("theta", Support.real(), j); // of schools
                        Expr mu = m.sample("mu", normal(0, 5));
                        // weak
                        Expr tau = m.sample("tau", normal(0, 2), Support.positive());
                        // the schools are alike
                        m.observe(theta, normal(mu, tau));
                        m.observe("y", normal(theta.get(school.minus(1)), 1)); // known
                        m.derive("best", max(theta));
                    }
                }
                """;
        assertEquals(java, StanProgram.of("pupils-in_schools.stan", program).toJava(note -> { }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '`', value = {
        "parameters { real a; } model { if (a > 0) target += a; }@1:36: a branch on a number of an array or of a parameter is not translated",
        "parameters { vector[3] a; } model { for (x in a) target += x; }@1:37: a loop over elements is not translated",
        "parameters { real a; } model { target += trigamma(a); }@1:42: `trigamma` is not translated",
        "parameters { real a; } model { target += target(); }@1:42: target() is not translated",
        "parameters { vector[9] a; } model { vector[9] b = a; for (n in 1:9) b[n] = b[10 - n]; target += b; }@1:69: `b` is given a value as a whole, and elements",
        "parameters { vector[9] a; } model { vector[9] b = a; for (n in 2:9) b[n] = b[n] * 2; target += b; }@1:69: `b` is given a value as a whole, and elements",
        "parameters { vector[2] a; } model { vector[2] b = a; b[1] = 2; target += b; }@1:54: `b` is given a value as a whole, and elements",
    })
    void whatIsNotTranslatedIsRefusedAtItsPlace(String program, String message) {
        ModelException e = assertThrows(ModelException.class, () -> StanProgram.of("m.stan", program).toJava(note -> { }));
        assertEquals("m.stan:" + message, e.getMessage().substring(0, Math.min(e.getMessage().length(), message.length() + 7)));
    }

    @Test
    void whatIsLeftOutIsSaid() {
        List<String> notes = new ArrayList<>();
        StanProgram.of("m.stan", "parameters { real a; } model { a ~ std_normal(); } generated quantities { real b = trigamma(a); real d = normal_rng(a, 1) + 1; }")
                .toJava(notes::add);
        assertEquals(2, notes.size());
        assertEquals(true, notes.get(0).startsWith("generated quantities left out: b, as m.stan:1:"), notes.get(0));
        assertEquals("generated quantities that are drawn at random are left out: d", notes.get(1));
    }
}
