package org.fluvia.bench.compare;

import java.util.Locale;
import org.fluvia.autodiff.StepTimes;
import org.fluvia.autodiff.Workers;
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
        if (args.length > 0 && !args[0].matches("[1-9][0-9]{0,5}")) {
            System.err.println("bench/run: --profile needs a number of draws from 1 to 999999, but was given " + args[0]);
            System.exit(2);
        }
        int draws = args.length > 0 ? Integer.parseInt(args[0]) : 256;
        Data roofline = Child.run("roofline");
        double peak = roofline.values("flops")[0];
        FlowStep step = FlowStep.of(BenchModel.EIGHT_SCHOOLS.bind(), draws, Workers.none(), FlowStep.Derivative.TOTAL);
        Stopwatch.time(step::run, WARM_UP);
        double whole = Stopwatch.time(step::run, 1);
        int tiles = (draws + step.tileWidth() - 1) / step.tileWidth();
        System.out.printf(Locale.ROOT, "flow step, %d draws: %.0f us, %d tiles of %d draws; peak %.1f GFLOP/s%n%n", draws, whole * 1e6,
                tiles, step.tileWidth(), peak * 1e-9);
        System.out.printf(Locale.ROOT, "| operation | in a tile | us each | us in a step | of the peak |%n|---|---|---|---|---|%n");
        double listed = 0;
        for (StepTimes.Row row : step.profile(REPLAYS)) {
            double seconds = row.total() * tiles;
            if (seconds < LEAST * whole) continue;
            listed += seconds;
            String share = row.flops() == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * row.flops() / row.seconds() / peak);
            System.out.printf(Locale.ROOT, "| %s | %d | %.2f | %.0f | %s |%n", row.label(), row.count(), row.seconds() * 1e6, seconds * 1e6,
                    share);
        }
        System.out.printf(Locale.ROOT, "| all else: small operations, noise, sums of tiles, Adam | | | %.0f | |%n", (whole - listed) * 1e6);
        double floor = FlowStep.productFlops(BenchModel.EIGHT_SCHOOLS.bind().dimension(), draws) / peak;
        System.out.printf(Locale.ROOT, "%nThe products at the peak would take %.0f us.%n", floor * 1e6);
    }
}
