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
 * Some elements of the vector are kept, and a transformer moves the others with parameters that depend on them (Dinh et al.
 * 2015, section 3.2): y_kept = x_kept, y_moved = f(x_moved; conditioner(x_kept)). A {@link Mask} says which.
 * log |det| = the sum of log slopes, per draw.
 *
 * <p>Both directions evaluate the conditioner on the same part, so what needs both evaluates it once.
 */
public final class Coupling implements Bijection {
    private final Mask mask;
    private final Transformer transformer;
    private final Conditioner conditioner;

    private Coupling(Mask mask, Transformer transformer, Conditioner conditioner) {
        this.mask = mask;
        this.transformer = transformer;
        this.conditioner = conditioner;
    }

    /**
     * A coupling.
     *
     * @param mask the elements that the transformer moves
     * @param seed of random initial weights
     */
    public static Coupling of(Mask mask, Transformer transformer, Conditioner.Recipe recipe, Context context, long seed) {
        Dimensions.present("Coupling", "mask", mask);
        Dimensions.present("Coupling", "transformer", transformer);
        Dimensions.present("Coupling", "recipe", recipe);
        Dimensions.present("Coupling", "context", context);
        return new Coupling(mask, transformer,
                recipe.build(mask.dimension() - mask.size(), mask.size(), transformer.parameters(), context, seed));
    }

    @Override
    public int dimension() {
        return mask.dimension();
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
        Dimensions.check(this, ".forward: x", dimension(), x);
        return apply(x, transformer::forward);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return apply(y, transformer::inverse);
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension(), y);
        return apply(y, (part, parameters) -> transformer.inverseKnowing(part, parameters, mask.moved(x)));
    }

    @Override
    public Cost inverseCost() {
        return transformer.inverseCost();
    }

    private Transformed apply(Expr x, BiFunction<Expr, List<Expr>, Transformer.Moved> direction) {
        Expr kept = mask.kept(x);
        Transformer.Moved m = direction.apply(mask.moved(x), conditioner.parameters(kept));
        return new Transformed(mask.joined(kept, m.value()), m.logSlope().sum());
    }

    @Override
    public String toString() {
        return "Coupling(" + transformer + ", " + dimension() + ")";
    }
}
