package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Parameter;

/**
 * What {@link Mlp} and {@link Convolution} build.
 *
 * @param input what the first layer is given, of what the conditioner is given
 */
record Network(Wiring wiring, List<Layer> layers, UnaryOperator<Expr> input, Context context, List<Parameter> parameters, int elements)
        implements Conditioner {

    @Override
    public Expr logPrior() {
        return Layer.logPrior(layers);
    }

    @Override
    public List<Expr> weights() {
        List<Expr> all = new ArrayList<>();
        for (Layer layer : layers) all.addAll(layer.weights());
        all.addAll(context.weights());
        return all;
    }

    @Override
    public List<Expr> parameters(Expr given) {
        List<Expr> sums = wiring.sums(layers, input.apply(given));
        return Parameter.split(sums.get(sums.size() - 1).flatten(), parameters, elements);
    }
}
