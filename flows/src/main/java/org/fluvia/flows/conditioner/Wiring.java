package org.fluvia.flows.conditioner;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * How the layers of a network follow each other, whatever their matrices are. Layers are counted from 0.
 *
 * @param activation what hidden layers make of their sums
 * @param residual whether every second layer but the first adds to what the layer before it was given
 * @param limited whether inputs beyond a limit count as that
 */
record Wiring(Activation activation, boolean residual, boolean limited) {
    private static final double LARGEST_INPUT = 1e6;

    /** Whether a layer but the last adds to what the layer before it was given. */
    boolean adds(int layer) {
        return residual && layer > 0 && layer % 2 == 0;
    }

    /** The units of a layer but the last: of its sums and, where it adds, what the layer before it was given. */
    Expr units(int layer, Expr sums, Expr before) {
        return adds(layer) ? before.plus(sums) : activation.at(sums);
    }

    /** What the first layer is given. */
    Expr input(Expr x) {
        return limited ? x.clamp(-LARGEST_INPUT, LARGEST_INPUT) : x;
    }

    /** The sums of each layer, the last of which are the outputs. */
    List<Expr> sums(List<? extends Layer> layers, Expr x) {
        List<Expr> sums = new ArrayList<>();
        Expr h = input(x);
        Expr before = h;
        for (int i = 0; i < layers.size(); i++) {
            Expr sum = layers.get(i).at(h);
            sums.add(sum);
            if (i == layers.size() - 1) break;
            Expr next = units(i, sum, before);
            before = h;
            h = next;
        }
        return sums;
    }
}
