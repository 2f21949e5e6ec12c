package org.fluvia.flows;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * One part of the vector is kept, and a network of it shifts and scales the other part (RealNVP; Dinh et al. 2017, eq. 7-8):
 * y_kept = x_kept, y_moved = x_moved * exp(s) + t with (t, r) = network(x_kept) and s = c tanh(r / c).
 * log |det| = sum of s, per draw. The first part has the first ceil(d / 2) elements, the second the rest.
 *
 * <p>The bound c on log-scales keeps a layer from stretching or shrinking by more than exp(c) whatever its weights and
 * input: forward, inverse and derivatives are finite for |x| to 1e300. It is the same both ways, because a flow is used both
 * ways.
 * With the initial weights the map is exactly the identity (but -0.0 becomes 0.0).
 */
public final class AffineCoupling implements Bijection {
    /** A part of the vector. */
    public enum Part { FIRST, SECOND }

    private final int dimension;
    private final Part moved;
    private final double logScaleBound;
    private final Mlp network;

    private AffineCoupling(int dimension, Part moved, double logScaleBound, Mlp network) {
        this.dimension = dimension;
        this.moved = moved;
        this.logScaleBound = logScaleBound;
        this.network = network;
    }

    /**
     * A coupling that starts as the identity.
     *
     * @param dimension at least 2
     * @param moved the part that is shifted and scaled
     * @param hidden the widths of the network's hidden layers
     * @param logScaleBound c, positive and finite
     * @param seed of the network's initial weights
     */
    public static AffineCoupling of(int dimension, Part moved, List<Integer> hidden, double logScaleBound, long seed) {
        if (dimension < 2) {
            throw new IllegalArgumentException("AffineCoupling: dimension must be at least 2, but was " + dimension
                    + ". One element has no other to depend on.");
        }
        check("AffineCoupling", hidden, logScaleBound);
        int first = first(dimension);
        int kept = moved == Part.SECOND ? first : dimension - first;
        Mlp network = new Mlp(kept, hidden, 2 * (dimension - kept), seed);
        return new AffineCoupling(dimension, moved, logScaleBound, network);
    }

    static void check(String what, List<Integer> hidden, double logScaleBound) {
        if (!(logScaleBound > 0 && logScaleBound < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + ": logScaleBound must be positive and finite, but was "
                    + logScaleBound);
        }
        for (int width : hidden) {
            if (width < 1) {
                throw new IllegalArgumentException(what + ": hidden widths must be at least 1, but were " + hidden);
            }
        }
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
        return network.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.checkForward(this, x);
        Conditioned c = new Conditioned(x);
        return new Transformed(c.with(c.moved.times(c.logScale.exp()).plus(c.shift)), c.logScale.sum());
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.checkInverse(this, y);
        Conditioned c = new Conditioned(y);
        // by exp(s), not times exp(-s): forward has computed it
        return new Transformed(c.with(c.moved.minus(c.shift).div(c.logScale.exp())), c.logScale.sum().unaryMinus());
    }

    /** A vector's parts, and what the kept one makes of the other. */
    private final class Conditioned {
        final Expr kept;
        final Expr moved;
        final Expr shift;
        final Expr logScale;

        Conditioned(Expr x) {
            Expr first = x.slice(0, first(dimension));
            Expr second = x.slice(first(dimension), dimension);
            boolean last = AffineCoupling.this.moved == Part.SECOND;
            kept = last ? first : second;
            moved = last ? second : first;
            int n = moved.shape().size();
            Expr out = network.at(kept);
            shift = out.slice(0, n);
            logScale = out.slice(n, 2 * n).div(logScaleBound).tanh().times(logScaleBound);
        }

        Expr with(Expr newMoved) {
            return AffineCoupling.this.moved == Part.SECOND ? Expr.concat(kept, newMoved) : Expr.concat(newMoved, kept);
        }
    }

    @Override
    public String toString() {
        return "AffineCoupling(" + dimension + ")";
    }
}
