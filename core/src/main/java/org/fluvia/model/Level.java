package org.fluvia.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.dist.Distribution;
import org.fluvia.support.Support;

/**
 * A level of a hierarchy: a parameter z, on the unconstrained scale, with a location-scale prior whose scale depends on other
 * parameters. In coordinates y each element has a degree c of centring: 1 where y is z, and 0 where y has the prior with location 0 and scale 1
 * (Gorinova, Moore and Hoffman 2020, equation 5). Immutable.
 */
sealed interface Level permits NumbersLevel, VectorsLevel {
    /** The level that a parameter is, if it is one. */
    static Optional<Level> of(Distribution prior, Support support, Shape shape, Expr term) {
        return prior.eventRank() == 0 ? NumbersLevel.of(prior, support, shape, term) : VectorsLevel.of(prior, support, shape, term);
    }

    /** Of the prior. */
    List<Expr> parameters();

    /** With other parameters of the prior. */
    Level with(List<Expr> others);

    /** The parameter's. */
    Shape shape();

    /** The term of the model's log-density, on the constrained scale. */
    Expr prior();

    /**
     * Coordinates with some degrees of centring in those with others.
     *
     * @param y a vector
     */
    Expr moved(Expr y, double[] from, double[] to);

    /** The prior's log-density of y, summed. */
    Expr logDensity(Expr y, double[] centring);

    /** log |dz / dy|. */
    Expr logAbsDet(double[] centring);

    /** The degrees with which y is z. */
    default double[] centred() {
        double[] ones = new double[shape().size()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
