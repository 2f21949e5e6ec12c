package org.fluvia.flows.bijection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.check.Dimensions;

/** Another bijection the other way round. */
public final class Inverse implements Bijection {
    private final Bijection map;

    private Inverse(Bijection map) {
        this.map = map;
    }

    /** The inverse: of an inverse the map itself, of a chain, a stack or a part that of the inverses. */
    public static Bijection of(Bijection map) {
        Dimensions.present("Inverse", "map", map);
        if (map instanceof Inverse i) return i.map;
        if (map instanceof Chain c) {
            List<Bijection> layers = new ArrayList<>();
            for (Bijection layer : c.layers()) layers.add(of(layer));
            Collections.reverse(layers);
            return Chain.of(layers);
        }
        if (map instanceof Partial p) return p.inverted();
        if (map instanceof Stack s) return s.inverted();
        return new Inverse(map);
    }

    @Override
    public int dimension() {
        return map.dimension();
    }

    @Override
    public Expr logPrior() {
        return map.logPrior();
    }

    @Override
    public List<Expr> weights() {
        return map.weights();
    }

    @Override
    public Transformed forward(Expr x) {
        Dimensions.check(this, ".forward: x", dimension(), x);
        return map.inverse(x);
    }

    @Override
    public Transformed inverse(Expr y) {
        Dimensions.check(this, ".inverse: y", dimension(), y);
        return map.forward(y);
    }

    @Override
    public List<Normalising.Met> normalising(Expr given, boolean inverse) {
        return map.normalising(given, !inverse);
    }

    @Override
    public Cost forwardCost() {
        return map.inverseCost();
    }

    @Override
    public Cost inverseCost() {
        return map.forwardCost();
    }

    @Override
    public String toString() {
        return "Inverse(" + map + ")";
    }
}
