package org.fluvia.flows.transformer;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;

/**
 * One axis of the box of a spline, cut into bins for each of n elements: of the inputs their widths, of the outputs their heights. A
 * bin's share of the axis is least + (1 - bins least) softmax(logits).
 *
 * <p>Sizes are kept in units in which they need no division: those of the exponentials of the logits.
 */
final class SplineAxis {
    private final double length;
    private final int bins;
    /** A matrix (bins x n). */
    private final Expr sizes;
    private final Expr total;
    /** The length of a unit. */
    private final Expr unit;

    /**
     * An axis.
     *
     * @param logits a matrix (bins x n)
     * @param least the least share of a bin, see {@link #checkLeast}
     */
    SplineAxis(Expr logits, double length, double least) {
        this.length = length;
        this.bins = logits.shape().dim(0);
        // what softmax does not depend on is taken off, so that any logits are lawful
        Expr largest = Functions.max(logits, 0).stopGradient();
        Expr e = logits.minus(Functions.repeat(largest, 0, bins)).exp();
        Expr added = Functions.sum(e, 0).times(least / (1 - bins * least));
        this.sizes = e.plus(Functions.repeat(added, 0, bins));
        this.total = Functions.sum(sizes, 0);
        this.unit = Expr.of(length).div(total);
    }

    /** The least share of a bin, which must be more than 0 and less than 1 / bins. */
    static void checkLeast(String what, double least, int bins) {
        if (!(least > 0 && least * bins < 1)) {
            throw new IllegalArgumentException(what + ": leastBin must be more than 0 and less than 1 / bins, but was " + least
                    + " with " + bins + " bins");
        }
    }

    /** Which bins begin at or before a place (n), counted from the beginning of the axis; the first does. */
    SplineBins bins(Expr place) {
        Expr at = inUnits(place);
        Expr[] reached = new Expr[bins - 1];
        Expr knot = sizes.get(0);
        for (int k = 0; k < bins - 1; k++) {
            reached[k] = knot.le(at);
            knot = knot.plus(sizes.get(k + 1));
        }
        return SplineBins.of(reached);
    }

    private Expr inUnits(Expr place) {
        return place.times(total.div(length));
    }

    /** The bin of each element on this axis. */
    Segment segment(SplineBins bins) {
        return new Segment(bins.before(sizes), bins.at(sizes));
    }

    /** A bin, in units. */
    final class Segment {
        private final Expr begin;
        private final Expr size;

        private Segment(Expr begin, Expr size) {
            this.begin = begin;
            this.size = size;
        }

        Expr begin() {
            return begin.times(unit);
        }

        Expr size() {
            return size.times(unit);
        }

        /** How far into the bin a place is, from 0 to 1. */
        Expr within(Expr place) {
            return inUnits(place).minus(begin).div(size);
        }
    }
}
