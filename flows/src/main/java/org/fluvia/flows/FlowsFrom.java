package org.fluvia.flows;

import java.util.function.IntFunction;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;

/** A recipe whose flows begin with another base. */
record FlowsFrom(FlowSpec spec, IntFunction<Base> base) implements FlowSpec {

    FlowsFrom {
        Dimensions.present("from", "base", base);
    }

    @Override
    public FlowSpec towards(Use use) {
        return new FlowsFrom(spec.towards(use), base);
    }

    @Override
    public boolean isOfStandardised() {
        return spec.isOfStandardised();
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        return spec.build(dimension, seed, context).withParts(part -> Flow.of(base.apply(dimension), part.bijection()));
    }

    @Override
    public String toString() {
        return spec + ", from " + base.apply(1);
    }
}
