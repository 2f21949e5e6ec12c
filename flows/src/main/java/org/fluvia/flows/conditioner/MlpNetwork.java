package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.transformer.Parameter;

/** What {@link Mlp} builds. */
final class MlpNetwork implements Conditioner {
    private final Mlp recipe;
    private final int elements;
    private final List<Parameter> parameters;
    private final Context context;
    private final List<DenseLayer> layers = new ArrayList<>();

    MlpNetwork(Mlp recipe, int inputs, int elements, List<Parameter> parameters, Context context, long seed) {
        this.recipe = recipe;
        this.elements = elements;
        this.parameters = parameters;
        this.context = context;
        int in = inputs;
        for (int width : recipe.widths()) {
            layers.add(new DenseLayer(in, Start.hidden(recipe, layers.size(), in, width, seed)));
            in = width;
        }
        layers.add(new DenseLayer(in, Start.last(recipe, layers.size(), in, Parameter.start(parameters, elements), seed)));
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
        List<Expr> sums = recipe.sums(layers, recipe.input(context.with(given)));
        return Parameter.split(sums.get(sums.size() - 1), parameters, elements);
    }
}
