package org.fluvia.flows;

import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;

/** What gives parameters to maps that depend on no element. */
final class Recipes {

    private Recipes() {}

    /** Weights; where there is a context this network of it. */
    static Conditioner.Recipe of(Context context, Conditioner.Recipe network) {
        return Dimensions.present("Flow", "context", context).size() == 0 ? FreeWeights.trainable() : network;
    }
}
