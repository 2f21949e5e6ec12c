package org.fluvia.stan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fluvia.model.Data;
import org.fluvia.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is one sentence at a line and a column. */
class MessagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "parameters { real a } model { }|1:21: `;` is expected after a declaration",
        "parameters { real a; } model { a ~ normal(0, 1) }|1:49: `;` is expected after a distribution",
        "parameters { real a; } model { a ~ normal(0, mu); }|1:46: `mu` is not declared",
        "parameters { real a; } model { a ~ normal(0); }|1:32: `normal` cannot be the distribution of a real with parameters of types [int]",
        "parameters { real a; } model { a ~ nomal(0, 1); }|1:32: there is no distribution `nomal`",
        "parameters { real a; } model { target += foo(a); }|1:42: there is no function `foo`",
        "parameters { int a; } model { }|1:14: a parameter cannot be int: sum discrete parameters out",
        "transformed data { int n = 1.5; }|1:20: `n` is an int, but is given a real",
        "parameters { real a; } model { a = 1; }|1:32: nothing can be assigned to `a` here: it is declared in the parameters block",
        "data { vector[3] x; } model { target += x[1, 2]; }|1:41: there are 2 indices, but a vector has 1 dimension",
        "data { vector[3] x; matrix[3, 3] m; } model { target += sum(x + m); }|1:61: `+` does not take a vector and a matrix",
        "functions { real f(real x) { if (x > 0) return x; } }|1:28: `f` must return a real on every way through it",
        "#include <a.stan>|1:1: #include is not read. Put the file's text in its place",
        "model { break; }|1:9: break can only be used in a loop",
        "transformed data { real x = normal_rng(0, 1); } model { real y = normal_rng(0, 1); }|1:66: `normal_rng` draws at random",
    })
    void mistakesAreNamedAtTheirPlace(String program, String message) {
        ModelException e = assertThrows(ModelException.class, () -> StanProgram.of("m.stan", program));
        String expected = "m.stan:" + message;
        assertEquals(expected, e.getMessage().substring(0, Math.min(expected.length(), e.getMessage().length())));
        assertEquals(1, e.line().orElse(0));
    }

    /** What is nested deeper than the parser's own stack is. */
    @ParameterizedTest
    @ValueSource(strings = {"'", "[1]", "+1", "^1"})
    void endlessExpressionsAreRefused(String again) {
        String program = "data { matrix[1, 1] x; } model { target += sum(x" + again.repeat(100_000) + "); }";
        assertThrows(ModelException.class, () -> StanProgram.of("m.stan", program));
    }

    @Test
    void theLineIsShownWithACaret() {
        ModelException e = assertThrows(ModelException.class, () ->
                StanProgram.of("m.stan", "parameters {\n  real a;\n}\nmodel {\n\ta ~ normal(0, mu);\n}\n"));
        assertEquals("m.stan:5:16: `mu` is not declared\n  5 | \ta ~ normal(0, mu);\n    | \t              ^^", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "parameters { real a; } model { while (a > 0) { } }|a loop that ends by a parameter's value is not read",
        "parameters { real a; } model { vector[3] v = rep_vector(0, 3); v[4] = a; }|the index 4 is not from 1 to 3",
        "parameters { real a; } model { vector[3] v; for (n in 1:4) v[n] = a; }|the index 4 is not from 1 to 3",
        "parameters { real a; } transformed parameters { vector[2] v = rep_vector(a, 3); }|a value of size 3 cannot be assigned to one of size 2",
        "parameters { real a; } model { if (N > 2) reject(\"too many: \", N); }|reject: too many: 3",
        "parameters { real a; } model { y ~ poisson(exp(a)); }|y[2] = -1 is outside the support of poisson",
        "parameters { real a; } model { a ~ normal(0, N - 4); }|scale must be positive",
        "parameters { real a; } model { target += trigamma(a); }|the function `trigamma` is not read",
        "parameters { real a; } model { target += quantile([1.0, 2, 3], N - 1.5); }|a probability from 0 to 1, but is for 1.5",
        "parameters { real a; } model { target += sum(csr_matrix_times_vector(2, 2, [1.0, 2]', {1, 2}, {1, 3, 2}, rep_vector(a, 2))); }|u must begin with 1",
        "parameters { real a; } model { target += sum(rep_matrix(a, 100000, 100000)); }|at most 2147483647 are possible",
        "parameters { real a; } model { target += sum(head(rep_vector(a, 3), 2147483647)); }|are not within 1 to 3",
        "parameters { array[N] real<lower={0, 1}> a; } model { }|a bound of size 2 does not fit a variable of size 3",
    })
    void whatNumbersShowIsNamedToo(String program, String problem) {
        Data data = Data.empty().with("N", 3).with("y", new double[] {1, -1});
        String whole = "data { int N; array[2] int y; }\n" + program;
        ModelException e = assertThrows(ModelException.class, () -> StanProgram.of("m.stan", whole).model().bind(data));
        assertTrue(e.getMessage().contains(problem) && e.getMessage().contains("m.stan:2"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "int<lower=4> N;|N must be at least 4, but is 3 in the data",
        "vector[N] x;|x must have size 3, but has size 2 in the data",
        "simplex[2] x;|x must sum to 1",
        "array[2] int x;|x must be int, but has 0.5 in the data",
        "real q;|the model needs a variable q",
    })
    void dataThatDoNotFitAreRefused(String declaration, String problem) {
        Data data = Data.empty().with("N", 3).with("x", new double[] {0.5, 1});
        String before = declaration.contains(" N;") ? "" : "int N; ";
        String program = "data { " + before + declaration + " } parameters { real a; } model { a ~ std_normal(); }";
        ModelException e = assertThrows(ModelException.class, () -> StanProgram.of("m.stan", program).model().bind(data));
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }
}
