package org.fluvia.flows;

import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.TailTransform;

/** Independent elements: {@link TailTransform}, and a scale and a shift. Weights, or linear in the context. */
record HeavyTails() implements FlowSpec {

    @Override
    public Flow build(int dimension, long seed, Context context) {
        Bijection tails = Elementwise.of(dimension, TailTransform.of(), Recipes.of(context, Mlp.of()), context, seed);
        return Flow.of(Chain.of(tails, Gaussian.DIAGONAL.build(dimension, SplitMix.at(seed, 1), context).bijection()));
    }

    @Override
    public String toString() {
        return "heavy tails";
    }
}
