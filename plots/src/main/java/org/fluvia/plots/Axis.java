package org.fluvia.plots;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.axis.Ticks;

/**
 * What a panel tells of one of its axes.
 *
 * @param range from where to where; that of the marks if none is told
 * @param names of the values 0, 1, 2, ..., instead of numbers; none for numbers
 * @param hidden whether nothing is written beside it
 */
record Axis(String label, Optional<Range> range, boolean logarithmic, List<String> names, boolean hidden) {
    private static final double MARGIN = 0.04;
    /** Of logarithms to base 10 that are to be the ends of an axis. */
    private static final double CLOSEST = 1e-9;
    private static final double LARGEST_POWER = 300;
    private static final Axis USUAL = new Axis("", Optional.empty(), false, List.of(), false);

    static Axis usual() {
        return USUAL;
    }

    Axis labelled(String text) {
        return new Axis(Checks.present("axes", "label", text), range, logarithmic, names, hidden);
    }

    Axis from(double low, double high) {
        if (!(low < high && Math.max(Math.abs(low), Math.abs(high)) <= Range.LARGEST)) {
            throw new IllegalArgumentException("range: ends must be ascending and at most " + Range.LARGEST + " in size, but were " + low + " and " + high);
        }
        return new Axis(label, Optional.of(new Range(low, high)), logarithmic, names, hidden);
    }

    Axis logarithms() {
        return new Axis(label, range, true, names, hidden);
    }

    Axis named(List<String> all) {
        return new Axis(label, range, logarithmic, all, hidden);
    }

    Axis unwritten() {
        return new Axis(label, range, logarithmic, names, true);
    }

    /**
     * From one end to the other, given what the marks need.
     *
     * @param tight of marks that may touch the ends
     * @param loose of the others
     */
    Range ends(Range tight, Range loose, boolean standsOnZero) {
        if (range.isPresent()) {
            Range told = range.get();
            if (logarithmic && told.low() <= 0) {
                throw new IllegalArgumentException("range: ends of a logarithmic axis must be positive, but one was " + told.low());
            }
            return told.widened();
        }
        Range all = names.isEmpty() ? tight.and(loose) : tight.and(loose).and(new Range(-0.5, names.size() - 0.5));
        if (logarithmic) return all.isEmpty() ? new Range(1, 10) : logarithmicEnds(all, !tight.equals(all));
        Range wide = all.widened();
        double margin = (wide.high() - wide.low()) * MARGIN;
        boolean zero = standsOnZero && wide.low() == 0;
        return new Range(zero ? 0 : wide.low() < tight.low() ? wide.low() - margin : wide.low(), wide.high() > tight.high() ? wide.high() + margin : wide.high());
    }

    private static Range logarithmicEnds(Range marks, boolean margin) {
        double low = StrictMath.log10(marks.low());
        double high = StrictMath.log10(marks.high());
        double more = high - low < CLOSEST ? 0.3 : margin ? (high - low) * MARGIN : 0;
        return new Range(StrictMath.pow(10, Math.max(low - more, -LARGEST_POWER)), StrictMath.pow(10, Math.min(high + more, LARGEST_POWER)));
    }

    Ticks ticks(Range ends, int wanted) {
        if (names.isEmpty()) return Ticks.of(ends, logarithmic, wanted);
        return new Ticks(IntStream.range(0, names.size()).mapToObj(i -> (double) i).toList(), names, "");
    }
}
