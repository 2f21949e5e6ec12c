package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distributions of parameters are their priors, however they are written, and those of a hierarchy its levels. */
class PriorsTest {
    private static final String SCHOOLS = """
            data { int J; array[J] int g; }
            parameters { %s theta; real mu; real<lower=0> tau; }
            transformed parameters { real scale = 2 * tau; }
            model {
              real loc = mu + 1;
              tau ~ cauchy(0, 5);
              %s
              mu ~ normal(0, 5);
            }
            """;

    private static BoundModel bound(String type, String statement) {
        return Recorded.of(SCHOOLS.formatted(type, statement), Data.empty().with("J", 4).with("g", new double[] {1, 2, 2, 1})).model();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', value = {
        "vector[J] @ theta ~ normal(mu, tau);",
        "vector[J] @ theta ~ normal(loc, scale);",
        "vector[J] @ for (j in 1:J) theta[j] ~ normal(loc, scale);",
        "vector[J] @ { real s = sqrt(scale); for (j in 1:J) { real h = loc * g[j]; theta[j] ~ student_t(4, h, s); } }",
        "vector[J] @ target += (normal_lupdf(theta | mu, tau));",
        "vector[J] @ for (j in 1:J) target += normal_lpdf(theta[j] | loc, tau * j);",
        "array[J] real @ theta ~ normal(mu, tau);",
        "row_vector[J] @ theta ~ normal(rep_row_vector(mu, J), tau);",
        "vector<lower=0>[J] @ theta ~ lognormal(mu, tau);",
        "matrix[2, J %/% 2] @ to_vector(theta) ~ normal(mu, tau);",
        "vector[J] @ theta ~ multi_normal(rep_vector(mu, J), diag_matrix(rep_vector(tau, J)));",
    })
    void levelsMayBeDeclaredBeforeWhatTheyAreMadeOf(String type, String statement) {
        BoundModel m = bound(type, statement);
        assertArrayEquals(IntStream.range(0, 4).toArray(), m.levels());
        assertEquals(List.of("theta", "mu", "tau"), m.parameters().stream().map(Quantity::name).toList());
        assertEquals(List.of(), m.otherTerms());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', value = {
        "vector[J] @ for (j in 2:J) theta[j] ~ normal(mu, tau);",
        "vector[J] @ theta[{1, 1, 2, 3}] ~ normal(mu, tau);",
        "vector[J] @ target += normal_lpdf(theta | mu, tau) * 2;",
        "vector[J] @ if (mu > 0) theta ~ normal(mu, tau);",
        "real @ theta ~ normal(rep_vector(mu, J), tau);",
    })
    void otherTermsAreNoPriors(String type, String statement) {
        BoundModel m = bound(type, statement);
        assertNull(m.prior("theta"));
        assertNotNull(m.prior("mu"));
        assertEquals(1, m.otherTerms().size());
    }

    @Test
    void theFirstDistributionIsThePriorAndTheSecondATerm() {
        BoundModel m = bound("vector[J]", "theta ~ normal(mu, tau); theta ~ normal(0, 1);");
        assertEquals("normal", java.util.Objects.requireNonNull(m.prior("theta")).distribution().name());
        assertEquals(4, m.levels().length);
        assertEquals(1, m.otherTerms().size());
    }
}
