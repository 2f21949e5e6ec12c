package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;
import org.fluvia.plots.Plots;

/**
 * A block neural autoregressive flow of three layers, each with 50 hidden units for each element, learns a chequerboard. Its eight squares have
 * sharp edges and come of one round cloud, so the map all but tears the cloud where squares part.
 */
public final class Chequerboard {
    private static final ToyData BOARD = ToyData.CHEQUERBOARD;
    private static final double RATE = 0.02;

    private Chequerboard() {}

    public static void main(String[] arguments) throws IOException {
        LearnedFlow flow = run(100_000, 150, epoch -> System.err.printf("epoch %d: %.3f nats held out%n", epoch.number(), epoch.heldOut()),
                Path.of(arguments.length > 0 ? arguments[0] : "gallery"));
        System.out.printf("%.3f +- %.3f nats a point held out, of at most %.3f; %.0f s%n", flow.heldOut().mean(), flow.heldOut().standardError(),
                mostLikely(), flow.record().seconds());
    }

    /** The mean log-density of the board itself, the same everywhere on its squares: no other has more. */
    public static double mostLikely() {
        return Drawn.values(BOARD::logDensity, BOARD.sample(1, 1))[0];
    }

    /** Learns from so many points in so many epochs, and writes the picture into a folder. */
    public static LearnedFlow run(int points, int epochs, Consumer<TrainingRecord.Epoch> progress, Path folder) throws IOException {
        LearnedFlow flow = Learning.of(Flows.bnaf().layers(3).hidden(50)).rate(RATE).epochs(epochs).patience(20).progress(progress)
                .run(Samples.of(BOARD.sample(points, 1)));

        int shown = 8_000;
        DMatrixRMaj data = BOARD.sample(shown, 2);
        int[] squares = BOARD.partsOf(shown, 2);
        Grid density = Grid.over(-4.5, 4.5, -4.5, 4.5).density(flow.flow());
        List<TrainingRecord.Epoch> course = flow.record().epochs();
        Drawn.write(Picture.grid(2, List.of(
                Panel.titled("data, by square").axes("x\u2081", "x\u2082").equalAspect().range(-4.5, 4.5, -4.5, 4.5).points(data, squares),
                Panel.titled("learned density").axes("x\u2081", "x\u2082").equalAspect().density(density).colourBar(""),
                Panel.titled("where the flow takes them").axes("z\u2081", "z\u2082").equalAspect().range(-3.6, 3.6, -3.6, 3.6)
                        .points(flow.toBase(data), squares),
                Plots.training("nats a point", "log-likelihood", course.stream().mapToDouble(TrainingRecord.Epoch::train).toArray(),
                        course.stream().mapToDouble(TrainingRecord.Epoch::heldOut).toArray()))), folder, "chequerboard");
        return flow;
    }
}
