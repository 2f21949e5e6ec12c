package org.fluvia.flows.transformer;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;

/**
 * The bin of each of n elements, as masks of ones and zeros: choosing is multiplying and adding, over the rows of matrices (bins x n),
 * for all draws at once.
 *
 * @param reached a matrix (bins - 1 x n), 1 for each bin but the first that begins at or before the element
 * @param is a matrix (bins x n), 1 for the bin
 */
record SplineBins(Expr reached, Expr is) {

    /** From the rows of {@link #reached}, each of which is at most the one before it. */
    static SplineBins of(Expr[] rows) {
        int n = rows[0].shape().size();
        int bins = rows.length + 1;
        Expr reached = Expr.concat(rows);
        Expr begun = Expr.concat(Functions.ones(n), reached);
        Expr ended = Expr.concat(reached, Functions.zeros(n));
        return new SplineBins(reached.reshape(Shape.of(bins - 1, n)), begun.minus(ended).reshape(Shape.of(bins, n)));
    }

    /** The sum over bins before it. */
    Expr before(Expr ofBins) {
        return Functions.sum(reached.times(ofBins.slice(0, ofBins.shape().dim(0) - 1)), 0);
    }

    Expr at(Expr ofBins) {
        return Functions.sum(is.times(ofBins), 0);
    }

    /** What a knot has where the bin begins, of the knots between bins; 0 at the first bin. */
    Expr left(Expr ofKnots) {
        int knots = is.shape().dim(0) - 1;
        return Functions.sum(is.slice(1, knots + 1).times(ofKnots), 0);
    }

    /** What a knot has where the bin ends, of the knots between bins; 0 at the last bin. */
    Expr right(Expr ofKnots) {
        return Functions.sum(is.slice(0, is.shape().dim(0) - 1).times(ofKnots), 0);
    }
}
