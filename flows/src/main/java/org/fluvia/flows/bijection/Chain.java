package org.fluvia.flows.bijection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Layers;

/** Bijections one after the other, the first of the list applied first; log-determinants add up. A value that is not finite names its layer. */
public final class Chain implements Bijection {
    private final List<Bijection> layers;

    private Chain(List<Bijection> layers) {
        this.layers = layers;
    }

    /** The layers in the order in which forward applies them; chains among them are taken apart. */
    public static Chain of(Bijection... layers) {
        return of(Arrays.asList(Dimensions.present("Chain", "layers", layers)));
    }

    /**
     * The layers in the order in which forward applies them; chains among them are taken apart.
     *
     * @throws IllegalArgumentException if there is none, or their dimensions differ
     */
    public static Chain of(List<Bijection> layers) {
        List<Bijection> flat = new ArrayList<>();
        for (Bijection layer : Dimensions.all("Chain", "layers", layers)) flat.addAll(layersOf(layer));
        if (flat.isEmpty()) throw new IllegalArgumentException("Chain: layers must not be empty");
        for (Bijection layer : flat) {
            if (layer.dimension() != flat.get(0).dimension()) {
                throw new IllegalArgumentException("Chain: layers must have one dimension, but were "
                        + flat.stream().map(Object::toString).collect(Collectors.joining(", ")));
            }
        }
        return new Chain(List.copyOf(flat));
    }

    /**
     * Layers of one recipe, each with weights of its own.
     *
     * @param times how many, at least 1
     * @param seed of what is random in them
     * @param recipe makes a layer with a seed of its own
     */
    public static Chain repeat(int times, long seed, LongFunction<? extends Bijection> recipe) {
        Dimensions.atLeast("Chain", "times", 1, times);
        Dimensions.present("Chain", "recipe", recipe);
        return of(LongStream.range(0, times).<Bijection>mapToObj(i -> recipe.apply(SplitMix.at(seed, i))).toList());
    }

    /** The layers of a chain; of anything else, itself. */
    static List<Bijection> layersOf(Bijection map) {
        return map instanceof Chain c ? c.layers : List.of(map);
    }

    /** The layers in the order in which forward applies them; none of them is a chain. */
    public List<Bijection> layers() {
        return layers;
    }

    @Override
    public int dimension() {
        return layers.get(0).dimension();
    }

    @Override
    public Expr logPrior() {
        return layers.stream().map(Bijection::logPrior).reduce(Expr.of(0), Expr::plus);
    }

    @Override
    public List<Expr> weights() {
        return layers.stream().flatMap(layer -> layer.weights().stream()).distinct().toList();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        Expr value = x;
        Expr logDet = Expr.of(0);
        for (int i = 0; i < layers.size(); i++) {
            Bijection layer = layers.get(i);
            Expr before = value;
            Transformed t = Layers.recorded(layers, i, () -> layer.forward(before));
            value = t.value();
            logDet = logDet.plus(t.logAbsDetJacobian());
        }
        return new Transformed(value, logDet);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        Expr value = y;
        Expr logDet = Expr.of(0);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Bijection layer = layers.get(i);
            Expr after = value;
            Transformed t = Layers.recorded(layers, i, () -> layer.inverse(after));
            value = t.value();
            logDet = logDet.plus(t.logAbsDetJacobian());
        }
        return new Transformed(value, logDet);
    }

    /** Each layer's inverse is known to give back what the layer was given, which is computed again; what has computed it shares it. */
    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension(), y);
        List<Expr> given = new ArrayList<>(List.of(x));
        for (int i = 0; i < layers.size() - 1; i++) {
            Bijection layer = layers.get(i);
            Expr before = given.get(i);
            given.add(Layers.recorded(layers, i, () -> layer.forward(before).value()));
        }
        Expr value = y;
        Expr logDet = Expr.of(0);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Bijection layer = layers.get(i);
            Expr before = given.get(i);
            Expr after = value;
            Transformed t = Layers.recorded(layers, i, () -> layer.inverseKnowing(after, before));
            value = t.value();
            logDet = logDet.plus(t.logAbsDetJacobian());
        }
        return new Transformed(value, logDet);
    }

    @Override
    public List<Normalising.Met> normalising(Expr given, boolean inverse) {
        List<Normalising.Met> all = new ArrayList<>();
        Expr value = given;
        for (int i = 0; i < layers.size(); i++) {
            Bijection layer = layers.get(inverse ? layers.size() - 1 - i : i);
            all.addAll(layer.normalising(value, inverse));
            value = (inverse ? layer.inverse(value) : layer.forward(value)).value();
        }
        return all;
    }

    @Override
    public Cost forwardCost() {
        return layers.stream().map(Bijection::forwardCost).reduce(Cost.ONE_PASS, Cost::and);
    }

    @Override
    public Cost inverseCost() {
        return layers.stream().map(Bijection::inverseCost).reduce(Cost.ONE_PASS, Cost::and);
    }

    @Override
    public String toString() {
        return "Chain" + layers;
    }
}
