package org.fluvia.vi.approximation;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Transformed;

/**
 * Margins of their own for the elements of a Gaussian with standard deviations of 1: the map that takes each element u to its
 * {@link Margin}'s w(u), recorded on expressions. A Gaussian becomes a Gaussian copula. Immutable.
 */
public record Margins(List<Margin> each) {
    /** The bin of each element, as ones and zeros (bins x d), and what its margin has there (d). */
    private final class Bin {
        private final Expr is;
        private final Expr left = values(Margin::values, 0);
        private final Expr right = values(Margin::values, 1);
        private final Expr begin;
        private final Expr rise;
        private final Expr slope;
        private final Expr slopeAtBegin;
        private final Expr slopeAtEnd;
        private final Expr knot;

        /** @param inside the knots between bins (bins - 1 x d) */
        Bin(Expr place, Expr inside) {
            int bins = Margin.BINS;
            Expr[] reached = new Expr[bins + 1];
            reached[0] = Functions.ones(each.size());
            for (int k = 1; k < bins; k++) reached[k] = inside.get(k - 1).le(place);
            reached[bins] = Functions.zeros(each.size());
            Expr[] rows = new Expr[bins];
            for (int k = 0; k < bins; k++) rows[k] = reached[k].minus(reached[k + 1]);
            is = Expr.concat(rows).reshape(Shape.of(bins, each.size()));
            begin = at(left);
            rise = at(right.minus(left));
            slope = rise.div(Margin.WIDTH);
            slopeAtBegin = at(values(Margin::slopes, 0));
            slopeAtEnd = at(values(Margin::slopes, 1));
            knot = at(Margins.this.knots(0, bins));
        }

        private Expr at(Expr ofBins) {
            return Functions.sum(is.times(ofBins), 0);
        }

        private Expr logSlope(Expr a) {
            Expr rest = a.unaryMinus().plus(1);
            Expr both = a.times(rest);
            Expr d = slopeAtBegin.minus(slope).plus(slopeAtEnd.minus(slope)).div(slope).times(both).plus(1);
            Expr mean = slopeAtEnd.times(a.square()).plus(slope.times(both).times(2)).plus(slopeAtBegin.times(rest.square()));
            return mean.div(d.square()).log();
        }
    }

    /** From the knots (from) to (from + bins - 1): a matrix (bins x d). */
    private Expr values(Function<Margin, double[]> what, int from) {
        double[] all = new double[Margin.BINS * each.size()];
        for (int k = 0; k < Margin.BINS; k++) {
            for (int i = 0; i < each.size(); i++) all[k * each.size() + i] = what.apply(each.get(i))[k + from];
        }
        return matrix(Margin.BINS, all);
    }

    private Expr knots(int from, int count) {
        double[] all = new double[count * each.size()];
        for (int k = 0; k < all.length; k++) all[k] = Margin.knot(k / each.size() + from);
        return matrix(count, all);
    }

    private Expr matrix(int rows, double[] all) {
        return Expr.shared("margins", Shape.of(rows, each.size()), all);
    }

    private Expr ends(ToDoubleFunction<Margin> of) {
        return Expr.vector(each.stream().mapToDouble(of).toArray());
    }

    /** w(u) and the sum of log dw/du. */
    Transformed forward(Expr u) {
        Expr place = u.clamp(-Margin.LAST, Margin.LAST);
        Bin bin = new Bin(place, knots(1, Margin.BINS - 1));
        Expr a = place.minus(bin.knot).div(Margin.WIDTH).clamp(0, 1);
        Expr both = a.times(a.unaryMinus().plus(1));
        Expr s = bin.slope;
        Expr d = s.plus(bin.slopeAtBegin.plus(bin.slopeAtEnd).minus(s.times(2)).times(both));
        Expr within = bin.rise.times(s.times(a.square()).plus(bin.slopeAtBegin.times(both))).div(d);
        Expr logSlope = bin.logSlope(a);
        Expr beyond = u.minus(place).times(logSlope.exp());
        return new Transformed(bin.begin.plus(within).plus(beyond), logSlope.sum());
    }

    /** u(w) and the sum of log du/dw. */
    Transformed inverse(Expr w) {
        int last = Margin.BINS;
        Expr lowest = ends(m -> m.values()[0]);
        Expr highest = ends(m -> m.values()[last]);
        Expr place = w.max(lowest).min(highest);
        Bin bin = new Bin(place, values(Margin::values, 0).slice(1, last));
        Expr b = place.minus(bin.begin).div(bin.rise).clamp(0, 1);
        Expr rest = b.unaryMinus().plus(1);
        Expr s = bin.slope;
        Expr e = bin.slopeAtEnd.times(b).minus(bin.slopeAtBegin.times(rest));
        Expr root = e.square().plus(s.square().times(b).times(rest).times(4)).sqrt();
        Expr twice = s.times(b).times(2);
        Expr below = twice.plus(root).minus(e);
        Expr a = Expr.where(below.le(0), Expr.of(0), twice.div(below)).clamp(0, 1);
        Expr logSlope = bin.logSlope(a).unaryMinus();
        Expr beyond = w.minus(place).times(logSlope.exp());
        return new Transformed(bin.knot.plus(a.times(Margin.WIDTH)).plus(beyond), logSlope.sum());
    }
}
