package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.vi.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PlotsTest {
    private static final FittedFlow FLOW = flow();
    private static final DMatrixRMaj DRAWS = FLOW.sample(500, 3);

    private static FittedFlow flow() {
        Flow flow = Flows.realNvp().build(2, 1);
        double[] weights = flow.weights().initial();
        Random random = new Random(5);
        for (int i = 0; i < weights.length; i++) weights[i] += 0.1 * random.nextGaussian();
        return FittedFlow.of(flow, weights);
    }

    private static void assertLabels(String svg, String... labels) {
        for (String label : labels) assertTrue(svg.contains(">" + label + "</text>"), label + " is not in the picture");
    }

    @Test
    void theLastStageOfAFlowIsItsDraws() {
        List<DMatrixRMaj> stages = Stages.of(FLOW, 500, 3);
        assertArrayEquals(DRAWS.data, stages.get(stages.size() - 1).data);
        assertArrayEquals(FLOW.sample(500, 3).data, stages.get(stages.size() - 1).data);
        assertTrue(stages.size() > 4, "layers are shown one by one");
    }

    @Test
    void everyPictureHasItsAxesLabelled() {
        assertLabels(Picture.of(Plots.density("a flow", FLOW, -4, 4, -4, 4)).svg(), "a flow", "x₁", "x₂");
        assertLabels(Picture.of(Plots.histogram("values", DRAWS.data, x -> 0.1)).svg(), "values", "x", "density");
        assertLabels(Plots.pairs(List.of("alpha", "beta"), DRAWS).svg(), "alpha", "beta");
        assertLabels(Plots.pairs(List.of("alpha", "beta"), DRAWS, FLOW.sample(300, 4)).svg(), "alpha", "beta", "data", "draws");
        assertLabels(Plots.layers(FLOW, 100, 1).svg(), "base", "layer 1", "x₁", "x₂");
        assertLabels(Picture.of(Plots.training("course", "loss", new double[] {3, 2}, new double[] {3, 2.5})).svg(),
                "course", "epoch", "loss", "trained on", "held out");
        assertLabels(Plots.traces(List.of("alpha", "beta"), DRAWS).svg(), "draw", "alpha", "beta");
        assertLabels(Picture.of(Plots.forest("intervals", List.of("alpha", "beta"), DRAWS)).svg(), "alpha", "beta");
    }

    @Test
    void layersBeyondTwelveAreChosenEvenlyWithTheLast() {
        Flow deep = Flows.realNvp().layers(20).build(2, 1);
        String svg = Plots.layers(FittedFlow.of(deep, deep.weights().initial()), 50, 1).svg();
        assertEquals(12, Pattern.compile(">(base|layer [0-9]+[^<]*)</text>").matcher(svg).results().count());
        assertLabels(svg, "base", "layer 20: draws");
    }

    @Test
    void aForestHasTheQuantilesOfItsRows() {
        DMatrixRMaj draws = new DMatrixRMaj(1, 101, true, IntStream.range(0, 101).mapToDouble(i -> 100 - i).toArray());
        List<Mark> marks = Plots.forest("", List.of("a"), draws).marks();
        assertArrayEquals(new double[] {5, 95}, ((Line) marks.get(0)).xs());
        assertArrayEquals(new double[] {25, 75}, ((Line) marks.get(1)).xs());
        assertArrayEquals(new double[] {50}, ((Points) marks.get(2)).xs());
        assertEquals(0, draws.get(0, 100), "draws are not sorted in place");
    }

    @Test
    void constantDrawsAreShown() {
        double[] constant = new double[20];
        Arrays.fill(constant, 3);
        DMatrixRMaj draws = new DMatrixRMaj(2, 20, true, Arrays.copyOf(constant, 40));
        assertLabels(Plots.pairs(List.of("a", "b"), draws).svg(), "a", "b");
        assertLabels(Plots.traces(List.of("a", "b"), draws).svg(), "a", "b");
        assertLabels(Picture.of(Plots.forest("", List.of("a", "b"), draws)).svg(), "a", "b");
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertMessage("pairs: names and rows of draws must be of the same length, but were of length 1 and 2", () -> Plots.pairs(List.of("a"), DRAWS));
        assertMessage("pairs: there may be at most 12 elements, but were 13",
                () -> Plots.pairs(IntStream.range(0, 13).mapToObj(i -> "x" + i).toList(), new DMatrixRMaj(13, 2)));
        assertMessage("layers: n must be at least 1, but was 0", () -> Plots.layers(FLOW, 0, 1));
        assertMessage("line: x must not be empty", () -> Plots.training("", "", new double[0], new double[0]));
        Flow one = Flows.maf().build(1, 1);
        assertMessage("layers: dimension of the flow must be at least 2, but was 1",
                () -> Plots.layers(FittedFlow.of(one, one.weights().initial()), 10, 1));
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void theCourseOfAFitHasALineForEachStageAndEveryStepInOrder() {
        List<Progress.Event> events = new ArrayList<>(List.of(new Progress.Event("starts", 1, 2, Double.NaN, 1)));
        for (int i = 0; i < 1000; i++) events.add(new Progress.Event(i < 990 ? "flow" : "chains", i, 1000, i == 0 ? -1e8 : -1.0 / i, 1));
        events.add(new Progress.Event(Progress.DONE, 0, 0, 7, 0));
        Panel p = Plots.course("", events);
        List<Line> lines = p.marks().stream().map(Line.class::cast).toList();
        assertEquals(2, lines.size());
        assertEquals(1, lines.get(0).xs()[0]);
        assertEquals(990, lines.get(0).xs()[lines.get(0).xs().length - 1]);
        assertEquals(991, lines.get(1).xs()[0]);
        assertEquals(-1.0 / 999, lines.get(1).ys()[lines.get(1).ys().length - 1]);
        assertTrue(lines.get(0).xs().length < 500, "few enough to draw");
        assertLabels(Picture.of(p).svg(), "flow", "chains");
        assertTrue(Picture.of(Plots.course("", events.subList(1, 2))).svg().contains("flow"));
        assertThrows(IllegalArgumentException.class, () -> Plots.course("", events.subList(0, 1)));
    }
}
