package org.fluvia.flows.conditioner;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Parameter;

/** What gives the elements of a layer their parameters. Implementations are immutable and thread-safe. */
public interface Conditioner {
    /** The shared inputs that training may change, those of the context among them, in a fixed order. */
    List<Expr> weights();

    /**
     * The parameters, one expression for each, of its {@link Parameter#shape} for the elements it was built for. With the initial
     * weights they are where the parameters start.
     *
     * @param given the vector that they depend on besides the context; of no elements for a layer that has none to give
     */
    List<Expr> parameters(Expr given);

    /** See {@link org.fluvia.flows.bijection.Bijection#logPrior}. */
    default Expr logPrior() {
        return Expr.of(0);
    }

    /** A recipe for conditioners of any size. Implementations are immutable. */
    @FunctionalInterface
    interface Recipe {
        /**
         * A conditioner.
         *
         * @param given the number of elements of the vector it is given; 0 if there is none
         * @param elements how many elements it gives parameters to
         * @param parameters what each of them needs
         * @param seed of random initial weights; equal seeds give equal weights
         * @throws IllegalArgumentException if there is a context that it cannot depend on
         */
        Conditioner build(int given, int elements, List<Parameter> parameters, Context context, long seed);
    }
}
