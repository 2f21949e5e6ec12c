package org.fluvia.plots;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fluvia.plots.axis.Range;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;

/** Pictures of leave-one-out cross-validation. */
public final class LooChecks {
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

    private static double[] places(int[] indices) {
        return IntStream.of(indices).mapToDouble(i -> i + 1).toArray();
    }

    private static double[] khats(List<PointwiseLoo> points, int[] indices) {
        return IntStream.of(indices).mapToDouble(i -> points.get(i).khat()).toArray();
    }
}
