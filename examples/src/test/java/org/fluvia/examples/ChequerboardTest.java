package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import demos.Chequerboard;
import java.io.IOException;
import java.nio.file.Path;
import org.fluvia.flows.LogLikelihood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fiftieth of the budget; all of it, some minutes, with -Dfluvia.studies=true. */
class ChequerboardTest {
    private static final boolean WHOLE = Boolean.getBoolean("fluvia.studies");

    @Test
    void squaresAreLearnedAndNoMoreIsPromisedThanThereIs(@TempDir Path folder) throws IOException {
        LogLikelihood heldOut = Chequerboard.run(WHOLE ? 100_000 : 10_000, WHOLE ? 150 : 20, epoch -> { }, folder).heldOut();
        double most = Chequerboard.mostLikely();
        double board = most - Math.log(2); // even over all squares, the white ones too
        assertTrue(heldOut.mean() > board + (WHOLE ? 0.8 : 0.5) * (most - board), heldOut.toString());
        assertTrue(heldOut.mean() < most + 3 * heldOut.standardError(), heldOut.toString());
        assertTrue(folder.resolve("chequerboard.png").toFile().length() > 0);
    }
}
