package org.fluvia.vi.predictive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.fluvia.vi.text.TextTable;

/**
 * Models of the same data, the one that predicts best first: leave-one-out cross-validation of each, its difference from the best with the
 * difference's own standard error ({@link LooComparison}), and the weight it has in the mixture of all that predicts best
 * (stacking: Yao, Vehtari, Simpson and Gelman 2018).
 *
 * @param rows the best model first
 * @param notes what else must be known to rely on it, one sentence each
 */
public record ModelComparison(List<Row> rows, List<String> notes) {
    /**
     * A model.
     *
     * @param index its place among those that were given, from 0
     * @param difference of the best model's elpd and its own: 0 for the best itself
     * @param weight from 0 to 1
     */
    public record Row(int index, Loo loo, LooComparison difference, double weight) {}

    public ModelComparison {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** @throws IllegalArgumentException if there are fewer than two, or their observations are not the same, value by value */
    public static ModelComparison of(List<Loo> models) {
        if (models.size() < 2) throw new IllegalArgumentException("ModelComparison: models must be at least 2, but were " + models.size());
        List<Integer> order = new ArrayList<>(IntStream.range(0, models.size()).boxed().toList());
        order.sort(Comparator.comparingDouble(i -> -models.get(i).elpd().value()));
        Loo best = models.get(order.get(0));
        List<LooComparison> differences = models.stream().map(best::compare).toList();
        double[] weights = Stacking.weights(models);
        List<Row> rows = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        for (int i : order) {
            rows.add(new Row(i, models.get(i), differences.get(i), weights[i]));
            if (i != order.get(0)) notes.addAll(differences.get(i).notes());
        }
        return new ModelComparison(rows, List.copyOf(notes));
    }

    /** A line for each model, then the notes. */
    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines(rows.stream().map(r -> r.loo.model()).toList()));
    }

    /** @param names of the models, in the order of the rows */
    public List<String> lines(List<String> names) {
        TextTable table = TextTable.of(rows.size() + 1, "", "elpd_loo", "se", "p_loo", "difference", "its se", "weight");
        for (int i = 0; i < rows.size(); i++) {
            Row r = rows.get(i);
            boolean isBest = i == 0;
            table.add(names.get(i), TextTable.oneDecimal(r.loo.elpd().value()), TextTable.oneDecimal(r.loo.elpd().standardError()),
                    TextTable.oneDecimal(r.loo.effectiveParameters().value()), isBest ? "-" : TextTable.oneDecimal(-r.difference.difference().value()),
                    isBest ? "-" : TextTable.oneDecimal(r.difference.difference().standardError()), String.format(Locale.ROOT, "%.2f", r.weight));
        }
        List<String> lines = new ArrayList<>(table.lines());
        notes.forEach(note -> lines.add("Note: " + note));
        return lines;
    }
}
