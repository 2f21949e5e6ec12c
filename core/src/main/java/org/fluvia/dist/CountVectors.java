package org.fluvia.dist;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/** Vectors of counts that add up to a number of trials; where the number is left open, to their own sum. */
interface CountVectors extends Multivariate {
    /** A scalar or one number for each event; null if it is left open. */
    @Nullable Expr trials();

    /** The same with this number of trials. */
    CountVectors with(Expr trials);

    @Override
    default Distribution replicating(Expr observed) {
        return trials() == null ? with(Events.sum(observed)) : this;
    }

    @Override
    default int eventRank() {
        return 1;
    }

    @Override
    default Support support() {
        return Support.whole();
    }

    /** The log-mass of vectors of counts with the right sum, minus infinity for others. */
    default Expr within(Expr x, UnaryOperator<Expr> formula) {
        Events.checkFits(this, x.shape());
        int size = x.shape().dim(x.shape().rank() - 1);
        Expr contains = Events.sum(support().contains(x)).eq(size);
        if (trials() != null) {
            Expr missing = Expr.of(1).minus(trials().eq(trials())); // the formula makes NaN of it
            contains = contains.times(Events.sum(x).eq(trials()).max(missing));
        }
        double[] first = new double[size];
        first[0] = 1;
        Expr one = Events.repeat(Expr.vector(first), 1, Events.leading(x.shape(), 1));
        Expr interior = one.times(trials() == null ? Expr.of(1) : Events.spread(trials(), x.shape()));
        return Events.within(contains, x, interior, formula);
    }

    /** The number of trials: as given, or else the sum of the counts. */
    default Expr total(Expr x) {
        return trials() == null ? Events.sum(x) : trials();
    }

    /** log(total! / (x[1]! ... x[K]!)). */
    default Expr logCoefficient(Expr x) {
        return total(x).plus(1).lgamma().minus(Events.sum(x.plus(1).lgamma()));
    }

    @Override
    default Optional<String> outsideSupport(Expr observed) {
        Optional<String> problem = Multivariate.super.outsideSupport(observed);
        if (problem.isPresent() || trials() == null || trials().isPerDraw() || observed.isPerDraw()) return problem;
        Shape events = Events.leading(observed.shape(), 1);
        double[] sums = SharedValues.of(Events.sum(observed));
        double[] totals = SharedValues.of(trials());
        for (int i = 0; i < sums.length; i++) {
            double total = totals[totals.length == 1 ? 0 : i];
            if (sums[i] != total) {
                return Optional.of(Events.text(observed, events, i) + " adds up to " + Element.text(sums[i]) + ", but "
                        + name() + " has " + Element.text(total) + " trials");
            }
        }
        return Optional.empty();
    }
}
