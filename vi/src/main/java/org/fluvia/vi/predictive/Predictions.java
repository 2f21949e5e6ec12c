package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.text.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * Replications of observed data: for each draw of the parameters one array of the data's shape, drawn from their distribution
 * given that draw; or values of what is predicted and was not observed. Immutable and thread-safe.
 */
public final class Predictions {
    private static final int SHOWN = 100;

    private final String name;
    private final Shape shape;
    private final List<String> elementNames;
    private final double @Nullable [] observed;
    private final DMatrixRMaj values;

    private Predictions(String name, Shape shape, List<String> elementNames, double @Nullable [] observed, DMatrixRMaj values) {
        this.name = name;
        this.shape = shape;
        this.elementNames = elementNames;
        this.observed = observed;
        this.values = values;
    }

    /**
     * @param name of the data
     * @param elementNames row-major, as many as the shape has elements
     * @param observed the data, row-major; not copied, and not to be modified any more
     * @param values elements x draws, NaN where a draw could not be used; not copied, and not to be modified any more
     */
    public static Predictions of(String name, Shape shape, List<String> elementNames, double[] observed, DMatrixRMaj values) {
        if (elementNames.size() != shape.size() || observed.length != shape.size() || values.numRows != shape.size()) {
            throw new IllegalArgumentException("Predictions: names, observed values and rows must be as many as the elements of the shape "
                    + shape + ", but were " + elementNames.size() + ", " + observed.length + " and " + values.numRows);
        }
        return new Predictions(name, shape, List.copyOf(elementNames), observed, values);
    }

    /** As above, of what was not observed. */
    public static Predictions of(String name, Shape shape, List<String> elementNames, DMatrixRMaj values) {
        if (elementNames.size() != shape.size() || values.numRows != shape.size()) {
            throw new IllegalArgumentException("Predictions: names and rows must be as many as the elements of the shape " + shape
                    + ", but were " + elementNames.size() + " and " + values.numRows);
        }
        return new Predictions(name, shape, List.copyOf(elementNames), null, values);
    }

    public String name() {
        return name;
    }

    /** The shape of the data. */
    public Shape shape() {
        return shape;
    }

    /** "y[1]", "y[2]", ...: row-major. */
    public List<String> elementNames() {
        return elementNames;
    }

    public int drawCount() {
        return values.numCols;
    }

    /** Draws that could not be used, as the model's log-density or the distribution's parameters are not finite; they are NaN. */
    public int unusable() {
        int count = 0;
        for (int j = 0; values.numRows > 0 && j < values.numCols; j++) if (Double.isNaN(values.get(0, j))) count++;
        return count;
    }

    /**
     * What was observed, row-major; a copy.
     *
     * @throws IllegalStateException if nothing was, as the model declares it by {@code m.predict}
     */
    public double[] observed() {
        if (observed == null) {
            throw new IllegalStateException("observed: " + name + " was predicted by m.predict, and there are no data to compare with");
        }
        return observed.clone();
    }

    /** One replication, of the data's shape, row-major. */
    public double[] draw(int draw) {
        double[] x = new double[values.numRows];
        for (int i = 0; i < x.length; i++) x[i] = values.get(i, draw);
        return x;
    }

    /** All replications, a copy: elements (row-major) x draws. */
    public DMatrixRMaj draws() {
        return values.copy();
    }

    /** The replications of one element, counted from 0, row-major; a copy. */
    public double[] draws(int element) {
        return Arrays.copyOfRange(values.data, element * values.numCols, (element + 1) * values.numCols);
    }

    /** Mean, sd and quantiles of each element, over the draws that could be used. */
    public Map<String, Summary> summaries() {
        Map<String, Summary> all = new LinkedHashMap<>();
        for (int i = 0; i < values.numRows && unusable() < values.numCols; i++) all.put(elementNames.get(i), summary(usable(i)));
        return all;
    }

    private static Summary summary(double[] usable) {
        return Summary.of(usable, usable.length);
    }

    private double[] usable(int element) {
        return Arrays.stream(draws(element)).filter(x -> !Double.isNaN(x)).toArray();
    }

    /**
     * The posterior predictive p-value of a statistic: the share of replications in which it is at least what it is in the data
     * (ties count by half). Near 0 or 1 the model does not reproduce this side of the data.
     *
     * @param statistic of an array of the data's shape, row-major, for example the largest element
     * @throws IllegalStateException if there are no data
     */
    public double pValue(ToDoubleFunction<double[]> statistic) {
        double of = statistic.applyAsDouble(observed());
        double above = 0;
        int usable = 0;
        for (int j = 0; j < values.numCols; j++) {
            double[] replication = draw(j);
            if (replication.length > 0 && Double.isNaN(replication[0])) continue;
            double replicated = statistic.applyAsDouble(replication);
            usable++;
            above += replicated > of ? 1 : replicated == of ? 0.5 : 0;
        }
        return above / usable;
    }

    /** Each element as observed, where it was, and as replicated; "below" is the share of replications below the observed value, ties by half. */
    @Override
    public String toString() {
        List<String> head = new ArrayList<>(List.of(""));
        if (observed != null) head.addAll(List.of("observed", "below"));
        head.addAll(List.of("mean", "sd", "5%", "50%", "95%"));
        TextTable table = TextTable.of(SHOWN, head.toArray(String[]::new));
        for (int i = 0; i < Math.min(SHOWN, values.numRows); i++) {
            double[] usable = usable(i);
            if (usable.length == 0) continue;
            List<String> row = new ArrayList<>(List.of(elementNames.get(i)));
            if (observed != null) {
                double of = observed[i];
                row.add(TextTable.text(of));
                row.add(TextTable.text(Arrays.stream(usable).map(x -> x < of ? 1 : x == of ? 0.5 : 0).sum() / usable.length));
            }
            Summary s = summary(usable);
            for (double x : new double[] {s.mean(), s.sd(), s.q05(), s.q50(), s.q95()}) row.add(TextTable.text(x));
            table.add(row.toArray(String[]::new));
        }
        String end = System.lineSeparator();
        return (observed != null ? "replications of " : "predictions of ") + name + ", " + values.numCols + " draws" + end + String.join(end, table.lines())
                + (values.numRows > SHOWN ? end + "... and " + (values.numRows - SHOWN) + " more" : "")
                + (unusable() > 0 ? end + unusable() + " draws without a finite density are left out." : "");
    }
}
