package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia fit --init}: Stan's format, and what is wrong with it in one line. */
class InitOptionTest {
    @TempDir
    private Path folder;

    private Run fit(String init) {
        Path model = Run.model(folder, "Island",
                "Expr x = m.parameter(\"x\", Support.positive(), 2);",
                "m.sample(\"z\", normal(0, 1));",
                "m.logDensity(Expr.where(x.minus(100).abs().lt(50), normal(100, 1).logDensity(x), Expr.of(Double.NEGATIVE_INFINITY)));");
        return Run.of("fit", model, "--draws", 500, "--init", Run.file(folder, "init.json", init));
    }

    @Test
    void startsThere() {
        Run run = fit("{\"x\": [97, 102.5]}");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("x[2]"), run.out());
    }

    @Test
    void wrongValuesAreTheUsersToPutRight() {
        wrong("init: parameter x must have shape (2), but has (3)", "{\"x\": [97, 102.5, 1]}");
        wrong("init: the model has no parameter y; it has x, z", "{\"y\": 1}");
        wrong("init: x[2] must be positive, but is -1", "{\"x\": [97, -1]}");
        wrong("--init: init.json must be one JSON object, { \"name\": value, ... }, but begins with [ (line 1)", "[1]");
        Run missing = Run.of("fit", Run.model(folder, "Any", "m.sample(\"z\", normal(0, 1));"), "--init", folder.resolve("none.json"));
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("--init: no such file: "), missing.err());
    }

    private void wrong(String message, String init) {
        Run run = fit(init);
        assertEquals(2, run.code(), run.out());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals(1, run.err().strip().lines().count(), run.err());
    }
}
