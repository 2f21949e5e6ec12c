package org.fluvia.plots;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fluvia.plots.axis.Range;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.LooPit;
import org.fluvia.vi.predictive.PointwiseLoo;

/** Pictures of leave-one-out cross-validation. */
public final class LooChecks {
    private static final int PIT_CELLS = 100;

    private LooChecks() {}

    /**
     * The k-hat of each observation, in the order of the data, and the limit up to which a value can be relied on in any case; those that cannot
     * be relied on are set off. A k-hat that is not finite is not drawn.
     *
     * @throws IllegalArgumentException if none is finite
     */
    public static Panel khats(Loo loo) {
        List<PointwiseLoo> points = Checks.present("khats", "loo", loo).pointwise();
        Set<String> unreliable = loo.unreliable().stream().map(PointwiseLoo::name).collect(Collectors.toSet());
        int[] shown = IntStream.range(0, points.size()).filter(i -> Math.abs(points.get(i).khat()) <= Range.LARGEST).toArray();
        if (shown.length == 0) throw new IllegalArgumentException("khats: at least one k-hat must be finite, but none is");
        int[] bad = IntStream.of(shown).filter(i -> unreliable.contains(points.get(i).name())).toArray();
        int[] good = IntStream.of(shown).filter(i -> !unreliable.contains(points.get(i).name())).toArray();
        Panel p = Panel.titled("").aspect(0.5).axes("observation", "k-hat").rangeX(0.5, Math.max(2, points.size()) + 0.5)
                .horizontalLine(loo.khatLimit(), Look.named("limit").in(Colour.BLACK).wide(1).dash());
        if (good.length > 0) p = p.points(places(good), khats(points, good), Look.named("to be relied on").in(Colour.BLUE));
        return bad.length == 0 ? p : p.points(places(bad), khats(points, bad), Look.named("not to be relied on").in(Colour.VERMILLION).opaque(1));
    }

    /**
     * The distribution function of the observations' {@link LooPit} less the uniform one, and the band that all of it lies in with probability 95 % if they
     * are uniform and independent, which those of one fit are nearly. Above at the left and below at the right: predictions are too narrow; the other
     * way round: too wide; above everywhere: they are too high; below: too low.
     *
     * @throws IllegalArgumentException if no value is known
     */
    public static Panel pit(LooPit pit) {
        int[] ranks = Checks.present("pit", "pit", pit).values().stream().filter(p -> !p.isNaN())
                .mapToInt(p -> Math.min(PIT_CELLS - 1, (int) (p * PIT_CELLS))).toArray();
        if (ranks.length == 0) throw new IllegalArgumentException("pit: at least one value must be known, but none is");
        return CalibrationChecks.difference(ranks, PIT_CELLS, "LOO-PIT");
    }

    private static double[] places(int[] indices) {
        return IntStream.of(indices).mapToDouble(i -> i + 1).toArray();
    }

    private static double[] khats(List<PointwiseLoo> points, int[] indices) {
        return IntStream.of(indices).mapToDouble(i -> points.get(i).khat()).toArray();
    }
}
