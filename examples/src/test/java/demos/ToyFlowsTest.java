package demos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Samples;
import org.fluvia.flows.distance.Wasserstein;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstrations of flows that learn points of the plane, with less of everything. */
class ToyFlowsTest {
    @TempDir
    private Path folder;

    private void assertDrawn(String name) throws IOException {
        for (String kind : List.of(".png", ".svg")) assertTrue(Files.size(folder.resolve(name + kind)) > 5_000);
    }

    @Test
    void flowsSideBySideLearnTwoMoons() throws IOException {
        List<SideBySide.Result> results = SideBySide.run(List.of(ToyData.TWO_MOONS), List.of(SideBySide.Learner.MAF, SideBySide.Learner.SPLINES), 2_000, 1,
                folder);
        assertEquals(2, results.size());
        for (SideBySide.Result r : results) assertTrue(r.shortfall().mean() > 0 && r.shortfall().mean() < 0.5, r.toString());
        assertDrawn("side-by-side");
    }

    @Test
    void theConditionalFlowLearnsBothMoons() throws IOException {
        Shortfall s = ConditionalMoons.run(2_000, 4, folder);
        assertTrue(s.mean() > 0 && s.mean() < 0.2, s.toString());
        assertDrawn("conditional-moons");
    }

    @Test
    void thePosteriorOfASimulatorIsLearned() throws IOException {
        double far = TwoMoonsPosterior.run(2_000, 4, folder).accuracy();
        assertTrue(far >= 0.5 && far < 0.95, far + "");
        assertDrawn("two-moons-posterior");
    }
}
