package org.fluvia.flows.layer;

import java.util.List;
import java.util.function.BiFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Transformer;

/**
 * One part of the vector is kept, and a transformer moves the elements of the other with parameters that depend on it (Dinh et al.
 * 2015, section 3.2): y_kept = x_kept, y_moved = f(x_moved; conditioner(x_kept)).
 * log |det| = the sum of log slopes, per draw. The first part has the first ceil(d / 2) elements, the second the rest.
 *
 * <p>Both directions evaluate the conditioner on the same part, so what needs both evaluates it once.
 */
public final class Coupling implements Bijection {
    /** A part of the vector. */
    public enum Part { FIRST, SECOND }

    private final int dimension;
    private final Part moved;
    private final Transformer transformer;
    private final Conditioner conditioner;

    private Coupling(int dimension, Part moved, Transformer transformer, Conditioner conditioner) {
        this.dimension = dimension;
        this.moved = moved;
        this.transformer = transformer;
        this.conditioner = conditioner;
    }

    /**
     * A coupling.
     *
     * @param dimension at least 2
     * @param moved the part that the transformer moves
     * @param seed of random initial weights
     */
    public static Coupling of(int dimension, Part moved, Transformer transformer, Conditioner.Recipe recipe, Context context, long seed) {
        if (dimension < 2) {
            throw new IllegalArgumentException("Coupling: dimension must be at least 2, but was " + dimension
                    + ". One element has no other to depend on.");
        }
        int kept = moved == Part.SECOND ? first(dimension) : dimension - first(dimension);
        return new Coupling(dimension, moved, transformer,
                recipe.build(kept, dimension - kept, transformer.parameters(), context, seed));
    }

    private static int first(int dimension) {
        return (dimension + 1) / 2;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public List<Expr> weights() {
        return conditioner.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        return apply(x, transformer::forward);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return apply(y, transformer::inverse);
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        Expr known = moved == Part.SECOND ? x.slice(first(dimension), dimension) : x.slice(0, first(dimension));
        return apply(y, (part, parameters) -> transformer.inverseKnowing(part, parameters, known));
    }

    @Override
    public Cost inverseCost() {
        return transformer.inverseCost();
    }

    private Transformed apply(Expr x, BiFunction<Expr, List<Expr>, Transformer.Moved> direction) {
        Expr first = x.slice(0, first(dimension));
        Expr second = x.slice(first(dimension), dimension);
        boolean last = moved == Part.SECOND;
        Expr kept = last ? first : second;
        Transformer.Moved m = direction.apply(last ? second : first, conditioner.parameters(kept));
        return new Transformed(last ? Expr.concat(kept, m.value()) : Expr.concat(m.value(), kept), m.logSlope().sum());
    }

    @Override
    public String toString() {
        return "Coupling(" + transformer + ", " + dimension + ")";
    }
}
