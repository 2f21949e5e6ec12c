package org.fluvia.flows.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.MaskedNetwork;
import org.fluvia.flows.transformer.Transformer;

/**
 * A transformer moves each element with parameters that depend on the elements before it: y_i = f(x_i; network(x_1, ..., x_i-1)).
 * log |det| = the sum of log slopes, per draw.
 *
 * <p>Forward all elements move at once, by one evaluation of the masked network. The inverse is one element after the other,
 * because each needs those before it; it evaluates each unit of the network once, so it costs as many operations on numbers, in
 * d small steps. As it is, the layer is that of an inverse autoregressive flow (IAF; Kingma et al. 2016): drawing is fast, as the
 * reverse KL needs it; {@link org.fluvia.flows.bijection.Inverse} of it is that of a masked autoregressive flow (MAF; Papamakarios
 * et al. 2017): the density of data is, as maximum likelihood needs it. A path gradient needs both directions, and either will do.
 */
public final class Autoregressive implements Bijection {
    private final int dimension;
    private final Transformer transformer;
    private final MaskedNetwork network;

    private Autoregressive(int dimension, Transformer transformer, MaskedNetwork network) {
        this.dimension = dimension;
        this.transformer = transformer;
        this.network = network;
    }

    /** @param seed of random initial weights */
    public static Autoregressive of(int dimension, Transformer transformer, Masked recipe, Context context, long seed) {
        Dimensions.positive("Autoregressive", dimension);
        Dimensions.present("Autoregressive", "transformer", transformer);
        Dimensions.present("Autoregressive", "recipe", recipe);
        Dimensions.present("Autoregressive", "context", context);
        return new Autoregressive(dimension, transformer, recipe.build(dimension, transformer.parameters(), context, seed));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Expr logPrior() {
        return network.logPrior();
    }

    @Override
    public List<Expr> weights() {
        return network.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension, x);
        Transformer.Moved m = transformer.forward(x, network.parameters(x));
        return new Transformed(m.value(), m.logSlope().sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension, y);
        return stepByStep(network.sequence(), (elements, parameters) -> transformer.inverse(some(y, elements), parameters));
    }

    @Override
    public Transformed inverseKnowing(Expr y, Expr x) {
        Dimensions.check(this, ".inverseKnowing: y", dimension, y);
        return stepByStep(network.sequenceKnowing(x), (elements, parameters) ->
                transformer.inverseKnowing(some(y, elements), parameters, some(x, elements)));
    }

    private interface Step {
        Transformer.Moved of(int[] elements, List<Expr> parameters);
    }

    private Transformed stepByStep(MaskedNetwork.Sequence sequence, Step step) {
        List<Expr> values = new ArrayList<>();
        List<Expr> logSlopes = new ArrayList<>();
        int[] place = new int[dimension];
        int known = 0;
        for (int[] elements = sequence.elements(); elements.length > 0; elements = sequence.elements()) {
            Transformer.Moved m = step.of(elements, sequence.parameters());
            values.add(m.value());
            logSlopes.add(m.logSlope());
            for (int i : elements) place[i] = known++;
            sequence.follow(m.value());
        }
        return new Transformed(some(Expr.concat(values.toArray(Expr[]::new)), place), Expr.concat(logSlopes.toArray(Expr[]::new)).sum());
    }

    /** Elements of a vector: a view where they follow each other. */
    private static Expr some(Expr x, int[] elements) {
        int from = elements[0];
        int to = from + elements.length;
        if (Arrays.equals(elements, IntStream.range(from, to).toArray())) return x.slice(from, to);
        return x.get(Expr.vector(Arrays.stream(elements).asDoubleStream().toArray()));
    }

    @Override
    public Cost inverseCost() {
        return Cost.SEQUENTIAL.and(transformer.inverseCost());
    }

    @Override
    public String toString() {
        return "Autoregressive(" + transformer + ", " + dimension + ")";
    }
}
