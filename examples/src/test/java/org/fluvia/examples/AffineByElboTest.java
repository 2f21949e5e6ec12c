package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import demos.AffineByElbo;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AffineByElboTest {
    @Test
    void flowIsItsTargetInTheEnd(@TempDir Path folder) throws IOException {
        AffineByElbo.Result result = AffineByElbo.run(400, folder);
        assertEquals(0, result.elbo(), 1e-9);
        assertEquals(0, result.covarianceError(), 1e-6);
        assertTrue(folder.resolve("affine-by-elbo.png").toFile().length() > 0);
    }
}
