package org.fluvia.flows.layer;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.transformer.Transformer;

/**
 * A transformer of each element, with parameters that depend on no element: free weights, or a network of the context.
 * log |det| is the sum of log slopes, shared where they are.
 */
public final class Elementwise implements Bijection {
    private static final Expr NOTHING = Expr.vector();

    private final int dimension;
    private final Transformer transformer;
    private final Conditioner conditioner;

    private Elementwise(int dimension, Transformer transformer, Conditioner conditioner) {
        this.dimension = dimension;
        this.transformer = transformer;
        this.conditioner = conditioner;
    }

    /** @param seed of random initial weights */
    public static Elementwise of(int dimension, Transformer transformer, Conditioner.Recipe recipe, Context context, long seed) {
        Dimensions.positive("Elementwise", dimension);
        Dimensions.present("Elementwise", "transformer", transformer);
        Dimensions.present("Elementwise", "recipe", recipe);
        Dimensions.present("Elementwise", "context", context);
        return new Elementwise(dimension, transformer, recipe.build(0, dimension, transformer.parameters(), context, seed));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Expr logPrior() {
        return conditioner.logPrior();
    }

    @Override
    public List<Expr> weights() {
        return conditioner.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        Transformer.Moved m = transformer.forward(x, conditioner.parameters(NOTHING));
        return new Transformed(m.value(), m.logSlope().sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        Transformer.Moved m = transformer.inverse(y, conditioner.parameters(NOTHING));
        return new Transformed(m.value(), m.logSlope().sum());
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        Transformer.Moved m = transformer.inverseKnowing(y, conditioner.parameters(NOTHING), x);
        return new Transformed(m.value(), m.logSlope().sum());
    }

    @Override
    public Cost inverseCost() {
        return transformer.inverseCost();
    }

    @Override
    public String toString() {
        return "Elementwise(" + transformer + ", " + dimension + ")";
    }
}
