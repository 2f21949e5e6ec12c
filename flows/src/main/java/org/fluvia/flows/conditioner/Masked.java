package org.fluvia.flows.conditioner;

import java.util.Arrays;
import java.util.List;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.transformer.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A masked network (MADE; Germain et al. 2015): a perceptron as {@link Mlp} that gives each element of a vector parameters of the elements
 * before it, and of the context, and of no other. Before it are those with lower numbers, or those in an {@link #order}, or any that an
 * {@link #adjacency} names.
 *
 * <p>What a unit sees is what some element may depend on; it takes its input from units that see no more than that. Units are
 * spread evenly over what there is to see, and a layer has a unit for each, so that each element depends on all that it may.
 * Weights that the mask leaves out are not there; those that are start with the variance that they would have among all, 1 / inputs. Immutable and thread-safe.
 */
public final class Masked {
    private final Mlp network;
    private final boolean @Nullable [][] adjacency;

    /** With hidden layers of these widths and tanh. */
    public Masked(List<Integer> hidden) {
        this(new Mlp(hidden), null);
    }

    private Masked(Mlp network, boolean @Nullable [][] adjacency) {
        this.network = network;
        this.adjacency = adjacency;
    }

    /** With the layers of this perceptron; a layer has more units than it says where there is more to see. */
    public static Masked of(Mlp network) {
        return new Masked(Dimensions.present("Masked", "network", network), null);
    }

    /** With hidden layers of these widths and tanh. */
    public static Masked of(int... widths) {
        return of(Mlp.of(widths));
    }

    /**
     * Each element depends on those before it in this order, and on the context.
     *
     * @param order every number from 0 to d - 1, once; copied
     */
    public Masked order(int... order) {
        boolean[][] after = new boolean[Dimensions.positive("Masked", order.length)][order.length];
        boolean[] seen = new boolean[order.length];
        for (int i : order) {
            if (i < 0 || i >= seen.length || seen[i]) {
                throw new IllegalArgumentException("Masked: order must hold every number from 0 to " + (seen.length - 1) + " once, but was "
                        + Arrays.toString(order));
            }
            after[i] = seen.clone();
            seen[i] = true;
        }
        return new Masked(network, after);
    }

    /**
     * Each element depends on those that are named, so that elements which do not depend on each other are inverted at once.
     *
     * @param adjacency a row for each element, true in column j if it may depend on element j. The diagonal says nothing. A row has a column for
     *     each element, and all elements depend on the whole context; or, behind those, one for each element of the context. Copied
     * @throws IllegalArgumentException if an element would depend on itself through others
     */
    public Masked adjacency(boolean[][] adjacency) {
        int d = Dimensions.positive("Masked", adjacency.length);
        boolean[][] copy = new boolean[d][];
        for (int i = 0; i < d; i++) {
            if (adjacency[i].length < d || adjacency[i].length != adjacency[0].length) {
                throw new IllegalArgumentException("Masked: adjacency must have a column for each of its " + d
                        + " rows, and may have one for each element of the context, but row " + i + " has " + adjacency[i].length);
            }
            copy[i] = adjacency[i].clone();
            copy[i][i] = false;
        }
        Dependences.steps(copy);
        return new Masked(network, copy);
    }

    /**
     * A network for a vector.
     *
     * @param elements of the vector
     * @param parameters what each of them needs
     * @param seed of random initial weights; equal seeds give equal weights
     * @throws IllegalArgumentException if an order or an adjacency is one of another number of elements
     */
    public MaskedNetwork build(int elements, List<Parameter> parameters, Context context, long seed) {
        return new MaskedNetwork(network, Dependences.of(elements, context.size(), adjacency), parameters, context, seed);
    }

    @Override
    public String toString() {
        return "Masked(" + network + (adjacency == null ? ")" : ", any dependences)");
    }
}
