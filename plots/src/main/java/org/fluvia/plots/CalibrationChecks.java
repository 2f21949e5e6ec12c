package org.fluvia.plots;

import java.util.stream.IntStream;
import org.fluvia.vi.Calibration;
import org.fluvia.vi.diagnostics.UniformBand;

/** Pictures of simulation-based calibration: where ranks leave the bands, fits are not right. */
public final class CalibrationChecks {
    private static final double BAND = 0.95;
    private static final int BINS = 20;

    private CalibrationChecks() {}

    /**
     * How many ranks are in each twentieth of their values, and where 95 % of such counts lie if ranks are uniform, each by itself. More at both ends: posteriors
     * are too narrow; more in the middle: too wide; more on one side: they are too low (right) or too high (left).
     */
    public static Panel histogram(Calibration calibration, String name) {
        int[] ranks = Checks.present("histogram", "calibration", calibration).ranks(name);
        int bins = Math.min(BINS, calibration.draws() + 1);
        double[] edges = IntStream.rangeClosed(0, bins).mapToDouble(i -> (double) i / bins).toArray();
        double[] heights = new double[bins];
        for (int rank : ranks) heights[(int) ((long) rank * bins / (calibration.draws() + 1))]++;
        double[] ends = {0, 1};
        int[][] limits = UniformBand.of(ranks.length, bins).countsAlone(BAND); // the first bin is all up to the first point
        double low = limits[0][0];
        double high = limits[1][0];
        return Panel.titled("").aspect(0.6).axes(name, "fits").rangeX(0, 1)
                .band(ends, new double[] {low, low}, new double[] {high, high}, Look.named("95 % of uniform ranks").in(Colour.GREY))
                .bars(edges, heights, Look.of(Colour.BLUE));
    }

    /**
     * The distribution function of the ranks less that of uniform ones, and the band that all of it lies in with probability 95 % if they are uniform
     * (Säilynoja, Bürkner and Vehtari 2022). Above at the left and below at the right: posteriors are too narrow; the other way round: too wide; above everywhere:
     * they are too high; below: too low.
     */
    public static Panel difference(Calibration calibration, String name) {
        return difference(Checks.present("difference", "calibration", calibration).ranks(name), calibration.draws() + 1, name);
    }

    static Panel difference(int[] ranks, int size, String label) {
        UniformBand uniform = UniformBand.of(ranks.length, size);
        double[] xs = IntStream.rangeClosed(0, size).mapToDouble(i -> (double) i / size).toArray();
        int[][] limits = uniform.counts(BAND);
        return Panel.titled("").aspect(0.6).axes(label, "share less uniform").rangeX(0, 1)
                .band(xs, differences(limits[0], ranks.length), differences(limits[1], ranks.length), Look.named("95 % of uniform ranks").in(Colour.GREY))
                .line(xs, differences(uniform.counts(ranks), ranks.length), Look.of(Colour.BLUE));
    }

    /** Nothing at both ends, where all distribution functions are 0 and 1. */
    private static double[] differences(int[] counts, int n) {
        double[] all = new double[counts.length + 2];
        for (int i = 0; i < counts.length; i++) all[i + 1] = (double) counts[i] / n - (i + 1.0) / (counts.length + 1);
        return all;
    }
}
