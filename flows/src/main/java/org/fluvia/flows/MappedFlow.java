package org.fluvia.flows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.check.Layers;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of y = f(x) for a draw x (d) of a base distribution p and a bijection f, recorded on expressions:
 * log q(y) = log p(x) - log |det df/dx|. {@link Flow#of} makes one.
 *
 * <p>Numerics: with a standard normal base a log-density is minus infinity where the square of x overflows, from about 1e154 on; its
 * derivatives are finite where it is.
 */
public final class MappedFlow implements Flow {
    private final Base base;
    private final Bijection bijection;
    private final Weights weights;

    MappedFlow(Base base, Bijection bijection) {
        this.base = base;
        this.bijection = bijection;
        List<Expr> all = new ArrayList<>(base.weights());
        all.addAll(bijection.weights());
        this.weights = Weights.of(all);
    }

    @Override
    public MappedFlow then(Bijection next) {
        return new MappedFlow(base, Chain.of(bijection, next));
    }

    @Override
    public Flow withParts(Function<MappedFlow, ? extends Flow> change) {
        return change.apply(this);
    }

    @Override
    public List<MappedFlow> parts() {
        return List.of(this);
    }

    @Override
    public int dimension() {
        return bijection.dimension();
    }

    /** What draws begin with. */
    public Base base() {
        return base;
    }

    /** What makes values of the base's draws. */
    public Bijection bijection() {
        return bijection;
    }

    /** Those of the base, then those of the bijection. */
    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Cost drawCost() {
        return bijection.forwardCost();
    }

    @Override
    public Cost densityCost() {
        return bijection.inverseCost();
    }

    @Override
    public Draw sample(Expr noise) {
        Dimensions.check("Flow", ".sample: noise", dimension(), noise);
        Expr x = base.ofNoise(noise);
        Transformed t = bijection.forward(x);
        return new Draw(t.value(), base.logDensity(x).minus(t.logAbsDetJacobian()));
    }

    @Override
    public Expr logDensity(Expr value) {
        Dimensions.check("Flow", ".logDensity: value", dimension(), value);
        Transformed t = bijection.inverse(value);
        return base.logDensity(t.value()).plus(t.logAbsDetJacobian());
    }

    /** The noise (d) that {@link #sample} makes a value (d) of; null where the base is not that noise itself. */
    public @Nullable Expr noiseOf(Expr value) {
        Dimensions.check("Flow", ".noiseOf: value", dimension(), value);
        return base instanceof StandardNormal ? bijection.inverse(value).value() : null;
    }

    /**
     * The density is that of the inverse with weights held fixed. Each layer's inverse is known to give back what the
     * layer was given, so only its derivative is computed, and no network is evaluated twice (the fast path
     * gradients of Vaitl et al. 2024).
     */
    @Override
    public Draw pathSample(Expr noise) {
        Dimensions.check("Flow", ".pathSample: noise", dimension(), noise);
        List<Bijection> layers = bijection instanceof Chain c ? c.layers() : List.of(bijection);
        List<Expr> given = new ArrayList<>();
        Expr value = base.ofNoise(noise);
        for (int i = 0; i < layers.size(); i++) {
            Bijection layer = layers.get(i);
            Expr before = value;
            given.add(before);
            value = Layers.recorded(layers, i, () -> layer.forward(before).value());
        }
        Expr x = value;
        Expr logDet = Expr.of(0);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Bijection layer = layers.get(i);
            Expr after = x;
            Expr before = given.get(i);
            Transformed back = Layers.recorded(layers, i, () -> inverseWithFixedWeights(layer, after, before));
            x = back.value();
            logDet = logDet.plus(back.logAbsDetJacobian());
        }
        return new Draw(value, logDensityWithFixedWeights(x).plus(logDet));
    }

    private static Transformed inverseWithFixedWeights(Bijection layer, Expr y, Expr x) {
        Expr image = standIn(layer.dimension());
        Expr known = standIn(layer.dimension());
        Transformed t = layer.inverseKnowing(image, known);
        List<Expr> fixed = withFixed(layer.weights(), List.of(t.value(), t.logAbsDetJacobian()), Map.of(image, y, known, x));
        return new Transformed(fixed.get(0), fixed.get(1));
    }

    private Expr logDensityWithFixedWeights(Expr x) {
        Expr standIn = standIn(dimension());
        return withFixed(base.weights(), List.of(base.logDensity(standIn)), Map.of(standIn, x)).get(0);
    }

    /** What a map is recorded on, because its argument depends on weights that are not to be held fixed. */
    private static Expr standIn(int dimension) {
        return Expr.perDraw("y", Shape.of(dimension));
    }

    static List<Expr> withFixed(List<Expr> weights, List<Expr> recorded, Map<Expr, Expr> arguments) {
        Map<Expr, Expr> replacements = new HashMap<>(arguments);
        for (Expr w : weights) replacements.put(w, w.stopGradient());
        return Expr.substitute(recorded, replacements);
    }

    @Override
    public String toString() {
        return "Flow(" + base + ", " + bijection + ")";
    }
}
