package org.fluvia.flows;

import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.LowRankAffine;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;

/**
 * A normal distribution with a low-rank-plus-diagonal covariance: {@link LowRankAffine}. With a context its shift and diagonal are linear
 * in that: a scale and a shift of each element follow, so the covariance stays of the kind.
 *
 * @param rank how many factors, at least 1; with d - 1 the covariance is any, and more are left out
 */
public record LowRank(int rank) implements FlowSpec {
    public LowRank {
        Dimensions.atLeast("LowRank", "rank", 1, rank);
    }

    /** With this rank. */
    public LowRank rank(int rank) {
        return new LowRank(rank);
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        if (Dimensions.positive("LowRank", dimension) == 1) return Gaussian.DIAGONAL.build(1, seed, context);
        Bijection shared = LowRankAffine.trainable(dimension, Math.min(rank, dimension - 1), seed);
        if (Dimensions.present("Flow", "context", context).size() == 0) return Flow.of(shared);
        return Flow.of(Chain.of(shared, Gaussian.DIAGONAL.build(dimension, seed, context).bijection()));
    }
}
