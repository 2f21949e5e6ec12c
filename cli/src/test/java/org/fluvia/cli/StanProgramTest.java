package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on Stan programs. */
class StanProgramTest {
    @TempDir
    private Path folder;

    private Path program;
    private Path data;

    @BeforeEach
    void write() {
        program = Run.file(folder, "line.stan", """
                data { int<lower=1> N; vector[N] x; vector[N] y; }
                parameters { real a; real b; real<lower=0> s; }
                model {
                  print("N = ", N);
                  a ~ normal(0, 5); b ~ normal(0, 5); s ~ exponential(1);
                  for (n in 1:N) y[n] ~ normal(a + b * x[n], s);
                }
                generated quantities { real at_ten = a + 10 * b; real again = normal_rng(at_ten, s); real once = again + 1; }
                """);
        data = Run.file(folder, "data.json", "{\"N\": 5, \"x\": [1, 2, 3, 4, 5], \"y\": [2.1, 3.9, 6.2, 7.8, 10.1]}");
    }

    @Test
    void densityIsThatOfTheProgramWithAllConstants() {
        Path points = Run.file(folder, "points.json", "[{\"a\": 0, \"b\": 2, \"s\": 0.5}]");
        Run run = Run.of("density", program, "--data", data, "--at", points);
        assertEquals(0, run.code(), run.err());
        double logNormal = -0.5 * Math.log(2 * Math.PI);
        double priors = 2 * (logNormal - Math.log(5)) - 0.5 * 4 / 25 - 0.5;
        double likelihood = 5 * (logNormal - Math.log(0.5)) - 0.5 * (0.01 + 0.01 + 0.04 + 0.04 + 0.01) / 0.25;
        double shown = Double.parseDouble(run.out().replaceAll("(?s).*\"log_density\": *([^,]+),.*", "$1"));
        assertEquals(priors + likelihood, shown, 1e-12);
    }

    @Test
    void fitReportsParametersAndGeneratedQuantities() throws Exception {
        Path out = folder.resolve("out");
        Run run = Run.of("fit", program, "--data", data, "--out", out, "--draws", 500, "--predict", 10);
        assertTrue(run.code() == 0 || run.code() == 3, run.err());
        assertTrue(run.err().contains("N = 5"), run.err());
        assertTrue(run.err().contains("left out: once"), run.err());
        assertTrue(Files.readString(out.resolve("predictions.csv")).contains("again"));
        String header = Files.readAllLines(out.resolve("draws.csv")).stream().filter(l -> l.startsWith("lp__")).findFirst().orElseThrow();
        assertEquals("lp__,log_q__,a,b,s,at_ten", header);
    }

    @Test
    void mistakesAreShownWithTheirLine() {
        Path wrong = Run.file(folder, "wrong.stan", "parameters {\n  real a\n}\n");
        Run run = Run.of("fit", wrong);
        assertEquals(2, run.code());
        assertTrue(run.err().startsWith("fluvia: wrong.stan:3:1: `;` is expected"), run.err());
    }

    /** What is left out is said, and the model is fitted as the program is. */
    @Test
    void translatedItIsAModelInJava() throws Exception {
        Run translated = Run.of("translate", program);
        assertEquals(0, translated.code(), translated.err());
        assertTrue(translated.err().contains("left out: once"), translated.err());
        Path java = Run.file(folder, "Line.java", translated.out());
        Path points = Run.file(folder, "points.json", "[{\"a\": 0, \"b\": 2, \"s\": 0.5}]");
        Run expected = Run.of("density", program, "--data", data, "--at", points);
        assertEquals(expected.out(), Run.of("density", java, "--data", data, "--at", points).out());
    }

    @Test
    void onlyProgramsAreTranslated() {
        Run run = Run.of("translate", data);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("is not named as a Stan program is"), run.err());
        Run refused = Run.of("translate", Run.file(folder, "b.stan", "parameters { real a; } model { if (a > 0) target += a; }"));
        assertEquals(2, refused.code());
        assertEquals("", refused.out());
        assertTrue(refused.err().contains("b.stan:1:36: a branch"), refused.err());
    }
}
