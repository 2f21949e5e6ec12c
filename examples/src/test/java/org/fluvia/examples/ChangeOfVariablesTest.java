package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import demos.ChangeOfVariables;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeOfVariablesTest {
    @Test
    void ruleGivesTheKnownDensitiesAndSamplesHaveThem(@TempDir Path folder) throws IOException {
        for (ChangeOfVariables.Check check : ChangeOfVariables.run(folder)) {
            assertEquals(0, check.densityError(), 1e-14, check.toString());
            assertTrue(check.distance() < 1.63, check.toString());
        }
        assertTrue(folder.resolve("change-of-variables.png").toFile().length() > 0);
    }
}
