package org.fluvia.vi.draws;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.Summary;

/** Draws of named quantities. Immutable. */
public final class NamedDraws {
    /** What they are draws of, for messages. */
    private final String what;
    private final List<Quantity> quantities;
    private final Map<String, Integer> firstRow = new LinkedHashMap<>();
    private final Map<String, Integer> elementRow = new LinkedHashMap<>();
    /** Rows by what people call the elements, where the model says so. */
    private final Map<String, Integer> labelRow = new HashMap<>();
    private final DMatrixRMaj values;

    private NamedDraws(String what, List<Quantity> quantities, DMatrixRMaj values) {
        this.what = what;
        this.quantities = quantities;
        this.values = values;
        int row = 0;
        for (Quantity q : quantities) {
            firstRow.put(q.name(), row);
            int first = row;
            for (String element : q.elementNames()) elementRow.put(element, row++);
            if (q.axes().isEmpty()) continue;
            for (String label : q.elementLabels()) labelRow.put(label, first++);
        }
    }

    /** @param values elements of all quantities x draws; not copied */
    public static NamedDraws of(String what, List<Quantity> quantities, DMatrixRMaj values) {
        return new NamedDraws(what, List.copyOf(quantities), values);
    }

    public List<Quantity> quantities() {
        return quantities;
    }

    public List<String> names() {
        return List.copyOf(elementRow.keySet());
    }

    public int count() {
        return values.numCols;
    }

    /** A copy. */
    public DMatrixRMaj values() {
        return values.copy();
    }

    public double[] draws(String name) {
        int row = row(name);
        return Arrays.copyOfRange(values.data, row * values.numCols, (row + 1) * values.numCols);
    }

    /** Draws x elements of a quantity, row-major. */
    public double[][] array(String name) {
        Integer first = firstRow.get(name);
        if (first == null) throw unknown(name);
        int size = quantities.stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow().shape().size();
        double[][] all = new double[values.numCols][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < all.length; j++) all[j][i] = value(first + i, j);
        }
        return all;
    }

    public double value(int row, int draw) {
        return values.data[row * values.numCols + draw];
    }

    public Summary summary(String name, double effectiveDraws) {
        return Summary.of(values.data, row(name) * values.numCols, values.numCols, effectiveDraws);
    }

    public Map<String, Summary> summaries(double effectiveDraws) {
        Map<String, Summary> all = new LinkedHashMap<>();
        for (String name : elementRow.keySet()) all.put(name, summary(name, effectiveDraws));
        return all;
    }

    /**
     * What is not finite in some draws, a sentence for each quantity: its name, the first draw, counted from 1, and why.
     *
     * @param at the same draws
     */
    public List<String> notFinite(AtDraws at) {
        List<String> notes = new ArrayList<>();
        for (Quantity q : quantities) {
            int from = requireNonNull(firstRow.get(q.name()));
            int first = -1;
            int element = -1;
            int count = 0;
            for (int j = 0; j < values.numCols; j++) {
                int i = 0;
                while (i < q.shape().size() && Double.isFinite(value(from + i, j))) i++;
                if (i == q.shape().size()) continue;
                if (count++ == 0) {
                    first = j;
                    element = i;
                }
            }
            if (count == 0) continue;
            String why = at.explain(q.value(), first);
            notes.add(String.format(Locale.ROOT, "%s is not finite in %,d of %,d draws, which its summary leaves out: %s is %s in draw %,d%s.",
                    q.name(), count, values.numCols, q.elementNames().get(element), value(from + element, first), first + 1,
                    why == null ? " (" + q.value().source() + ")" : ": " + why));
        }
        return notes;
    }

    /** The share of draws, by their index, for which something holds. */
    public double probability(IntPredicate holds) {
        int count = 0;
        for (int j = 0; j < values.numCols; j++) {
            if (holds.test(j)) count++;
        }
        return (double) count / values.numCols;
    }

    private static String noElement(Quantity q) {
        if (q.shape().isScalar()) return "; " + q.name() + " is a scalar";
        if (q.shape().size() == 0) return "; " + q.name() + " has none: its shape is " + q.shape();
        int[] dims = q.shape().dims();
        StringBuilder from = new StringBuilder();
        for (int k = 0; k < dims.length; k++) {
            from.append(k == 0 ? "" : k + 1 == dims.length ? " and " : ", ").append("1 to ").append(dims[k]);
        }
        return "; " + (dims.length == 1 ? "the index is from " : "the indices are from ") + from + ", as " + q.name() + " has shape " + q.shape();
    }

    /** The row of a scalar or element. */
    public int row(String name) {
        Integer row = elementRow.get(name);
        if (row == null) row = labelRow.get(name);
        if (row != null) return row;
        if (firstRow.containsKey(name)) {
            Shape shape = quantities.stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow().shape();
            throw new IllegalArgumentException(what + ": " + name + " has shape " + shape + "; name one element, for example "
                    + name + "[1" + ",1".repeat(shape.rank() - 1) + "]");
        }
        Quantity array = quantities.stream().filter(q -> name.startsWith(q.name() + "[")).findFirst().orElse(null);
        if (array != null) throw new IllegalArgumentException(what + ": there is no element " + name + noElement(array));
        throw unknown(name);
    }

    private IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(what + ": there is no parameter " + name + "; there are "
                + String.join(", ", firstRow.keySet()));
    }
}
