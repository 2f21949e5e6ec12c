package org.fluvia.flows.layer;

import static org.fluvia.autodiff.Functions.softmax;
import static org.fluvia.autodiff.Functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Solve;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.layer.BlockLayer.Units;
import org.jspecify.annotations.Nullable;

/**
 * A block neural autoregressive flow (BNAF; De Cao et al. 2019): one network with a block of hidden units for each element, in which
 * units depend increasingly on their own element and in any way on those before, y_i = x_i + sum of p_ij (exp(k_ij) - 1) u_ij(x_1, ...,
 * x_i) + anything of units of elements before + shift_i. log |det| = sum of log dy_i/dx_i, per draw.
 *
 * <p>Two things are unlike the paper. The positive weights of a block row, there exp(V) normalised, here sum to 1 (a softmax), and units are
 * scaled to have slopes of at most 1: derivatives are then means, of numbers within 0 and 1, and need no logarithms of sums
 * of exponentials on their way through the layers. And the identity is added, as in the paper's gated residual, with gains exp(k) - 1 for
 * each unit: dy_i/dx_i is a weighted mean of 1 and of exp(k_ij), k = 4 tanh(a weight), so within exp(-4) and exp(4) whatever the
 * weights. Hence the map is onto; tanh alone is not, and a density made with it does not integrate to one. With gains 0 it
 * is exactly the identity.
 *
 * <p>Forward is one pass. The inverse is one element after the other, each by {@link Solve}. A context is before the first element: every
 * layer adds what it makes of it.
 */
public final class BlockAutoregressive implements Bijection {
    private static final double LOG_GAIN = 4;

    private final int dimension;
    private final Context context;
    private final List<BlockLayer> layers = new ArrayList<>();
    private final BlocksBelow last;
    private final Expr logGain;
    /** Of the shares p; null where there is one unit. */
    private final @Nullable Expr logShares;

    private BlockAutoregressive(int dimension, List<Integer> hidden, Context context, long seed) {
        this.dimension = dimension;
        this.context = context;
        int inputs = 1;
        for (int units : hidden) {
            int number = layers.size() + 1;
            layers.add(new BlockLayer(number, dimension, inputs, units, context.size(), SplitMix.at(seed, number)));
            inputs = units;
        }
        this.last = new BlocksBelow(hidden.size() + 1, dimension, 1, inputs, context.size(), k -> 0, k -> 0);
        int units = dimension * inputs;
        this.logGain = Expr.shared("log gain", Shape.of(units), new double[units]);
        this.logShares = inputs == 1 ? null : Expr.shared("log shares", Shape.of(dimension, inputs), new double[units]);
    }

    /**
     * A layer of any depth.
     *
     * @param hidden units for each element in each hidden layer, at least one layer of at least 1
     * @param seed of random initial weights
     */
    public static BlockAutoregressive of(int dimension, List<Integer> hidden, Context context, long seed) {
        Dimensions.positive("BlockAutoregressive", dimension);
        Dimensions.present("BlockAutoregressive", "context", context);
        if (Dimensions.widths("BlockAutoregressive", hidden).isEmpty()) {
            throw new IllegalArgumentException("BlockAutoregressive: there must be a hidden layer, but there was none");
        }
        return new BlockAutoregressive(dimension, List.copyOf(hidden), context, seed);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        List<Expr> all = new ArrayList<>();
        for (BlockLayer layer : layers) all.addAll(layer.weights());
        all.addAll(last.weights());
        all.add(logGain);
        if (logShares != null) all.add(logShares);
        all.addAll(context.weights());
        return all;
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        Pass all = all(x);
        return new Transformed(all.value(), all.logSlope().sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return oneByOne(null, (i, f) -> Solve.increasing(y.slice(i, i + 1), f));
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        return oneByOne(all(x), (i, f) -> Solve.increasingKnowing(y.slice(i, i + 1), x.slice(i, i + 1), f));
    }

    @Override
    public Cost inverseCost() {
        return Cost.ITERATIVE;
    }

    /**
     * Some elements on their way through the layers.
     *
     * @param before what elements before them add, in each layer and in the end
     * @param inputs of each layer and of the end
     */
    private record Pass(List<Expr> before, List<Expr> inputs, Expr value, Expr logSlope) {}

    private interface Before {
        /** What elements before add in a layer, whose inputs of these elements are given. */
        Expr of(int layer, Expr inputs);
    }

    private interface Step {
        /** An element that f maps. */
        Expr of(int element, UnaryOperator<Expr> f);
    }

    private Pass all(Expr x) {
        return pass(0, dimension, x, (layer, inputs) -> below(layer).all(known(List.of(inputs))));
    }

    private Pass pass(int from, int to, Expr x, Before source) {
        List<Expr> before = new ArrayList<>();
        List<Expr> inputs = new ArrayList<>();
        Units units = new Units(x, Expr.of(1));
        for (int i = 0; i <= layers.size(); i++) {
            inputs.add(units.value());
            before.add(source.of(i, units.value()));
            if (i < layers.size()) units = layers.get(i).of(from, to, units, before.get(i));
        }
        Expr gain = gains(from, to);
        Expr value = x.plus(sum(units.value().reshape(gain.shape()).times(gain), 1)).plus(before.get(layers.size()));
        Expr slope = sum(units.slope().reshape(gain.shape()).times(gain), 1);
        return new Pass(before, inputs, value, slope.log1p());
    }

    /** A row for each element. */
    private Expr gains(int from, int to) {
        int units = logGain.shape().size() / dimension;
        Expr gain = logGain.tanh().times(LOG_GAIN).expm1().reshape(Shape.of(dimension, units));
        return (logShares == null ? gain : gain.times(softmax(logShares))).slice(from, to);
    }

    private BlocksBelow below(int layer) {
        return layer < layers.size() ? layers.get(layer).below() : last;
    }

    private Expr known(List<Expr> inputs) {
        List<Expr> all = new ArrayList<>(inputs);
        if (context.size() > 0) all.add(0, context.value());
        return all.size() == 1 ? all.get(0) : Expr.concat(all.toArray(Expr[]::new));
    }

    /** @param all where all elements are known already; its values are taken, and only derivatives go one by one */
    private Transformed oneByOne(@Nullable Pass all, Step step) {
        List<List<Expr>> inputs = new ArrayList<>();
        for (int layer = 0; layer <= layers.size(); layer++) inputs.add(new ArrayList<>());
        List<Expr> logSlopes = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            List<Expr> before = new ArrayList<>();
            for (int layer = 0; layer <= layers.size(); layer++) {
                Expr sum = below(layer).of(i, known(inputs.get(layer)));
                int rows = sum.shape().size();
                before.add(all == null || !sum.isPerDraw() ? sum
                        : all.before().get(layer).slice(i * rows, (i + 1) * rows).withDerivativeOf(sum));
            }
            int element = i;
            UnaryOperator<Expr> f = v -> pass(element, element + 1, v, (layer, none) -> before.get(layer)).value();
            Pass own = pass(i, i + 1, step.of(i, f), (layer, none) -> before.get(layer));
            for (int layer = 0; layer <= layers.size(); layer++) inputs.get(layer).add(own.inputs().get(layer));
            logSlopes.add(own.logSlope());
        }
        Expr x = Expr.concat(inputs.get(0).toArray(Expr[]::new));
        return new Transformed(x, Expr.concat(logSlopes.toArray(Expr[]::new)).sum().unaryMinus());
    }

    @Override
    public String toString() {
        return "BlockAutoregressive(" + dimension + ")";
    }
}
