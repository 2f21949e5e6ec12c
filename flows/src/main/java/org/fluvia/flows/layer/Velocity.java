package org.fluvia.flows.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.conditioner.Context;

/**
 * A network v(t, x) with one or two hidden layers of tanh, whose divergence, the trace of dv/dx, is known in closed form. With
 * s = 1 - tanh^2 of a hidden layer's sums and X the columns of the first matrix that belong to x, it is for one hidden layer
 * s . c with c_k = (X W)_kk, and for two s2' Q s1, where Q is the second matrix times (X W)', element by element; W is the last matrix.
 * The c and the Q are the same for all x: the divergence costs no more than the network, in any dimension.
 */
final class Velocity {
    private final int dimension;
    private final Context context;
    private final List<Expr> matrices = new ArrayList<>();
    private final List<Expr> biases = new ArrayList<>();

    /** Hidden layers start at random as those of a perceptron do, the last layer as exact zeros. */
    Velocity(int dimension, List<Integer> hidden, Context context, long seed) {
        this.dimension = dimension;
        this.context = context;
        int in = context.size() + 1 + dimension;
        for (int width : hidden) {
            double[] normal = NormalNoise.of(SplitMix.at(seed, biases.size())).values(width * in + width);
            for (int i = 0; i < width * in; i++) normal[i] /= Math.sqrt(in);
            add(in, width, Arrays.copyOf(normal, width * in), Arrays.copyOfRange(normal, width * in, normal.length));
            in = width;
        }
        add(in, dimension, new double[dimension * in], new double[dimension]);
    }

    private void add(int in, int out, double[] matrix, double[] bias) {
        int layer = matrices.size() + 1;
        matrices.add(Expr.shared("matrix " + layer, Shape.of(out, in), matrix));
        biases.add(Expr.shared("bias " + layer, Shape.of(out), bias));
    }

    List<Expr> weights() {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            all.add(matrices.get(i));
            all.add(biases.get(i));
        }
        all.addAll(context.weights());
        return all;
    }

    /** v, and after its elements the divergence: a vector (d + 1). */
    Expr withDivergence(Expr t, Expr x) {
        int given = context.size();
        Expr first = matrices.get(0);
        Expr start = given == 0 ? biases.get(0) : Functions.part(first, 0, given).matmul(context.value()).plus(biases.get(0));
        Expr h = Functions.part(first, given, given + 1 + dimension).matmul(Expr.concat(t, x)).plus(start).tanh();
        Expr slopes = slopes(h);
        Expr last = matrices.get(matrices.size() - 1);
        Expr product = Functions.part(first, given + 1, given + 1 + dimension).matmul(last);
        Expr divergence;
        if (matrices.size() == 2) {
            divergence = slopes.dot(Matrices.diagonal(product));
        } else {
            Expr both = matrices.get(1).times(product.transpose());
            h = matrices.get(1).matmul(h).plus(biases.get(1)).tanh();
            divergence = slopes(h).dot(both.matmul(slopes));
        }
        return Expr.concat(last.matmul(h).plus(biases.get(biases.size() - 1)), divergence);
    }

    private static Expr slopes(Expr h) {
        return Expr.of(1).minus(h.square());
    }
}
