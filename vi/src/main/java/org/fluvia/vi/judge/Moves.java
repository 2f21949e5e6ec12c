package org.fluvia.vi.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.WeightShift;

/**
 * How far importance weights move each element of what is reported: parameters on their constrained scale and derived values.
 *
 * @param names of the elements
 * @param shifts one for each
 */
public record Moves(List<String> names, List<WeightShift> shifts) {
    private static final int NAMED = 3;

    /**
     * Of the draws where the density is positive: the others are cut off whatever the weights of these. Values that are not finite are
     * left out: they are reported on their own.
     *
     * @param values elements of the quantities x draws, at least as many as there are weights; not modified
     * @param logWeights of the posterior, for the first draws
     * @param logBase of the approximation, likewise
     * @param workers asked on the way whether to go on
     */
    static Moves of(List<Quantity> quantities, DMatrixRMaj values, double[] logWeights, double[] logBase, Workers workers) {
        int[] positive = IntStream.range(0, logWeights.length).filter(j -> logWeights[j] > Double.NEGATIVE_INFINITY).toArray();
        double[] weights = exponentials(logWeights, positive);
        double[] base = exponentials(logBase, positive);
        List<String> all = new ArrayList<>();
        for (Quantity q : quantities) all.addAll(q.elementNames());
        List<String> names = new ArrayList<>();
        List<WeightShift> shifts = new ArrayList<>();
        for (int i = 0; i < values.numRows; i++) {
            workers.check();
            double[] row = new double[positive.length];
            int finite = 0;
            for (int k = 0; k < row.length; k++) {
                row[k] = values.data[i * values.numCols + positive[k]];
                if (Double.isFinite(row[k])) finite++;
            }
            if (finite < 2) continue;
            if (finite == row.length) {
                names.add(all.get(i));
                shifts.add(WeightShift.of(row, weights, base));
                continue;
            }
            int[] known = IntStream.range(0, row.length).filter(k -> Double.isFinite(row[k])).toArray();
            double[] ofWeights = chosen(weights, known);
            double[] ofBase = chosen(base, known);
            if (Arrays.stream(ofWeights).sum() == 0 || Arrays.stream(ofBase).sum() == 0) continue; // finite nowhere but far out, where no mass is
            names.add(all.get(i));
            shifts.add(WeightShift.of(chosen(row, known), normalised(ofWeights), normalised(ofBase)));
        }
        return new Moves(List.copyOf(names), List.copyOf(shifts));
    }

    private static double[] exponentials(double[] logWeights, int[] chosen) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j : chosen) max = Math.max(max, logWeights[j]);
        double[] weights = new double[chosen.length];
        for (int k = 0; k < chosen.length; k++) weights[k] = StrictMath.exp(logWeights[chosen[k]] - max);
        return normalised(weights);
    }

    private static double[] chosen(double[] x, int[] indices) {
        double[] some = new double[indices.length];
        for (int k = 0; k < some.length; k++) some[k] = x[indices[k]];
        return some;
    }

    /** In place. */
    private static double[] normalised(double[] weights) {
        double sum = 0;
        for (double w : weights) sum += w;
        for (int k = 0; k < weights.length; k++) weights[k] /= sum;
        return weights;
    }

    /** The largest move of a mean, log sd, 5 or 95 % quantile, in standard deviations, noise or not. */
    double largest() {
        return shifts.stream().mapToDouble(WeightShift::largest).max().orElse(0);
    }

    /** The largest move of a quantile, with so many standard errors taken off each. */
    double quantilesBeyondNoise(double z) {
        return shifts.stream().mapToDouble(s -> s.quantilesBeyondNoise(z)).max().orElse(0);
    }

    /** The largest difference to other moves of the same elements. */
    double largestDifference(Moves other) {
        double worst = 0;
        for (int i = 0; i < shifts.size(); i++) {
            WeightShift a = shifts.get(i);
            WeightShift b = other.shifts.get(i);
            worst = Math.max(worst, Math.max(difference(a.mean().value(), b.mean().value()), difference(a.logSd().value(), b.logSd().value())));
            worst = Math.max(worst, Math.max(difference(a.lower().value(), b.lower().value()), difference(a.upper().value(), b.upper().value())));
        }
        return worst;
    }

    private static double difference(double a, double b) {
        return a == b ? 0 : Math.abs(a - b);
    }

    /** The elements that move most and by how much: "tau (sd by 12 %), mu (mean by 0.05 sd)". */
    public String inWords() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < shifts.size(); i++) order.add(i);
        order.sort(Comparator.comparingDouble(i -> -shifts.get(i).largest()));
        return String.join(", ", order.stream().limit(NAMED).map(i -> names.get(i) + " (" + inWords(shifts.get(i)) + ")").toList());
    }

    private static String inWords(WeightShift s) {
        double largest = s.largest();
        if (largest == Math.abs(s.logSd().value())) {
            double factor = StrictMath.exp(s.logSd().value());
            return factor > 0.5 && factor < 2 ? String.format(Locale.ROOT, "sd by %+.2g %%", 100 * (factor - 1))
                    : String.format(Locale.ROOT, "sd by a factor of %.2g", factor);
        }
        if (largest == Math.abs(s.mean().value())) return String.format(Locale.ROOT, "mean by %+.2g sd", s.mean().value());
        boolean isLower = largest == Math.abs(s.lower().value());
        return String.format(Locale.ROOT, "%s quantile by %+.2g sd", isLower ? "5 %" : "95 %", isLower ? s.lower().value() : s.upper().value());
    }
}
