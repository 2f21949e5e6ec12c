package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import demos.FourPotentials;
import demos.FourPotentials.Fitted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first potential in a fifth of the steps; all of it with -Dfluvia.studies=true. */
class FourPotentialsTest {
    private static final boolean WHOLE = Boolean.getBoolean("fluvia.studies");

    @Test
    void flowsComeCloserWithMoreMapsAndLogZIsKnownByThem(@TempDir Path folder) throws IOException {
        List<Fitted> all = WHOLE ? FourPotentials.run(4, 3_000, folder) : FourPotentials.run(1, 600, folder);
        for (int i = 0; i < all.size(); i += 4) {
            Fitted few = all.get(i);
            Fitted many = all.get(i + 2);
            Fitted spline = all.get(i + 3);
            assertTrue(many.kl() < few.kl() / 4, few + ", " + many);
            for (Fitted good : List.of(many, spline)) {
                assertTrue(good.kl() > 0 && good.kl() < (WHOLE ? 0.2 : 0.1), good.toString());
                assertEquals(0, good.logZError(), 0.02, good.toString());
            }
        }
        assertTrue(folder.resolve("four-potentials.png").toFile().length() > 0);
    }
}
