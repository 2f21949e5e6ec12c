package org.fluvia.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.plots.axis.Range;
import org.fluvia.vi.predictive.Predictions;

/**
 * Pictures of what a model predicts beside what was observed: where the data do not look like one of the replications, the model does not
 * describe them (Gabry, Simpson, Vehtari, Betancourt and Gelman 2019). All elements of the data together, in whatever shape they are.
 * Replications with a value that is not finite, or above 1e300, are left out.
 */
public final class PredictiveChecks {
    /** Counts with more values than this between the least and the greatest are drawn as other numbers are. */
    private static final int MOST_COUNTS = 60;
    private static final int REPLICATIONS = 30;
    private static final int CELLS = 100;
    private static final int MOST_STEPS = 400;
    /** The part of all replicated values that may lie beyond the panel on each side, if no observed value does. */
    private static final double FEW = 0.005;
    private static final double MARGIN = 0.06;
    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;
    private static final Look OBSERVED = Look.named("observed").in(Colour.BLACK);

    private final String name;
    private final double[] observed;
    /** One for each usable draw, sorted, as the data are. */
    private final double[][] replications;

    private PredictiveChecks(String name, double[] observed, double[][] replications) {
        this.name = name;
        this.observed = observed;
        this.replications = replications;
    }

    /** Whether there is anything to compare: data with elements, and a replication whose values are all finite. */
    public static boolean areFor(Predictions predictions) {
        return predictions.isObserved() && predictions.shape().size() > 0 && usable(predictions, 1).length > 0
                && Arrays.stream(predictions.observed()).allMatch(PredictiveChecks::hasRoom);
    }

    /**
     * The pictures that suit the data: a rootogram of counts, else densities and distribution functions.
     *
     * @throws IllegalArgumentException if there is nothing to compare: see {@link #areFor}
     */
    public static List<Panel> of(Predictions predictions) {
        PredictiveChecks checks = checks(predictions);
        return checks.areCounts() ? List.of(checks.rootogram()) : List.of(checks.densities(), checks.cumulative());
    }

    /** Densities, smoothed by a normal kernel: of the data, and of 30 replications. */
    public static Panel densities(Predictions predictions) {
        return checks(predictions).densities();
    }

    /** Distribution functions: that of the data, and where 90 % of those of the replications are at each value. */
    public static Panel cumulative(Predictions predictions) {
        return checks(predictions).cumulative();
    }

    /**
     * How often each value occurs, on a scale of square roots, on which errors are alike for small and large counts: in the data, and the median
     * and the interval of 90 % of the replications (Kleiber and Zeileis 2016; intervals as Säilynoja, Johnson, Martin and Vehtari 2025).
     *
     * @throws IllegalArgumentException if a value is not whole
     */
    public static Panel rootogram(Predictions predictions) {
        return checks(predictions).rootogram();
    }

    private static PredictiveChecks checks(Predictions predictions) {
        if (!areFor(Checks.present("PredictiveChecks", "predictions", predictions))) {
            throw new IllegalArgumentException("PredictiveChecks: there must be observed data and a replication whose values are all finite, but "
                    + predictions.name() + " has none");
        }
        double[] observed = predictions.observed();
        Arrays.sort(observed);
        double[][] replications = usable(predictions, Integer.MAX_VALUE);
        for (double[] replication : replications) Arrays.sort(replication);
        return new PredictiveChecks(predictions.name(), observed, replications);
    }

    /** The first replications without a value that is not finite, at most so many. */
    private static double[][] usable(Predictions predictions, int most) {
        DMatrixRMaj draws = predictions.draws();
        IntPredicate isFinite = j -> IntStream.range(0, draws.numRows).allMatch(i -> hasRoom(draws.data[i * draws.numCols + j]));
        return IntStream.range(0, draws.numCols).filter(isFinite).limit(most).mapToObj(predictions::draw).toArray(double[][]::new);
    }

    private static boolean hasRoom(double x) {
        return Math.abs(x) <= Range.LARGEST;
    }

    private boolean areCounts() {
        Range range = range(0);
        return areWhole() && range.high() - range.low() <= MOST_COUNTS;
    }

    private boolean areWhole() {
        return DoubleStream.concat(Arrays.stream(observed), Arrays.stream(replications).flatMapToDouble(Arrays::stream)).allMatch(x -> x == Math.rint(x));
    }

    /** From the least to the greatest value, but for some replicated ones on each side. */
    private Range range(double leftOut) {
        double[] all = Arrays.stream(replications).flatMapToDouble(Arrays::stream).sorted().toArray();
        int beyond = (int) (leftOut * all.length);
        return new Range(Math.min(observed[0], all[beyond]), Math.max(observed[observed.length - 1], all[all.length - 1 - beyond]));
    }

