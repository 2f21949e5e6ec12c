package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.text.Digits;
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
    private final List<String> notes;

    private Predictions(String name, Shape shape, List<String> elementNames, double @Nullable [] observed, DMatrixRMaj values,
                        List<String> notes) {
        this.name = name;
        this.shape = shape;
        this.elementNames = elementNames;
        this.observed = observed;
        this.values = values;
        this.notes = List.copyOf(notes);
    }

    /**
     * @param name of the data
     * @param elementNames row-major, as many as the shape has elements
     * @param observed the data, row-major; not copied, and not to be modified any more
     * @param values elements x draws, NaN where a draw could not be used; not copied, and not to be modified any more
     * @param notes what is NaN, in words
     */
    public static Predictions of(String name, Shape shape, List<String> elementNames, double[] observed, DMatrixRMaj values,
                                 List<String> notes) {
        if (elementNames.size() != shape.size() || observed.length != shape.size() || values.numRows != shape.size()) {
            throw new IllegalArgumentException("Predictions: names, observed values and rows must be as many as the elements of the shape "
                    + shape + ", but were " + elementNames.size() + ", " + observed.length + " and " + values.numRows);
        }
        return new Predictions(name, shape, List.copyOf(elementNames), observed, values, notes);
    }

    /** As above, of what was not observed. */
    public static Predictions of(String name, Shape shape, List<String> elementNames, DMatrixRMaj values, List<String> notes) {
        if (elementNames.size() != shape.size() || values.numRows != shape.size()) {
            throw new IllegalArgumentException("Predictions: names and rows must be as many as the elements of the shape " + shape
                    + ", but were " + elementNames.size() + " and " + values.numRows);
        }
        return new Predictions(name, shape, List.copyOf(elementNames), null, values, notes);
    }

    /**
     * That values are NaN, as a parameter of their distribution is invalid, in words.
     *
     * @param what the values, such as "predictions of y"
     * @param reason the first draw, and why it is invalid
     */
    public static String invalid(String what, int count, int draws, @Nullable String reason) {
        return String.format(Locale.ROOT, "%s are NaN in %,d of %,d draws, as a parameter of their distribution is invalid: %s.", what, count, draws, reason);
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

    /** Draws with an element that is NaN, as the model's log-density is not finite or a parameter of the distribution is invalid. */
    public int unusable() {
        int count = 0;
        for (int j = 0; j < values.numCols; j++) if (isUnusable(j)) count++;
        return count;
    }

    private boolean isUnusable(int draw) {
        for (int i = 0; i < values.numRows; i++) if (Double.isNaN(values.get(i, draw))) return true;
        return false;
    }

    /** What is NaN and why, a sentence each: the parameter that is invalid, its value, and the first draw, counted from 1. */
    public List<String> notes() {
        return notes;
    }

    /** Whether there are data to compare with: not of what the model declares by {@code m.predict}. */
    public boolean isObserved() {
        return observed != null;
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

    /** Mean, sd and quantiles of each element, over the draws that could be used; with the number of the others. */
    public Map<String, Summary> summaries() {
        Map<String, Summary> all = new LinkedHashMap<>();
        for (int i = 0; i < values.numRows && values.numCols > 0; i++) all.put(elementNames.get(i), summary(i));
        return all;
    }

    private Summary summary(int element) {
        return Summary.of(values.data, element * values.numCols, values.numCols, values.numCols);
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
            if (isUnusable(j)) continue;
            double[] replication = draw(j);
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
                row.add(Digits.four(of));
                row.add(Digits.four(Arrays.stream(usable).map(x -> x < of ? 1 : x == of ? 0.5 : 0).sum() / usable.length));
            }
            Summary s = summary(i);
            for (double x : new double[] {s.mean(), s.sd(), s.q05(), s.q50(), s.q95()}) row.add(TextTable.known(x));
            table.add(row.toArray(String[]::new));
        }
        String end = System.lineSeparator();
        return (observed != null ? "replications of " : "predictions of ") + name + ", " + values.numCols + " draws" + end + String.join(end, table.lines())
                + (values.numRows > SHOWN ? end + "... and " + (values.numRows - SHOWN) + " more" : "")
                + notes.stream().map(note -> end + "Note: " + note).collect(Collectors.joining());
    }
}
