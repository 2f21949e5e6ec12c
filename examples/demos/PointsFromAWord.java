package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.bijection.BatchNorm;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;
import org.fluvia.plots.Plots;

/**
 * Points are drawn from the picture of a word, and a flow of eight affine couplings with batch normalisation after every other one learns to make
 * them of a round cloud. Coloured by the quadrant of the cloud that they come from, points can be followed from layer to layer.
 */
public final class PointsFromAWord {
    private static final String[] WORD = {
        "##### #      ###  #   #",
        "#     #     #   # #   #",
        "#     #     #   # #   #",
        "####  #     #   # # # #",
        "#     #     #   # # # #",
        "#     #     #   # ## ##",
        "#     #####  ###  #   #"};
    /** How high a cell is that is 1 wide. */
    private static final double HIGH = 2;
    private static final int SHOWN = 8_000;
    private static final double RATE = 0.005;
    /** So far beside a stroke, 1 wide, a point is still counted as of it. */
    private static final double NEAR = 0.3;

    /** @param inside the share of the flow's draws that are within the strokes, or next to them */
    public record Result(LearnedFlow flow, double inside) {}

    private PointsFromAWord() {}

    public static void main(String[] arguments) throws IOException {
        Result result = run(20_000, 300, epoch -> System.err.printf("epoch %d: %.3f nats held out%n", epoch.number(), epoch.heldOut()),
                Path.of(arguments.length > 0 ? arguments[0] : "gallery"));
        System.out.printf("%.3f +- %.3f nats a point held out, of at most %.3f; %.1f %% of draws within the strokes; %.0f s%n",
                result.flow().heldOut().mean(), result.flow().heldOut().standardError(), -entropy(), 100 * result.inside(),
                result.flow().record().seconds());
    }

    /** Learns from so many points in so many epochs, and writes the pictures into a folder. */
    public static Result run(int points, int epochs, Consumer<TrainingRecord.Epoch> progress, Path folder) throws IOException {
        FlowSpec two = Flows.realNvp().layers(2).hidden(64, 64).logScaleBound(1.5).then((d, seed, context) -> Flow.of(BatchNorm.of(d)));
        FlowSpec eight = two.then(two).then(two).then(two);
        LearnedFlow flow = Learning.of(eight).rate(RATE).epochs(epochs).progress(progress).run(Samples.of(points(points, 1)));

        DMatrixRMaj draws = flow.sample(SHOWN, 2);
        Drawn.write(Plots.layers(flow.flow(), SHOWN, 2), folder, "points-from-a-word");
        Drawn.write(Picture.of(panel("drawn from the word", points(SHOWN, 2)), panel("drawn from the flow", draws)), folder, "points-from-a-word-draws");
        return new Result(flow, IntStream.range(0, SHOWN).filter(j -> isNear(draws.get(0, j), draws.get(1, j))).count() / (double) SHOWN);
    }

    /** log of the area of all strokes, on which points are uniform: no density has a higher mean log than minus this. */
    public static double entropy() {
        return Math.log(HIGH * cells().size());
    }

    /** Cells that are part of a stroke: column, and row from below. */
    private static List<int[]> cells() {
        return IntStream.range(0, WORD.length * WORD[0].length()).mapToObj(i -> new int[] {i / WORD.length, i % WORD.length})
                .filter(c -> isStroke(c[0], c[1])).toList();
    }

    private static boolean isStroke(int column, int row) {
        return column >= 0 && column < WORD[0].length() && row >= 0 && row < WORD.length && WORD[WORD.length - 1 - row].charAt(column) == '#';
    }

    /** Points within strokes, 2 x n. */
    private static DMatrixRMaj points(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> cells = cells();
        DMatrixRMaj points = new DMatrixRMaj(2, n);
        for (int j = 0; j < n; j++) {
            int[] cell = cells.get(random.nextInt(cells.size()));
            points.set(0, j, cell[0] + random.nextDouble());
            points.set(1, j, HIGH * (cell[1] + random.nextDouble()));
        }
        return points;
    }

    private static boolean isNear(double x, double y) {
        for (double dx : new double[] {-NEAR, NEAR}) {
            for (double dy : new double[] {-NEAR, NEAR}) {
                if (isStroke((int) Math.floor(x + dx), (int) Math.floor((y + dy) / HIGH))) return true;
            }
        }
        return false;
    }

    private static Panel panel(String title, DMatrixRMaj points) {
        return Panel.titled(title).axes("x\u2081", "x\u2082").equalAspect().range(-2, WORD[0].length() + 2, -2, HIGH * WORD.length + 2)
                .points(points, Look.of(Colour.BLUE));
    }
}
