package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fluvia.model.Data;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia prior} and {@code fluvia simulate}. */
class SimulateCommandTest {
    @TempDir
    private Path folder;
    private Path model;
    private Path data;

    @BeforeEach
    void write() {
        model = Run.model(folder, "Counts", "Expr a = m.sample(\"a\", normal(1, 0.5));", "m.derive(\"rate\", a.exp());",
                "m.observe(\"y\", poisson(a.exp().times(m.data(\"x\"))));", "m.predict(\"later\", poisson(a.exp()));");
        data = Run.file(folder, "data.json", "{\"x\": [1, 2.5, 0.5], \"y\": [1, 2, 3]}");
    }

    @Test
    void thePriorIsPrintedAndWritten() throws IOException {
        Path csv = folder.resolve("prior.csv");
        Run run = Run.of("prior", model, "--data", data, "--draws", 400, "--out", csv);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("Counts: 400 draws from the prior"), run.out());
        assertTrue(run.out().contains("replications of y, 400 draws") && run.out().contains("predictions of later, 400 draws"), run.out());
        assertEquals("a,rate,y[1],y[2],y[3],later", Files.readAllLines(csv).get(0));
        assertEquals(401, Files.readAllLines(csv).size());
        Data draws = Data.csv(csv);
        double[] a = draws.values("a");
        for (int j = 0; j < a.length; j++) assertEquals(StrictMath.exp(a[j]), draws.values("rate")[j], 1e-12 * draws.values("rate")[j]);
        String before = Files.readString(csv);
        assertEquals(0, Run.of("prior", model, "--data", data, "--draws", 400, "--out", csv).code());
        assertEquals(before, Files.readString(csv));
        assertEquals(0, Run.of("prior", model, "--data", data, "--draws", 10, "--format", "json", "--out", csv).code());
        assertTrue(Files.readString(csv).contains("\"later\": ["));
    }

    @Test
    void dataThatWereDrawnCanBeFitted() throws IOException {
        Path made = folder.resolve("made.json");
        Path truth = folder.resolve("truth.json");
        assertEquals(0, Run.of("simulate", model, "--data", data, "--seed", 5, "--out", made, "--truth", truth).code());
        assertEquals(0, Run.of("fit", model, "--data", made, "--init", truth, "--draws", 100).code());
        Data drawn = Data.json(made);
        assertEquals(3, drawn.values("y").length);
        Run again = Run.of("simulate", model, "--data", data, "--seed", 5);
        assertEquals(Files.readString(made), again.out());
        Run given = Run.of("simulate", model, "--data", data, "--given", Run.file(folder, "given.json", "{\"a\": 10}"));
        assertTrue(Data.jsonText(given.out()).values("y")[0] > 10_000, given.out());
    }

    @Test
    void mistakesAreNamed() {
        BadInputTest.assertMistake(Run.of("prior", model, "--data", data, "--draws", 0), "--draws: must be at least 1, but was 0");
        BadInputTest.assertMistake(Run.of("prior", model, "--data", data, "--format", "xml"), "--format: there is no format xml");
        BadInputTest.assertMistake(Run.of("prior", model, "--data", data, "--draws", 2_000_000_000), "--draws: 2000000000 draws need");
        BadInputTest.assertMistake(Run.of("prior", model, "--data", data, "--out", folder.resolve("no/x.csv")), "there is no such folder");
        Path flat = Run.model(folder, "Flat", "m.observe(\"y\", normal(m.parameter(\"mu\", Support.real()), 1));");
        for (String command : new String[] {"prior", "simulate"}) {
            BadInputTest.assertMistake(Run.of(command, flat, "--data", data), "mu of model Flat must have a proper prior");
        }
        Path truth = folder.resolve("truth.json");
        BadInputTest.assertMistake(Run.of("simulate", model, "--data", data, "--truth", truth, "--given", Run.file(folder, "g.json", "{\"b\": 1}")),
                "the model has no parameter b");
        BadInputTest.assertMistake(Run.of("simulate", model, "--data", "-", "--given", "-"), "--data and --given must not both be standard input");
        assertFalse(Files.exists(truth));
    }
}
