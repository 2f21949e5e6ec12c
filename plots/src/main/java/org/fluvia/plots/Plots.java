package org.fluvia.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.TrainingRecord;
import org.fluvia.flows.TrainingRecord.Epoch;
import org.fluvia.plots.axis.Range;
import org.fluvia.vi.PosteriorDraws;
import org.fluvia.vi.Progress;

/** The usual pictures of flows, draws and training, each in one call. Matrices are elements x draws. */
public final class Plots {
    private static final double[] MASSES = {0.1, 0.3, 0.5, 0.7, 0.9};
    private static final int PAIR_CELLS = 80;
    private static final int MOST_PAIRS = 12;
    private static final int MOST_LAYERS = 12;
    private static final int MOST_COLUMNS = 4;
    /** The part of the draws that may lie outside the panel on each side. */
    private static final double FEW = 0.002;
    private static final double MARGIN = 0.06;
    private static final double LOWEST_OF_COURSE = 0.1;
    private static final int MOST_STEPS = 400;

    private Plots() {}

    /** The density of a flow of two dimensions over a rectangle: an image, and the borders of the regions with 10, 30, 50, 70 and 90 % of the mass. */
    public static Panel density(String title, FittedFlow flow, double x0, double x1, double y0, double y1) {
        Grid grid = Grid.over(x0, x1, y0, y1).density(flow);
        return Panel.titled(title).axes("x₁", "x₂").equalAspect().density(grid)
                .contours(grid, Look.of(Colour.WHITE).wide(0.6).opaque(0.7), grid.levelsOfMass(MASSES));
    }

    /** Values and a density, over the range of the values. */
    public static Panel histogram(String title, double[] values, DoubleUnaryOperator density) {
        Range range = Range.of(false, Checks.finite("histogram", "values", values)).widened();
        return Panel.titled(title).axes("x", "density").histogram(values, Look.named("values"))
                .curve(range.low(), range.high(), density, Look.named("density"));
    }

