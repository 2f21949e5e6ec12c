package org.fluvia.flows;

import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.LowerTriangularAffine;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.Affine;

/** Normal distributions: with any covariance, or with independent elements. */
enum Gaussian implements FlowSpec {
    FULL_RANK, DIAGONAL;

    @Override
    public MappedFlow build(int dimension, long seed, Context context) {
        if (this == DIAGONAL) return Flow.of(diagonal(dimension, seed, context));
        Bijection triangular = LowerTriangularAffine.trainable(dimension);
        return Flow.of(Dimensions.present("Flow", "context", context).size() == 0 ? triangular : Chain.of(diagonal(dimension, seed, context), triangular));
    }

    /** Shift and log scale are weights, or linear in the context. */
    private static Bijection diagonal(int dimension, long seed, Context context) {
        return Elementwise.of(dimension, Affine.unbounded(), Recipes.of(context, Mlp.of()), context, seed);
    }

    @Override
    public String toString() {
        return this == FULL_RANK ? "full rank" : "diagonal";
    }
}
