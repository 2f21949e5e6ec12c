package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import demos.PointsFromAWord;
import java.io.IOException;
import java.nio.file.Path;
import org.fluvia.flows.LogLikelihood;
import org.fluvia.flows.TrainingRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A twentieth of the budget; all of it, some minutes, with -Dfluvia.studies=true. */
class PointsFromAWordTest {
    private static final boolean WHOLE = Boolean.getBoolean("fluvia.studies");

    @Test
    void trainingStaysFiniteAndDrawsAreOfTheWord(@TempDir Path folder) throws IOException {
        PointsFromAWord.Result result = PointsFromAWord.run(WHOLE ? 20_000 : 5_000, WHOLE ? 300 : 20, epoch -> { }, folder);
        for (TrainingRecord.Epoch epoch : result.flow().record().epochs()) {
            assertTrue(Double.isFinite(epoch.train()) && Double.isFinite(epoch.heldOut()), epoch.toString());
        }
        LogLikelihood heldOut = result.flow().heldOut();
        double evenOverThePicture = -Math.log(23 * 14);
        assertTrue(heldOut.mean() > evenOverThePicture + (WHOLE ? 0.4 : 0.1), heldOut.toString());
        assertTrue(result.inside() > (WHOLE ? 0.85 : 0.65), "inside " + result.inside());
        assertTrue(heldOut.mean() < -PointsFromAWord.entropy() + 3 * heldOut.standardError(), heldOut.toString());
        assertTrue(folder.resolve("points-from-a-word.png").toFile().length() > 0);
    }
}
