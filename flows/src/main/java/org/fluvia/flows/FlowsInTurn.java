package org.fluvia.flows;

import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;

/** Recipes of which the second's maps follow those of the first. */
record FlowsInTurn(FlowSpec first, FlowSpec second) implements FlowSpec {

    FlowsInTurn {
        Dimensions.present("then", "next", second);
    }

    @Override
    public FlowSpec towards(Use use) {
        return new FlowsInTurn(first.towards(use), second.towards(use));
    }

    @Override
    public boolean isOfStandardised() {
        return first.isOfStandardised() && second.isOfStandardised();
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        Flow start = first.build(dimension, seed, context);
        return second.build(dimension, SplitMix.at(seed, before()), context).withParts(part -> start.then(part.bijection()));
    }

    /** How many recipes come before the second one: each has a seed of its own. */
    private int before() {
        return first instanceof FlowsInTurn turns ? turns.before() + 1 : 1;
    }

    @Override
    public String toString() {
        return first + ", then " + second;
    }
}
