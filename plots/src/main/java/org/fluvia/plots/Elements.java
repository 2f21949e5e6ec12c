package org.fluvia.plots;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.model.Quantity;
import org.fluvia.plots.axis.Range;
import org.fluvia.text.Shown;
import org.fluvia.vi.PosteriorDraws;

/** The elements of a posterior that a picture can show, those that are finite in all draws and differ between them, by what people call them. Immutable. */
public final class Elements {
    /** Numbers larger than this in size are not drawn. */
    public static final double LARGEST = Range.LARGEST;

    private final Map<String, double[]> draws;
    private final int leftOut;

    private Elements(Map<String, double[]> draws, int leftOut) {
        this.draws = draws;
        this.leftOut = leftOut;
    }

    /** All of a posterior's. */
    public static Elements of(PosteriorDraws posterior) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Quantity q : posterior.quantities()) {
            List<String> names = q.elementNames();
            List<String> labels = q.elementLabels();
            for (int i = 0; i < names.size(); i++) all.put(names.get(i), labels.get(i));
        }
        return of(posterior, all);
    }

    /** @param labels what people call the elements, by their names: {@code theta[1]} to {@code theta[Choate]} */
    public static Elements of(PosteriorDraws posterior, Map<String, String> labels) {
        Map<String, double[]> shown = new LinkedHashMap<>();
        labels.forEach((name, label) -> {
            double[] x = posterior.draws(name);
            if (Arrays.stream(x).allMatch(v -> Math.abs(v) <= LARGEST) && Arrays.stream(x).anyMatch(v -> v != x[0])) shown.put(Shown.text(label), x);
        });
        return new Elements(shown, labels.size() - shown.size());
    }

    /** How many are not finite in some draws, or the same in all. */
    public int leftOut() {
        return leftOut;
    }

    public int size() {
        return draws.size();
    }

    /** The first names, at most so many. */
    public List<String> names(int most) {
        return draws.keySet().stream().limit(most).toList();
    }

    /** The first draws of the first elements, at most so many: elements x draws. */
    public DMatrixRMaj draws(int most, int mostDraws) {
        return rows(0, most, mostDraws);
    }

    /** The first draws of some elements, counted from 0, at most so many: elements x draws. */
    public DMatrixRMaj rows(int from, int most, int mostDraws) {
        return new DMatrixRMaj(draws.values().stream().skip(from).limit(most).map(x -> Arrays.copyOf(x, Math.min(x.length, mostDraws))).toArray(double[][]::new));
    }
}
