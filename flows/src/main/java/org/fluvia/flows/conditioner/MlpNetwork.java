package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.transformer.Parameter;

/** What {@link Mlp} builds. */
final class MlpNetwork implements Conditioner {
    private final int elements;
    private final List<Parameter> parameters;
    private final Context context;
    private final List<Expr> matrices = new ArrayList<>();
    private final List<Expr> biases = new ArrayList<>();

    MlpNetwork(int inputs, List<Integer> hidden, int elements, List<Parameter> parameters, Context context, long seed) {
        this.elements = elements;
        this.parameters = parameters;
        this.context = context;
        int in = inputs;
        for (int width : hidden) {
            double[] initial = Seeds.normal(SplitMix.at(seed, biases.size()), width * in + width);
            for (int i = 0; i < width * in; i++) initial[i] /= Math.sqrt(in);
            add(in, width, Arrays.copyOf(initial, width * in), Arrays.copyOfRange(initial, width * in, initial.length));
            in = width;
        }
        double[] start = Parameter.start(parameters, elements);
        add(in, start.length, new double[start.length * in], start);
    }

    private void add(int in, int out, double[] matrix, double[] bias) {
        int layer = matrices.size() + 1;
        matrices.add(Expr.shared("matrix " + layer, Shape.of(out, in), matrix));
        biases.add(Expr.shared("bias " + layer, Shape.of(out), bias));
    }

    @Override
    public List<Expr> weights() {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            all.add(matrices.get(i));
            all.add(biases.get(i));
        }
        all.addAll(context.weights());
        return all;
    }

    @Override
    public List<Expr> parameters(Expr given) {
        Expr h = context.with(given);
        for (int i = 0; i < matrices.size(); i++) {
            h = matrices.get(i).matmul(h).plus(biases.get(i));
            if (i < matrices.size() - 1) h = h.tanh();
        }
        return Parameter.split(h, parameters, elements);
    }
}
