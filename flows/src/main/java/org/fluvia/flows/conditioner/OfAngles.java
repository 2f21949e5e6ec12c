package org.fluvia.flows.conditioner;

import static org.fluvia.autodiff.Functions.cos;
import static org.fluvia.autodiff.Functions.sin;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;

/**
 * A conditioner of angles: it is given their cosines and sines, so what it gives is the same after a full turn. The context is as it is.
 *
 * @param network what is made of the cosines, one after the other, and the sines
 */
public record OfAngles(Conditioner.Recipe network) implements Conditioner.Recipe {
    public OfAngles {
        Dimensions.present("OfAngles", "network", network);
    }

    @Override
    public Conditioner build(int given, int elements, List<Parameter> parameters, Context context, long seed) {
        Conditioner built = network.build(2 * given, elements, parameters, context, seed);
        if (given == 0) return built;
        return new Conditioner() {
            @Override
            public List<Expr> weights() {
                return built.weights();
            }

            @Override
            public Expr logPrior() {
                return built.logPrior();
            }

            @Override
            public List<Expr> parameters(Expr angles) {
                return built.parameters(Expr.concat(cos(angles), sin(angles)));
            }
        };
    }
}