    /**
     * Every element's distribution on the diagonal, and below it every pair's: points, and the regions with half and 90 % of them.
     *
     * @param names of the elements
     */
    public static Picture pairs(List<String> names, DMatrixRMaj draws) {
        int n = checkPairs(names, "draws", draws);
        double[][] values = rows(draws);
        List<List<Panel>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Panel> row = new ArrayList<>();
            for (int j = 0; j <= i; j++) {
                Panel p = i == j ? marginal(values[i]) : pair(values[j], values[i]);
                p = p.axes(i == n - 1 ? names.get(j) : "", j == 0 && i > 0 ? names.get(i) : "");
                if (i < n - 1) p = p.withoutLabelsX();
                row.add(j > 0 || i == 0 ? p.withoutLabelsY() : p);
            }
            rows.add(row);
        }
        return Picture.rows(rows);
    }

    private static int checkPairs(List<String> names, String what, DMatrixRMaj draws) {
        Checks.present("pairs", "names", names);
        Checks.sameLength("pairs", "names", names.size(), "rows of " + what, Checks.present("pairs", what, draws).numRows);
        int n = Checks.atLeast("pairs", "elements", 1, names.size());
        if (n > MOST_PAIRS) throw new IllegalArgumentException("pairs: there may be at most " + MOST_PAIRS + " elements, but were " + n + ". Choose some.");
        return n;
    }

    /**
     * Data and draws of what was learned from them: the pairs of data below the diagonal, those of draws above it, and on it the
     * distributions of both. Axes reach nearly all of either.
     *
     * @param names of the elements
     */
    public static Picture pairs(List<String> names, DMatrixRMaj data, DMatrixRMaj draws) {
        int n = checkPairs(names, "data", data);
        checkPairs(names, "draws", draws);
        double[][] below = rows(data);
        double[][] above = rows(draws);
        Range[] ranges = IntStream.range(0, n).mapToObj(i -> middle(below[i]).and(middle(above[i])).widened().padded(MARGIN)).toArray(Range[]::new);
        List<List<Panel>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Panel> row = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                double[][] values = j < i ? below : above;
                Panel p = i == j ? marginals(below[i], above[i], ranges[i])
                        : pair(values[j], values[i], ranges[j], ranges[i], j < i ? Colour.BLUE : Colour.ORANGE);
                p = p.axes(i == n - 1 ? names.get(j) : "", j == 0 ? names.get(i) : "");
                if (i < n - 1) p = p.withoutLabelsX();
                row.add(j > 0 || i == 0 ? p.withoutLabelsY() : p);
            }
            rows.add(row);
        }
        return Picture.rows(rows);
    }

    private static Range middle(double[] values) {
        double[] sorted = Checks.finite("pairs", "values", values).clone();
        Arrays.sort(sorted);
        return new Range(quantile(sorted, FEW), quantile(sorted, 1 - FEW));
    }

    private static Panel marginals(double[] data, double[] draws, Range range) {
        return Panel.titled("").aspect(1).rangeX(range.low(), range.high()).histogram(data, Math.min(40, Bars.bins(data)), Look.named("data").in(Colour.BLUE))
                .histogram(draws, Math.min(40, Bars.bins(draws)), Look.named("draws").in(Colour.ORANGE));
    }

    /** As above, of some of the parameters and derived values of a posterior, named {@code tau} or {@code theta[1]}. */
    public static Picture pairs(PosteriorDraws posterior, String... names) {
        return pairs(List.of(names), draws(posterior, names));
    }

    private static DMatrixRMaj draws(PosteriorDraws posterior, String[] names) {
        Checks.present("Plots", "posterior", posterior);
        return new DMatrixRMaj(Arrays.stream(names).map(posterior::draws).toArray(double[][]::new));
    }

    private static Panel marginal(double[] values) {
        Range range = Range.of(false, values).widened().padded(MARGIN);
        return Panel.titled("").aspect(1).rangeX(range.low(), range.high()).histogram(values, Math.min(40, Bars.bins(values)), Look.of(Colour.BLUE));
    }

    private static Panel pair(double[] x, double[] y) {
        Range xs = Range.of(false, x).widened().padded(MARGIN);
        Range ys = Range.of(false, y).widened().padded(MARGIN);
        return pair(x, y, xs, ys, Colour.BLUE);
    }

    private static Panel pair(double[] x, double[] y, Range xs, Range ys, Colour colour) {
        Grid grid = Grid.over(xs.low(), xs.high(), ys.low(), ys.high()).cells(PAIR_CELLS, PAIR_CELLS).kernelDensity(x, y);
        return Panel.titled("").aspect(1).points(x, y, Look.of(colour)).range(xs.low(), xs.high(), ys.low(), ys.high())
                .contours(grid, Look.of(Colour.BLACK), grid.levelsOfMass(0.5, 0.9));
    }

    /**
     * Every element's distribution in a panel of its own: a histogram, the interval with 90 % of the draws shaded, and the median.
     *
     * @param names of the elements
     */
    public static Picture marginals(List<String> names, DMatrixRMaj draws) {
        Checks.present("marginals", "names", names);
        Checks.sameLength("marginals", "names", names.size(), "rows of draws", Checks.present("marginals", "draws", draws).numRows);
        double[][] values = rows(draws);
        int n = Checks.atLeast("marginals", "rows", 1, values.length);
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] sorted = Checks.finite("marginals", "draws of " + names.get(i), values[i]).clone();
            Arrays.sort(sorted);
            double low = quantile(sorted, 0.05);
            double high = quantile(sorted, 0.95);
            Range range = Range.of(false, new double[] {quantile(sorted, FEW), quantile(sorted, 1 - FEW)}).widened().padded(MARGIN);
            Panel p = Panel.titled("").aspect(0.6).axes(names.get(i), "").rangeX(range.low(), range.high()).withoutLabelsY();
            if (low < high) p = p.strip(low, high, Look.named("90 %").in(Colour.GREY).opaque(0.25));
            panels.add(p.histogram(sorted, Look.of(Colour.BLUE)).verticalLine(quantile(sorted, 0.5), Look.named("median").in(Colour.BLACK).wide(1)));
        }
        return Picture.grid(Math.min(MOST_COLUMNS, n), panels);
    }

    /** As above, of some of the parameters and derived values of a posterior, named {@code tau} or {@code theta[1]}. */
    public static Picture marginals(PosteriorDraws posterior, String... names) {
        return marginals(List.of(names), draws(posterior, names));
    }

    /**
     * What a flow does to draws of its base, layer after layer: the first two elements of n draws, coloured by the quadrant in which they
     * began. Of more than twelve layers only as many are shown, evenly chosen, the last among them.
     */
    public static Picture layers(FittedFlow flow, int n, long seed) {
        List<DMatrixRMaj> stages = Stages.of(flow, n, seed);
        double[][] base = rows(stages.get(0));
        int[] quadrant = IntStream.range(0, n).map(i -> (base[0][i] < 0 ? 1 : 0) + (base[1][i] < 0 ? 2 : 0)).toArray();
        int layers = stages.size() - 1;
        int shown = Math.min(layers, MOST_LAYERS - 1);
        List<Panel> panels = new ArrayList<>();
        for (int k = 0; k <= shown; k++) {
            int stage = shown == 0 ? 0 : (int) Math.round((double) k * layers / shown);
            String title = stage == 0 ? "base" : stage == layers ? "layer " + stage + ": draws" : "layer " + stage;
            panels.add(square(stages.get(stage), Panel.titled(title)).axes("x₁", "x₂").points(stages.get(stage), quadrant));
        }
        return Picture.grid(Math.min(MOST_COLUMNS, panels.size()), panels);
    }

    /** A panel whose axes have the same length and reach nearly all draws. */
    private static Panel square(DMatrixRMaj draws, Panel panel) {
        double[] middle = new double[2];
        double half = 0;
        for (int i = 0; i < 2; i++) {
            double[] sorted = rows(draws)[i];
            Arrays.sort(sorted);
            double low = sorted[(int) (sorted.length * FEW)];
            double high = sorted[sorted.length - 1 - (int) (sorted.length * FEW)];
            middle[i] = low / 2 + high / 2;
            half = Math.max(half, (high - low) * 0.55);
        }
        if (half == 0) half = 1;
        return panel.equalAspect().range(middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half);
    }

    /**
     * The course of training: a line of the loss, or log-likelihood, of each epoch on what is trained on and on what is held out.
     *
     * @param heldOut empty if nothing was
     */
    public static Panel training(String title, String what, double[] trained, double[] heldOut) {
        Panel p = Panel.titled(title).axes("epoch", what).line(epochs(trained), trained, "trained on");
        return heldOut.length == 0 ? p : p.line(epochs(heldOut), heldOut, "held out");
    }

    /** The course of a training: the mean log-likelihood of each epoch, and where the weights that were kept are from. */
    public static Panel training(String title, TrainingRecord record) {
        List<Epoch> epochs = Checks.present("training", "record", record).epochs();
        return training(title, "log-likelihood, nats a point", epochs.stream().mapToDouble(Epoch::train).toArray(),
                epochs.stream().mapToDouble(Epoch::heldOut).toArray()).verticalLine(record.best(), Look.named("kept").in(Colour.GREY).wide(1).dash());
    }

    private static double[] epochs(double[] values) {
        return IntStream.rangeClosed(1, values.length).mapToDouble(i -> i).toArray();
    }

    /**
     * The course of a fit, as it was told to a listener: the ELBO at each step, a line for each stage. Steps without an ELBO are left out, and so is the lowest
     * tenth of the values, with which a fit begins, as they would leave no room for the others.
     *
     * @param events in order, from {@code Fit.of(model).progress(events::add)}
     * @throws IllegalArgumentException if no step has an ELBO
     */
    public static Panel course(String title, List<Progress.Event> events) {
        List<Progress.Event> known = Checks.present("course", "events", events).stream()
                .filter(e -> !e.stage().equals(Progress.DONE) && Math.abs(e.elbo()) <= Range.LARGEST).toList();
        Checks.atLeast("course", "steps with an ELBO", 1, known.size());
        double[] sorted = known.stream().mapToDouble(Progress.Event::elbo).sorted().toArray();
        Range range = new Range(quantile(sorted, LOWEST_OF_COURSE), sorted[sorted.length - 1]).widened().padded(MARGIN);
        Panel p = Panel.titled(title).aspect(0.5).axes("step of the fit", "ELBO, nats").rangeY(range.low(), range.high());
        int stride = 1 + known.size() / MOST_STEPS;
        for (int from = 0, to; from < known.size(); from = to) {
            String stage = known.get(from).stage();
            for (to = from; to < known.size() && known.get(to).stage().equals(stage); ) to++;
            int start = from;
            int end = to;
            int[] shown = IntStream.range(from, to).filter(i -> (i - start) % stride == 0 || i == end - 1).toArray();
            double[] steps = IntStream.of(shown).mapToDouble(i -> i + 1).toArray();
            double[] elbos = IntStream.of(shown).mapToDouble(i -> known.get(i).elbo()).toArray();
            p = shown.length == 1 ? p.points(steps, elbos, Look.named(stage)) : p.line(steps, elbos, Look.named(stage));
        }
        return p;
    }

    /**
     * The median of each row of draws, with its intervals of 50 and 90 % of them, one below the other.
     *
     * @param names of the rows
     */
    public static Panel forest(String title, List<String> names, DMatrixRMaj draws) {
        Checks.present("forest", "names", names);
        Checks.sameLength("forest", "names", names.size(), "rows of draws", Checks.present("forest", "draws", draws).numRows);
        double[][] values = rows(draws);
        int n = Checks.atLeast("forest", "rows", 1, values.length);
        List<String> upwards = new ArrayList<>(names);
        Collections.reverse(upwards);
        Panel p = Panel.titled(title).aspect(Math.min(3, 0.06 * n + 0.1)).namesY(upwards.toArray(String[]::new));
        double[] medians = new double[n];
        double[] heights = new double[n];
        for (int i = 0; i < n; i++) {
            double[] sorted = Checks.finite("forest", "draws of " + names.get(i), values[i]);
            Arrays.sort(sorted);
            medians[i] = quantile(sorted, 0.5);
            heights[i] = n - 1 - i;
            double[] level = {heights[i], heights[i]};
            p = p.line(new double[] {quantile(sorted, 0.05), quantile(sorted, 0.95)}, level, Look.of(Colour.BLUE).wide(1))
                    .line(new double[] {quantile(sorted, 0.25), quantile(sorted, 0.75)}, level, Look.of(Colour.BLUE).wide(3));
        }
        return p.points(medians, heights, Look.of(Colour.BLACK).opaque(1).sized(2.5));
    }

    /** As above, of some of the parameters and derived values of a posterior, named {@code tau} or {@code theta[1]}. */
    public static Panel forest(String title, PosteriorDraws posterior, String... names) {
        return forest(title, List.of(names), draws(posterior, names));
    }

    /** Linear between the order statistics, as in R's type 7 (Hyndman and Fan 1996). */
    static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }

    /** Each element's draws in the order they were made, one panel beneath the other. */
    public static Picture traces(List<String> names, DMatrixRMaj draws) {
        Checks.sameLength("traces", "names", names.size(), "rows of draws", Checks.present("traces", "draws", draws).numRows);
        double[][] values = rows(draws);
        List<List<Panel>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Panel p = Panel.titled("").aspect(0.18).axes("draw", names.get(i)).line(epochs(values[i]), values[i], Look.of(Colour.BLUE).wide(0.6));
            rows.add(List.of(i < values.length - 1 ? p.withoutLabelsX() : p));
        }
        return Picture.rows(rows).naturalWidth(640);
    }

    private static double[][] rows(DMatrixRMaj draws) {
        return IntStream.range(0, draws.numRows)
                .mapToObj(i -> Arrays.copyOfRange(draws.data, i * draws.numCols, (i + 1) * draws.numCols)).toArray(double[][]::new);
    }
}
