package org.fluvia.flows;

import java.util.function.IntFunction;
import org.fluvia.flows.conditioner.Context;

/** A recipe for flows of any dimension. Implementations are immutable and say in {@link Object#toString} what they build. */
@FunctionalInterface
public interface FlowSpec {
    /**
     * A flow whose bijection starts as exactly the identity, whatever the context; but for a {@link Mixture}.
     *
     * @param dimension d, at least 1
     * @param seed of what is random in the flow's initial weights and structure
     * @param context what the flow is conditional on
     */
    Flow build(int dimension, long seed, Context context);

    /** What a flow is built for. */
    enum Use {
        /** Draws with their log-density: the reverse KL. */
        DRAWS,
        /** The log-density of given values: maximum likelihood. */
        DENSITY
    }

    /**
     * The recipe turned the way round that is cheap for this use, where a family can be turned and was not told how; otherwise itself.
     * {@link Flow#drawCost} and {@link Flow#densityCost} tell what it takes then.
     */
    default FlowSpec towards(Use use) {
        return this;
    }

    /**
     * The recipe of flows of this kind followed by the maps of another kind, such as {@link Flows#heavyTails}. The base is this one's.
     */
    default FlowSpec then(FlowSpec next) {
        return new FlowsInTurn(this, next);
    }

    /** The recipe of flows of this kind that begin with another base: {@code spec.from(d -> Base.studentT(d, 10))}. */
    default FlowSpec from(IntFunction<Base> base) {
        return new FlowsFrom(this, base);
    }

    /**
     * Whether its flows are of data of mean 0 and standard deviation 1, as flows of all of R^d are best: {@link Learning} brings data there.
     * False for a recipe whose last map is of data as they are, such as a logit of numbers between 0 and 1.
     */
    default boolean isOfStandardised() {
        return true;
    }

    /** A flow without a context. */
    default Flow build(int dimension, long seed) {
        return build(dimension, seed, Context.none());
    }

    /**
     * Learns the distribution that samples are of, by maximum likelihood with the defaults of {@link Learning}.
     *
     * @throws IllegalArgumentException if there are too few rows, or columns that do not vary or repeat each other
     */
    default LearnedFlow fit(Samples samples) {
        return Learning.of(this).run(samples);
    }
}