    private Panel densities() {
        Range range = range(FEW).widened().padded(MARGIN);
        double cell = (range.high() - range.low()) / CELLS;
        double[] xs = IntStream.range(0, CELLS).mapToDouble(i -> range.low() + (i + 0.5) * cell).toArray();
        Panel p = Panel.titled("").axes(name, "density").rangeX(range.low(), range.high()).withoutLabelsY();
        int shown = Math.min(REPLICATIONS, replications.length);
        for (int j = 0; j < shown; j++) {
            Look look = (j == 0 ? Look.named(shown == 1 ? "a replication" : shown + " replications") : Look.usual()).in(Colour.SKY).wide(0.7).opaque(0.7);
            p = p.line(xs, density(range, replications[j]), look);
        }
        return p.line(xs, density(range, observed), OBSERVED.wide(2));
    }

    /** In units of the range, which may be as small or large as doubles are. */
    private static double[] density(Range range, double[] values) {
        double width = range.high() - range.low();
        return KernelDensity.of(0, 1, CELLS, Arrays.stream(values).map(x -> x / width - range.low() / width).toArray());
    }

    private Panel cumulative() {
        Range range = range(FEW).widened().padded(MARGIN);
        double[] xs = IntStream.rangeClosed(0, CELLS).mapToDouble(i -> range.low() + i * (range.high() - range.low()) / CELLS).toArray();
        double[] low = new double[xs.length];
        double[] high = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            double x = xs[i];
            double[] shares = Arrays.stream(replications).mapToDouble(r -> (double) atMost(r, x) / r.length).sorted().toArray();
            low[i] = Plots.quantile(shares, LOW);
            high[i] = Plots.quantile(shares, HIGH);
        }
        return steps(Panel.titled("").axes(name, "share of values up to here").range(range.low(), range.high(), 0, 1)
                .band(xs, low, high, Look.named("90 % of replications").in(Colour.SKY).opaque(0.5)), range);
    }

    /** The distribution function of the data: each of its steps, or of more than a picture can show its values at as many places. */
    private Panel steps(Panel p, Range range) {
        if (observed.length > MOST_STEPS) {
            double[] xs = IntStream.rangeClosed(0, MOST_STEPS).mapToDouble(i -> range.low() + (range.high() - range.low()) * i / MOST_STEPS).toArray();
            return p.line(xs, Arrays.stream(xs).map(x -> (double) atMost(observed, x) / observed.length).toArray(), OBSERVED.wide(1.5));
        }
        List<double[]> corners = new ArrayList<>(List.of(new double[] {range.low(), 0}));
        for (int i = 0; i < observed.length; i++) {
            if (i + 1 < observed.length && observed[i + 1] == observed[i]) continue;
            corners.add(new double[] {observed[i], corners.get(corners.size() - 1)[1]});
            corners.add(new double[] {observed[i], (i + 1.0) / observed.length});
        }
        corners.add(new double[] {range.high(), 1});
        return p.line(corners.stream().mapToDouble(c -> c[0]).toArray(), corners.stream().mapToDouble(c -> c[1]).toArray(), OBSERVED.wide(1.5));
    }

    private Panel rootogram() {
        if (!areWhole()) throw new IllegalArgumentException("rootogram: all values of " + name + " must be whole");
        Range range = range(0);
        if (range.high() - range.low() > 100 * MOST_COUNTS) {
            throw new IllegalArgumentException("rootogram: values of " + name + " must lie close together, but are from " + range.low() + " to " + range.high());
        }
        int n = (int) (range.high() - range.low()) + 1;
        double[] values = IntStream.range(0, n).mapToDouble(i -> range.low() + i).toArray();
        double[] often = new double[n];
        double[] medians = new double[n];
        double[] barsX = new double[3 * n];
        double[] barsY = new double[3 * n];
        for (int i = 0; i < n; i++) {
            double value = values[i];
            often[i] = Math.sqrt(count(observed, value));
            double[] replicated = Arrays.stream(replications).mapToDouble(r -> Math.sqrt(count(r, value))).sorted().toArray();
            medians[i] = Plots.quantile(replicated, 0.5);
            Arrays.fill(barsX, 3 * i, 3 * i + 3, value);
            barsY[3 * i] = Plots.quantile(replicated, LOW);
            barsY[3 * i + 1] = Plots.quantile(replicated, HIGH);
            barsY[3 * i + 2] = Double.NaN; // a gap
        }
        return Panel.titled("").axes(name, "√ number of values").rangeX(range.low() - 0.7, range.high() + 0.7)
                .line(barsX, barsY, Look.named("90 % of replications").in(Colour.SKY).wide(Math.max(1.5, Math.min(6, 150.0 / n))))
                .points(values, medians, Look.named("their median").in(Colour.BLUE).opaque(1).sized(2))
                .points(values, often, OBSERVED.opaque(1).sized(2.5));
    }

    private static int count(double[] sorted, double value) {
        return atMost(sorted, value) - atMost(sorted, value - 0.5);
    }

    /** How many of the sorted values are at most x. */
    private static int atMost(double[] sorted, double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= x) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
