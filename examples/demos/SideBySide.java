package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.LearnedFlow;
import org.fluvia.flows.Learning;
import org.fluvia.flows.Samples;
import org.fluvia.plots.Colour;
import org.fluvia.plots.ColourMap;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * Five distributions of the plane, each learned from the same points by four flows as they come, and what each falls short of
 * the truth by, on points that no flow has seen.
 */
public final class SideBySide {
    private static final long TO_LEARN = 1;
    private static final long TO_JUDGE = 2;
    private static final int JUDGED = 10_000;
    private static final int SHOWN = 2_000;
    private static final double RATE = 5e-3;
    private static final int CELLS = 120;
    private static final double REACH = 4.4;

    /** A flow and its name in pictures. */
    public enum Learner {
        REAL_NVP("RealNVP", Flows.realNvp()), MAF("MAF", Flows.maf()), BNAF("BNAF", Flows.bnaf()), SPLINES("spline coupling", Flows.splineCoupling());

        private final String title;
        private final FlowSpec flow;

        Learner(String title, FlowSpec flow) {
            this.title = title;
            this.flow = flow;
        }
    }

    /** What was learned of one distribution by one flow. */
    public record Result(ToyData data, Learner learner, Shortfall shortfall) {
        @Override
        public String toString() {
            return String.format("%-13s %-16s %s", data.title(), learner.title, shortfall);
        }
    }

    private SideBySide() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "gallery");
        run(List.of(ToyData.values()), List.of(Learner.values()), 10_000, 120, System.out::println, folder);
    }

    /**
     * Learns from so many points, in at most so many passes through them, tells each result, and writes the picture into a folder.
     */
    public static void run(List<ToyData> all, List<Learner> learners, int points, int epochs, Consumer<Result> told, Path folder) throws IOException {
        List<List<Panel>> rows = new ArrayList<>();
        for (ToyData data : all) {
            boolean isLast = rows.size() == all.size() - 1;
            DMatrixRMaj learned = data.sample(points, TO_LEARN);
            DMatrixRMaj judged = data.sample(JUDGED, TO_JUDGE);
            double[] truth = Drawn.values(data::logDensity, judged);
            Grid.Over over = Grid.over(-REACH, REACH, -REACH, REACH).cells(CELLS, CELLS);
            Grid density = Drawn.density(data::logDensity, over);
            double highest = density.levelsOfMass(0.2)[0];
            List<Panel> row = new ArrayList<>();
            row.add(framed(Panel.titled(data.title()).points(data.sample(SHOWN, TO_LEARN), Look.of(Colour.BLUE).sized(1.2).opaque(0.5)), true, isLast));
            row.add(framed(Panel.titled("density").density(density, ColourMap.VIRIDIS, 0, highest), false, isLast));
            for (Learner learner : learners) {
                LearnedFlow flow = Learning.of(learner.flow).rate(RATE).epochs(epochs).run(Samples.of(learned));
                Result result = new Result(data, learner, Shortfall.of(truth, flow.logDensity(Samples.of(judged))));
                told.accept(result);
                row.add(framed(Panel.titled(String.format("%s: %.2f", learner.title, result.shortfall.mean()))
                        .density(over.density(flow.flow()), ColourMap.VIRIDIS, 0, highest), false, isLast));
            }
            rows.add(row);
        }
        Drawn.write(Picture.rows(rows).titled("Points, their density, and what each flow learns of it: nats short of the truth"), folder, "side-by-side");
    }

    private static Panel framed(Panel panel, boolean isFirst, boolean isLast) {
        Panel framed = panel.range(-REACH, REACH, -REACH, REACH).equalAspect().axes(isLast ? "x" : "", isFirst ? "y" : "");
        Panel written = isFirst ? framed : framed.withoutLabelsY();
        return isLast ? written : written.withoutLabelsX();
    }
}
