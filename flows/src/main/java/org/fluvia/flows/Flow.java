package org.fluvia.flows;

import java.util.List;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;

/**
 * A distribution of vectors (d), recorded on expressions of its weights: draws of it are made of standard normal noise, and its log-density
 * is known in either direction. Immutable and thread-safe.
 */
public sealed interface Flow permits MappedFlow, FlowMixture {

    /**
     * A value of the distribution, a vector (d), and its log-density in nats.
     *
     * @param choice what the derivative of an expectation needs where draws jump, because noise chooses between parts: a scalar that is 0,
     *     and that has a derivative with respect to the weights (the score function of the choice alone, given the value: Ranganath et al. 2014,
     *     "Black box variational inference"). The derivative of E[f(draw)] is E[f' + f choice'], f' being f's by the value and the log-density
     */
    record Draw(Expr value, Expr logDensity, Expr choice) {
        private static final Expr NONE = Expr.of(0);

        /** A draw of a flow that chooses nothing. */
        public Draw(Expr value, Expr logDensity) {
            this(value, logDensity, NONE);
        }

        /** Whether noise chose between parts. */
        public boolean isChosen() {
            return choice != NONE;
        }
    }

    /** The distribution that the map makes of the standard normal one. */
    static MappedFlow of(Bijection bijection) {
        return of(Base.standardNormal(Dimensions.present("Flow", "bijection", bijection).dimension()), bijection);
    }

    /**
     * The distribution that the map makes of the base.
     *
     * @throws IllegalArgumentException if their dimensions differ
     */
    static MappedFlow of(Base base, Bijection bijection) {
        Dimensions.present("Flow", "base", base);
        if (base.dimension() != Dimensions.present("Flow", "bijection", bijection).dimension()) {
            throw new IllegalArgumentException("Flow: the base must have the dimension of the bijection, " + bijection.dimension()
                    + ", but has " + base.dimension());
        }
        return new MappedFlow(base, bijection);
    }

    /** The mixture of flows of one dimension, with shares that begin equal. */
    static FlowMixture mixture(List<? extends Flow> flows) {
        return mixture(flows, Context.none(), 0);
    }

    /**
     * The mixture of flows of one dimension, with shares that begin equal and whose logits are linear in the context.
     *
     * @param flows at least one
     * @param seed of what is random in the shares' initial weights
     */
    static FlowMixture mixture(List<? extends Flow> flows, Context context, long seed) {
        return FlowMixture.of(flows, context, seed);
    }

    /** This flow followed by another map. */
    default Flow then(Bijection next) {
        return withParts(part -> part.then(next));
    }

    /** This flow with another in the place of each of its {@link #parts}. */
    Flow withParts(Function<MappedFlow, ? extends Flow> change);

    /** The flows of a base and a bijection that it is made of; of such a flow, itself. */
    List<MappedFlow> parts();

    /** d, the number of elements of a draw. */
    int dimension();

    /** The shared inputs that training may change, a context's among them. */
    Weights weights();

    /** Tests the flow with its initial weights: see {@link FittedFlow#check}. */
    default FlowCheck check() {
        return FittedFlow.of(this, weights().initial()).check();
    }

    /** What a draw with its log-density takes. */
    Cost drawCost();

    /** What the log-density at a value takes. */
    Cost densityCost();

    /**
     * The value made of standard normal noise (d), and its log-density, whose derivative with respect to the weights is the
     * total one.
     */
    Draw sample(Expr noise);

    /** The log-density at a value (d). */
    Expr logDensity(Expr value);

    /**
     * As {@link #sample}, with a log-density whose derivative with respect to the weights goes through the value alone, not
     * through the weights of the density ("sticking the landing", Roeder et al. 2017): the rest has expectation zero, and leaving
     * it out leaves a gradient without noise where the flow equals its target.
     */
    Draw pathSample(Expr noise);
}
