package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;

/**
 * A multilayer perceptron: layers h = tanh(W h + b), and a last layer without tanh whose weights start as exact zeros, so that
 * at first the output is zero whatever the input.
 *
 * <p>Hidden weights start as normal random numbers of variance 1 / inputs (LeCun et al. 1998, 4.6), biases of variance 1. Without
 * biases a network of tanh is odd and cannot bend a straight line: what it learns of a parabola comes from where the
 * biases put the bends.
 *
 * <p>Activations are bounded, so outputs are bounded by the last layer's weights: they and their derivatives are finite for
 * inputs up to 1e300.
 */
final class Mlp {
    private final List<Expr> matrices = new ArrayList<>();
    private final List<Expr> biases = new ArrayList<>();

    /** @param seed of the initial weights of hidden layers; equal seeds give equal weights */
    Mlp(int inputs, List<Integer> hidden, int outputs, long seed) {
        int in = inputs;
        for (int width : hidden) {
            double[] initial = Seeds.normal(SplitMix.at(seed, biases.size()), width * in + width);
            for (int i = 0; i < width * in; i++) initial[i] /= Math.sqrt(in);
            add(in, width, initial);
            in = width;
        }
        add(in, outputs, new double[outputs * in + outputs]);
    }

    private void add(int in, int out, double[] initial) {
        int layer = matrices.size() + 1;
        double[] matrix = java.util.Arrays.copyOf(initial, out * in);
        double[] bias = java.util.Arrays.copyOfRange(initial, out * in, initial.length);
        matrices.add(Expr.shared("matrix " + layer, Shape.of(out, in), matrix));
        biases.add(Expr.shared("bias " + layer, Shape.of(out), bias));
    }

    List<Expr> weights() {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            all.add(matrices.get(i));
            all.add(biases.get(i));
        }
        return all;
    }

    Expr at(Expr x) {
        Expr h = x;
        for (int i = 0; i < matrices.size(); i++) {
            h = matrices.get(i).matmul(h).plus(biases.get(i));
            if (i < matrices.size() - 1) h = h.tanh();
        }
        return h;
    }
}
