package org.fluvia.flows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/**
 * The distribution of y = f(x) for a standard normal x (d) and a bijection f, recorded on expressions:
 * log q(y) = log N(x; 0, I) - log |det df/dx|. Immutable and thread-safe.
 *
 * <p>Numerics: a log-density is minus infinity where the square of x overflows, from about 1e154 on; its derivatives are finite
 * where it is.
 */
public final class Flow {
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final Bijection bijection;
    private final Weights weights;

    /** A value of the distribution, a vector (d), and its log-density in nats. */
    public record Draw(Expr value, Expr logDensity) {}

    private Flow(Bijection bijection) {
        this.bijection = bijection;
        this.weights = Weights.of(bijection.weights());
    }

    /** The distribution that the map makes of the standard normal one. */
    public static Flow of(Bijection bijection) {
        return new Flow(bijection);
    }

    /** This flow followed by another map. */
    public Flow then(Bijection next) {
        return new Flow(Chain.of(bijection, next));
    }

    /** d, the number of elements of a draw. */
    public int dimension() {
        return bijection.dimension();
    }

    public Bijection bijection() {
        return bijection;
    }

    public Weights weights() {
        return weights;
    }

    /**
     * The value made of standard normal noise (d), and its log-density, whose derivative with respect to the weights is the
     * total one.
     */
    public Draw sample(Expr noise) {
        Dimensions.check("Flow.sample: noise", dimension(), noise);
        Transformed t = bijection.forward(noise);
        return new Draw(t.value(), standardNormal(noise).minus(t.logAbsDetJacobian()));
    }

    /** The log-density at a value (d). */
    public Expr logDensity(Expr value) {
        Dimensions.check("Flow.logDensity: value", dimension(), value);
        Transformed t = bijection.inverse(value);
        return standardNormal(t.value()).plus(t.logAbsDetJacobian());
    }

    /**
     * As {@link #sample}, with a log-density whose derivative with respect to the weights goes through the value alone, not
     * through the weights of the density ("sticking the landing", Roeder et al. 2017): the rest has expectation zero, and leaving
     * it out leaves a gradient without noise where the flow equals its target.
     *
     * <p>The density is that of the inverse with weights held fixed. Each layer's inverse is known to give back what the
     * layer was given, so only its derivative is computed, and no network is evaluated twice (the fast path
     * gradients of Vaitl et al. 2024).
     */
    public Draw pathSample(Expr noise) {
        Dimensions.check("Flow.pathSample: noise", dimension(), noise);
        List<Bijection> layers = Chain.layersOf(bijection);
        List<Expr> given = new ArrayList<>();
        Expr value = noise;
        for (Bijection layer : layers) {
            given.add(value);
            value = layer.forward(value).value();
        }
        Expr x = value;
        Expr logDet = Expr.of(0);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Transformed back = inverseWithFixedWeights(layers.get(i), x);
            x = given.get(i).withDerivativeOf(back.value());
            logDet = logDet.plus(back.logAbsDetJacobian());
        }
        return new Draw(value, standardNormal(x).plus(logDet));
    }

    private static Transformed inverseWithFixedWeights(Bijection layer, Expr y) {
        // recorded on a stand-in, because y depends on weights that are not to be held fixed
        Expr standIn = Expr.perDraw("y", Shape.of(layer.dimension()));
        Transformed t = layer.inverse(standIn);
        Map<Expr, Expr> replacements = new HashMap<>();
        for (Expr w : layer.weights()) replacements.put(w, w.stopGradient());
        replacements.put(standIn, y);
        List<Expr> fixed = Expr.substitute(List.of(t.value(), t.logAbsDetJacobian()), replacements);
        return new Transformed(fixed.get(0), fixed.get(1));
    }

    private static Expr standardNormal(Expr x) {
        return x.dot(x).times(-0.5).minus(x.shape().size() * HALF_LOG_TWO_PI);
    }

    @Override
    public String toString() {
        return "Flow(" + bijection + ")";
    }
}
