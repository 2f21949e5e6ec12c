package org.fluvia.flows.layer;

import static org.fluvia.autodiff.Functions.repeatColumns;
import static org.fluvia.autodiff.Functions.softmax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A hidden layer of {@link BlockAutoregressive}: a block of units for each element. A unit adds up a mean, with positive weights, of
 * its element's units in the layer before, and any multiples of those of elements before; it gives s(a t) / a of that sum t, where
 * s(z) = (tanh z + c z) / (1 + c) with c = 0.1, so that its slope is at most 1 and nowhere 0.
 */
final class BlockLayer {
    private static final double LEAK = 0.1;
    private static final double LOG_STEEPNESS = 3;

    private final int inputs;
    private final int units;
    private final boolean first;
    private final BlocksBelow below;
    private final Expr logSteepness;
    /** Of the weights of the mean, a row for each unit; null where there is one input, which has the weight 1. */
    private final @Nullable Expr logShares;

    /** @param inputs units of an element in the layer before; 1 for the first layer, whose input is the element */
    BlockLayer(int number, int elements, int inputs, int units, int context, long seed) {
        this.inputs = inputs;
        this.units = units;
        this.first = number == 1;
        int rows = elements * units;
        int matrix = rows * (context + elements * inputs);
        double[] random = NormalNoise.of(seed).values(matrix + rows * (2 + inputs));
        this.below = new BlocksBelow(number, elements, units, inputs, context, k -> random[k], k -> random[matrix + k]);
        double[] steepness = Arrays.copyOfRange(random, matrix + rows, matrix + 2 * rows);
        for (int i = 0; i < rows; i++) steepness[i] *= 0.5;
        this.logSteepness = Expr.shared("log steepness " + number, Shape.of(rows), steepness);
        this.logShares = inputs == 1 ? null
                : Expr.shared("log shares " + number, Shape.of(rows, inputs), Arrays.copyOfRange(random, matrix + 2 * rows, random.length));
    }

    /**
     * What units give.
     *
     * @param slope the derivative of each by its element
     */
    record Units(Expr value, Expr slope) {}

    List<Expr> weights() {
        List<Expr> all = new ArrayList<>(below.weights());
        all.add(logSteepness);
        if (logShares != null) all.add(logShares);
        return all;
    }

    BlocksBelow below() {
        return below;
    }

    /**
     * The units of elements from, inclusive, to, exclusive.
     *
     * @param own those of these elements in the layer before
     * @param before what elements before these add
     */
    Units of(int from, int to, Units own, Expr before) {
        Expr a = logSteepness.slice(from * units, to * units).div(LOG_STEEPNESS).tanh().times(LOG_STEEPNESS).exp();
        Expr z = means(from, to, own.value()).plus(before).times(a);
        Expr tanh = z.tanh();
        Expr value = tanh.plus(z.times(LEAK)).div(a.times(1 + LEAK));
        Expr slope = Expr.of(1 + LEAK).minus(tanh.square()).div(1 + LEAK);
        return new Units(value, first ? slope : slope.times(means(from, to, own.slope())));
    }

    private Expr means(int from, int to, Expr own) {
        if (logShares == null) return repeatColumns(own, units).flatten();
        Expr shares = softmax(logShares);
        Expr[] blocks = new Expr[to - from];
        for (int i = from; i < to; i++) {
            Expr units = own.slice((i - from) * inputs, (i - from + 1) * inputs);
            blocks[i - from] = shares.slice(i * this.units, (i + 1) * this.units).matmul(units);
        }
        return Expr.concat(blocks);
    }
}
