package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Parameter;

/**
 * What a conditional flow is conditional on, given when the flow is built.
 *
 * @param value a vector, per draw or shared; of no elements where there is no context
 * @param weights shared inputs that it is made of and that training may change with the flow's, such as those of an embedding network;
 *     empty if there are none
 */
public record Context(Expr value, List<Expr> weights) {
    private static final Context NONE = new Context(Expr.vector(), List.of());

    public Context {
        if (value.shape().rank() != 1) {
            throw new IllegalArgumentException("Context: value must be a vector, but was of shape " + value.shape());
        }
        weights = List.copyOf(weights);
    }

    /** No context: the flow is one distribution. */
    public static Context none() {
        return NONE;
    }

    /** An expression of data or of other inputs, without weights of its own. */
    public static Context of(Expr value) {
        return new Context(value, List.of());
    }

    /**
     * What a network makes of this, trained with the flow: fewer elements that say as much, such as those of a series. The last layer starts as
     * the hidden ones do, as from zeros nothing would be learned of the context at first.
     *
     * @param size the number of elements
     * @param seed of random initial weights; equal seeds give equal weights
     * @throws IllegalArgumentException if there is no context
     */
    public Context embedded(Mlp network, int size, long seed) {
        if (size < 1) throw new IllegalArgumentException("Context: size of an embedding must be at least 1, but was " + size);
        if (size() == 0) throw new IllegalArgumentException("Context: there must be a context to embed, but there is none");
        Conditioner embedding = network.lastLayer(1).build(0, size, List.of(Parameter.of("embedding", 0)), this, seed);
        return new Context(embedding.parameters(Expr.vector()).get(0), embedding.weights());
    }

    /** The number of its elements. */
    public int size() {
        return value.shape().size();
    }

    /** This with a vector behind it. */
    Expr with(Expr given) {
        return size() == 0 ? given : given.shape().size() == 0 ? value : Expr.concat(value, given);
    }
}
