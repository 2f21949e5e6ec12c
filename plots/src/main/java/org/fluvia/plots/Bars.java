package org.fluvia.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas.Ink;

/** Bars side by side on the line y = 0: a histogram. */
record Bars(double[] edges, double[] heights, Look look) implements Mark {
    private static final int MOST_BINS = 200;
    private static final double OPACITY = 0.4;

    /** The density of values in bins of equal width. */
    static Bars of(double[] values, int bins, Look look) {
        double[] finite = Checks.finite("histogram", "values", values);
        Checks.atLeast("histogram", "bins", 1, bins);
        Range range = Range.of(false, finite).widened();
        double width = (range.high() - range.low()) / bins;
        double[] heights = new double[bins];
        for (double v : finite) heights[Math.min(bins - 1, (int) ((v - range.low()) / width))] += 1 / (finite.length * width);
        for (int i = 0; i < bins; i++) heights[i] = Math.min(heights[i], Range.LARGEST); // bins may be narrower than 1e-300
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) edges[i] = range.low() + i * width;
        return new Bars(edges, heights, look);
    }

    /** How many bins: width 2 IQR / n^(1/3), Freedman and Diaconis 1981. */
    static int bins(double[] values) {
        double[] sorted = Checks.finite("histogram", "values", values);
        Arrays.sort(sorted);
        int n = sorted.length;
        double width = 2 * (sorted[n * 3 / 4] - sorted[n / 4]) / StrictMath.cbrt(n);
        double range = sorted[n - 1] - sorted[0];
        double enough = Math.ceil(StrictMath.cbrt(2.0 * n)); // where the quartiles are one
        return (int) Math.max(1, Math.min(MOST_BINS, width > 0 ? Math.ceil(range / width) : enough));
    }

    @Override
    public Range x(boolean logarithmic) {
        return Range.of(logarithmic, edges);
    }

    @Override
    public Range y(boolean logarithmic) {
        return logarithmic ? Range.of(true, heights) : Range.of(false, heights).and(new Range(0, 0));
    }

    @Override
    public boolean standsOnZero() {
        return true;
    }

    /** One outline of all, so that no lines show between them. */
    @Override
    public void draw(Frame frame) {
        double ground = frame.box().bottom();
        List<double[]> outline = new ArrayList<>();
        double[] points = new double[4 * heights.length + 4];
        int n = 0;
        points[n++] = frame.x().at(edges[0]);
        points[n++] = ground;
        for (int i = 0; i < heights.length; i++) {
            double top = frame.y().at(heights[i]);
            for (int end = 0; end < 2; end++) {
                points[n++] = frame.x().at(edges[i + end]);
                points[n++] = Double.isNaN(top) ? ground : top;
            }
        }
        points[n++] = frame.x().at(edges[heights.length]);
        points[n] = ground;
        outline.add(points);
        frame.canvas().fill(outline, ink());
    }

    private Ink ink() {
        return new Ink(look.rgb(), Look.or(look.opacity(), OPACITY));
    }

    @Override
    public List<LegendKey> keys() {
        return LegendKey.of(look, "bars", (canvas, box) -> canvas.fill(List.of(
                new Box(box.x(), box.y() + 0.1 * box.height(), box.width(), 0.8 * box.height()).outline()), ink()));
    }
}
