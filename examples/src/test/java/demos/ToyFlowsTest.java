package demos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Samples;
import org.fluvia.flows.distance.Wasserstein;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstrations of flows that learn points of the plane, with less of everything; whole if the property fluvia.studies is true. */
class ToyFlowsTest {
    private static final boolean WHOLE = Boolean.getBoolean("fluvia.studies");

    @TempDir
    private Path folder;

    private void assertDrawn(String name) throws IOException {
        for (String kind : List.of(".png", ".svg")) assertTrue(Files.size(folder.resolve(name + kind)) > 5_000);
    }

    @Test
    void flowsSideBySideLearnTheirPoints() throws IOException {
        List<SideBySide.Result> results = new ArrayList<>();
        List<ToyData> data = WHOLE ? List.of(ToyData.values()) : List.of(ToyData.TWO_MOONS);
        List<SideBySide.Learner> learners = WHOLE ? List.of(SideBySide.Learner.values()) : List.of(SideBySide.Learner.MAF, SideBySide.Learner.SPLINES);
        SideBySide.run(data, learners, WHOLE ? 10_000 : 2_000, WHOLE ? 120 : 4, results::add, folder);
        assertEquals(data.size() * learners.size(), results.size());
        for (SideBySide.Result r : results) {
            assertTrue(r.shortfall().mean() > 0 && r.shortfall().mean() < 0.8, r.toString());
            if (WHOLE && r.learner() == SideBySide.Learner.SPLINES) assertTrue(r.shortfall().mean() < 0.2, r.toString());
        }
        assertDrawn("side-by-side");
    }

    @Test
    void theConditionalFlowLearnsBothMoons() throws IOException {
        Shortfall s = WHOLE ? ConditionalMoons.run(10_000, 100, folder) : ConditionalMoons.run(2_000, 4, folder);
        assertTrue(s.mean() > 0 && s.mean() < (WHOLE ? 0.03 : 0.2), s.toString());
        assertDrawn("conditional-moons");
    }

    @Test
    void thePosteriorOfASimulatorIsLearned() throws IOException {
        double accuracy = (WHOLE ? TwoMoonsPosterior.run(10_000, 150, 10_000, folder) : TwoMoonsPosterior.run(2_000, 8, 1_000, folder)).accuracy();
        assertTrue(accuracy > 0.47 && accuracy < (WHOLE ? 0.57 : 0.9), accuracy + "");
        assertDrawn("two-moons-posterior");
    }

    /** Where the simulator meets the observation, its parameters are distributed as those that were solved for. */
    @Test
    void exactDrawsAreParametersOfSimulationsNearTheObservation() {
        Samples simulated = TwoMoonsPosterior.simulated(1_000_000, 5);
        Samples x = simulated.context();
        double[] met = IntStream.range(0, simulated.size()).filter(j -> Math.hypot(x.row(j)[0], x.row(j)[1]) < 0.02)
                .mapToObj(simulated::row).flatMapToDouble(Arrays::stream).toArray();
        DMatrixRMaj near = Samples.ofRows(met, 2).columns();
        assertTrue(near.numCols > 200, near.numCols + " simulations");
        // the observation is met to within 0.02, so a distance of theta may be as large
        assertTrue(Wasserstein.between(near, TwoMoonsPosterior.exact(5_000, 6), 1, 50, 1).value() < 0.03);
        DMatrixRMaj turned = near.copy();
        for (int j = 0; j < turned.numCols; j++) turned.set(1, j, -turned.get(1, j));
        assertTrue(Wasserstein.between(turned, TwoMoonsPosterior.exact(5_000, 6), 1, 50, 1).value() > 0.1);
    }
}
