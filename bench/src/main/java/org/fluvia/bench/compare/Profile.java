package org.fluvia.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fluvia.autodiff.StepTimes;
import org.fluvia.autodiff.Workers;
import org.fluvia.bench.BenchFlow;
import org.fluvia.bench.BenchModel;
import org.fluvia.bench.FlowStep;
import org.fluvia.model.Data;

/** Where a flow step's time goes on one thread, beside the peak of fused multiply-adds: see bench/run. */
public final class Profile {
    private static final double WARM_UP = 5;
    private static final int REPLAYS = 3_000;
    /** Rows with a smaller share are taken together. */
    private static final double LEAST = 0.01;

    private Profile() {}

    public static void main(String[] args) {
        int draws = args.length > 0 ? number("draws", args[0]) : 256;
        String flow = args.length > 1 ? args[1] : "";
        int dimension = args.length > 2 ? number("dimensions", args[2]) : 10;
        FlowStep step = flow.isEmpty()
                ? FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, Workers.none(), FlowStep.Derivative.TOTAL)
                : FlowStep.of(named(flow), dimension, draws, Workers.none());
        Data roofline = Child.run("roofline");
        double peak = roofline.values("flops")[0];
        Stopwatch.time(step::run, WARM_UP);
        double whole = Stopwatch.time(step::run, 1);
        int tiles = (draws + step.tileWidth() - 1) / step.tileWidth();
        if (!flow.isEmpty()) System.out.printf("%s, D = %d: ", flow, dimension);
        System.out.printf(Locale.ROOT, "flow step, %d draws: %.0f us, %d tiles of %d draws; peak %.1f GFLOP/s%n%n", draws, whole * 1e6,
                tiles, step.tileWidth(), peak * 1e-9);
        System.out.printf(Locale.ROOT, "| operation | in a step | us each | us in a step | of the peak |%n|---|---|---|---|---|%n");
        double listed = 0;
        double flops = 0;
        Map<String, double[]> small = new TreeMap<>();
        List<StepTimes.Row> rows = step.profile(REPLAYS).stream().sorted((a, b) -> Double.compare(b.total(tiles), a.total(tiles))).toList();
        double least = LEAST * rows.stream().mapToDouble(r -> r.total(tiles)).sum();
        for (StepTimes.Row row : rows) {
            double seconds = row.total(tiles);
            flops += row.flops() * row.count() * row.times(tiles);
            listed += seconds;
            if (seconds < least) {
                small.merge(row.label().split(" ")[0], new double[] {row.count() * row.times(tiles), seconds},
                        (a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
                continue;
            }
            String share = row.flops() == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * row.flops() / row.seconds() / peak);
            System.out.printf(Locale.ROOT, "| %s | %d | %.2f | %.0f | %s |%n", row.label(), row.count() * row.times(tiles), row.seconds() * 1e6,
                    seconds * 1e6, share);
        }
        small.entrySet().stream().filter(e -> e.getValue()[1] > least)
                .sorted((a, b) -> Double.compare(b.getValue()[1], a.getValue()[1]))
                .forEach(e -> System.out.printf(Locale.ROOT, "| %s, of all other sizes | %.0f | %.2f | %.0f | |%n", e.getKey(), e.getValue()[0],
                        e.getValue()[1] / e.getValue()[0] * 1e6, e.getValue()[1] * 1e6));
        double rest = small.values().stream().filter(v -> v[1] <= least).mapToDouble(v -> v[1]).sum();
        System.out.printf(Locale.ROOT, "| all other operations | | | %.0f | |%n", rest * 1e6);
        System.out.printf(Locale.ROOT, "| noise, sums of tiles, Adam, and what is between operations | | | %.0f | |%n", (whole - listed) * 1e6);
        System.out.printf(Locale.ROOT, "%nThe products at the peak would take %.0f us.%n", flops / peak * 1e6);
    }

    private static int number(String what, String given) {
        if (given.matches("[1-9][0-9]{0,5}")) return Integer.parseInt(given);
        throw refused("--profile needs a number of " + what + " from 1 to 999999, but was given " + given);
    }

    private static BenchFlow named(String given) {
        for (BenchFlow flow : BenchFlow.values()) if (flow.program().equals(given)) return flow;
        throw refused("--profile has the flows "
                + Arrays.stream(BenchFlow.values()).map(BenchFlow::program).collect(Collectors.joining(", ")) + ", but was given " + given);
    }

    private static IllegalStateException refused(String why) {
        System.err.println("bench/run: " + why);
        System.exit(2);
        return new IllegalStateException(why);
    }
}
