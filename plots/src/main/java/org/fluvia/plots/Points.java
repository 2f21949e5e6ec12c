package org.fluvia.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Canvas.Ink;

/**
 * Dots, the more transparent and the smaller the more there are.
 *
 * @param kind which of the colours each point has
 * @param rgb the colours
 * @param looks what else there is to tell of each kind
 * @param colourScale what the colours mean, if that is a number
 */
record Points(double[] xs, double[] ys, int[] kind, int[] rgb, List<Look> looks, Optional<ColourScale> colourScale) implements Mark {
    /** Points are drawn in so many turns, a part of each kind in each, so that no kind hides the others. */
    private static final int MOST_TURNS = 20;
    private static final int POINTS_A_TURN = 50;
    /** So many opaque points look like a cloud; of more, each takes its share of the ink. */
    private static final double OPAQUE = 250;
    private static final double FAINTEST = 0.06;
    private static final double LARGEST = 2.2;
    private static final double SMALLEST = 0.7;

    /** In groups, each in its look. */
    static Points of(double[] x, double[] y, int[] group, List<Look> looks) {
        return of(x, y, group, looks.stream().mapToInt(Look::rgb).toArray(), looks, Optional.empty());
    }

    /** Coloured by a value of each. */
    static Points of(double[] x, double[] y, double[] values, ColourScale scale, Look look) {
        int[] kind = Arrays.stream(Checks.finite("points", "values", values)).mapToInt(scale::index).toArray();
        return of(x, y, kind, scale.colours().table(), Collections.nCopies(ColourMap.SIZE, look), Optional.of(scale));
    }

    private static Points of(double[] x, double[] y, int[] kind, int[] rgb, List<Look> looks, Optional<ColourScale> scale) {
        Checks.sameLength("points", "x", Checks.present("points", "x", x).length, "y", Checks.present("points", "y", y).length);
        Checks.sameLength("points", "x", x.length, "group", kind.length);
        return new Points(Checks.finite("points", "x", x), Checks.finite("points", "y", y), kind.clone(), rgb, looks, scale);
    }

    @Override
    public Range x(boolean logarithmic) {
        return range("x", logarithmic, xs);
    }

    @Override
    public Range y(boolean logarithmic) {
        return range("y", logarithmic, ys);
    }

    private static Range range(String axis, boolean logarithmic, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (logarithmic && values[i] <= 0) {
                throw new IllegalArgumentException("points: " + axis + " must be positive on a logarithmic axis, but was " + values[i] + " at index " + i);
            }
        }
        return Range.of(logarithmic, values);
    }

    private double opacity() {
        return Math.min(0.85, Math.max(FAINTEST, Math.sqrt(OPAQUE / xs.length)));
    }

    private double radius() {
        return Math.max(SMALLEST, Math.min(LARGEST, LARGEST * StrictMath.pow(OPAQUE / xs.length, 0.25)));
    }

    @Override
    public void draw(Frame frame) {
        double[] points = frame.points(xs, ys);
        int[][] members = members();
        int turns = Math.min(MOST_TURNS, 1 + xs.length / POINTS_A_TURN);
        for (int turn = 0; turn < turns; turn++) {
            for (int k = 0; k < looks.size(); k++) {
                if (members[k].length == 0) continue;
                int from = (int) ((long) members[k].length * turn / turns);
                int to = (int) ((long) members[k].length * (turn + 1) / turns);
                double[] centres = new double[2 * (to - from)];
                for (int i = from; i < to; i++) System.arraycopy(points, 2 * members[k][i], centres, 2 * (i - from), 2);
                Look look = looks.get(k);
                frame.canvas().dots(centres, Look.or(look.size(), radius()), new Ink(rgb[k], Look.or(look.opacity(), opacity())));
            }
        }
    }

    /** The indices of the points of each kind. */
    private int[][] members() {
        int[] counts = new int[looks.size()];
        for (int k : kind) counts[k]++;
        int[][] members = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        Arrays.fill(counts, 0);
        for (int i = 0; i < kind.length; i++) members[kind[i]][counts[kind[i]]++] = i;
        return members;
    }

    @Override
    public List<LegendKey> keys() {
        List<LegendKey> keys = new ArrayList<>();
        for (Look look : looks) {
            keys.addAll(LegendKey.of(look, "points", (canvas, box) -> canvas.dots(
                    new double[] {box.x() + box.width() / 2, box.y() + box.height() / 2}, 1.3 * LARGEST,
                    new Ink(look.rgb(), Look.or(look.opacity(), 1)))));
        }
        return keys;
    }
}
