package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/**
 * What a conditional flow is conditional on, given when the flow is built.
 *
 * @param value a vector, per draw or shared; of no elements where there is no context
 * @param weights shared inputs that it is made of and that training may change with the flow's, such as those of an embedding, {@link Mlp#embedding};
 *     empty if there are none
 */
public record Context(Expr value, List<Expr> weights) {
    private static final Context NONE = new Context(Expr.vector(), List.of());

    public Context {
        if (Dimensions.present("Context", "value", value).shape().rank() != 1) {
            throw new IllegalArgumentException("Context: value must be a vector, but was of shape " + value.shape());
        }
        weights = Dimensions.all("Context", "weights", weights);
    }

    /** No context: the flow is one distribution. */
    public static Context none() {
        return NONE;
    }

    /** An expression of data or of other inputs, without weights of its own. */
    public static Context of(Expr value) {
        return new Context(value, List.of());
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
