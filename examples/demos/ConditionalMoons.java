package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/** One flow learns both of two moons, each given which it is. */
public final class ConditionalMoons {
    private static final ToyData DATA = ToyData.TWO_MOONS;
    private static final long TO_LEARN = 1;
    private static final long TO_JUDGE = 2;
    private static final int JUDGED = 10_000;
    private static final int SHOWN = 2_000;
    private static final Grid.Over OVER = Grid.over(-4.2, 4.2, -2.8, 3).cells(168, 116);

    private ConditionalMoons() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("Given the moon: " + run(10_000, 100, Path.of(arguments.length > 0 ? arguments[0] : "gallery")));
    }

    /** Learns from so many points, in at most so many passes through them, and writes the picture into a folder. */
    public static Shortfall run(int points, int epochs, Path folder) throws IOException {
        LearnedFlow flow = Learning.of(Flows.splineCoupling()).epochs(epochs).run(labelled(points, TO_LEARN));
        Panel data = Panel.titled("points").points(DATA.sample(SHOWN, TO_LEARN), DATA.partsOf(SHOWN, TO_LEARN), "moon 0", "moon 1");
        List<Panel> panels = new ArrayList<>(List.of(framed(data)));
        for (int part = 0; part < DATA.parts(); part++) {
            int given = part;
            FittedFlow learned = flow.conditional(part);
            Grid truth = Drawn.density(x -> DATA.logDensity(given, x), OVER);
            panels.add(framed(Panel.titled("learned, given moon " + part).density(OVER.density(learned))
                    .contours(truth, Look.of(Colour.WHITE), truth.levelsOfMass(0.9, 0.5))));
        }
        Picture picture = Picture.of(panels.toArray(Panel[]::new))
                .titled("One flow, given which moon; within the lines are 50 and 90 % of the truth");
        Drawn.write(picture, folder, "conditional-moons");
        return judged(flow);
    }

    private static Samples labelled(int n, long seed) {
        double[] labels = Arrays.stream(DATA.partsOf(n, seed)).asDoubleStream().toArray();
        return Samples.of(DATA.sample(n, seed)).context(Samples.ofRows(labels, 1));
    }

    private static Shortfall judged(LearnedFlow flow) {
        DMatrixRMaj x = DATA.sample(JUDGED, TO_JUDGE);
        int[] part = DATA.partsOf(JUDGED, TO_JUDGE);
        double[][] ofPart = new double[DATA.parts()][];
        for (int k = 0; k < ofPart.length; k++) {
            int given = k;
            ofPart[k] = Drawn.values(at -> DATA.logDensity(given, at), x);
        }
        double[] truth = IntStream.range(0, JUDGED).mapToDouble(j -> ofPart[part[j]][j]).toArray();
        return Shortfall.of(truth, flow.logDensity(labelled(JUDGED, TO_JUDGE)));
    }

    private static Panel framed(Panel panel) {
        return panel.range(-4.2, 4.2, -2.8, 3).equalAspect().axes("x", "y");
    }
}
