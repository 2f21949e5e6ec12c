package org.fluvia.flows;

/** A recipe for flows of any dimension. Implementations are immutable and say in {@link Object#toString} what they build. */
@FunctionalInterface
public interface FlowSpec {
    /**
     * A flow whose bijection starts as exactly the identity.
     *
     * @param dimension d, at least 1
     * @param seed of what is random in the flow's initial weights and structure
     */
    Flow build(int dimension, long seed);
}
