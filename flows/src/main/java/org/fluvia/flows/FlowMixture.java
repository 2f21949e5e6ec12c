package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Conditioner;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.transformer.Parameter;

/**
 * A mixture of flows q_k with shares w_k: log q(y) = log sum_k w_k q_k(y). {@link Flow#mixture} makes one.
 *
 * <p>The first element of a draw's noise chooses the part, by {@link Parting}, and is then noise of that part's own. The value jumps where the choice
 * changes, so the shares have no derivative through it; theirs is the {@link Flow.Draw#choice} of the draw. Every part is evaluated for
 * every draw, in both directions: its draw, as it may be the one chosen, and the density at what was.
 */
public final class FlowMixture implements Flow {
    private final List<MappedFlow> parts;
    /** (K), shared or per draw. */
    private final Expr logShares;
    private final List<Expr> ofShares;
    private final Weights weights;

    private FlowMixture(List<MappedFlow> parts, Expr logShares, List<Expr> ofShares) {
        this.parts = parts;
        this.logShares = logShares;
        this.ofShares = ofShares;
        List<Expr> all = new ArrayList<>(ofShares);
        for (MappedFlow part : parts) all.addAll(part.weights().inputs());
        weights = Weights.of(all);
    }

    static FlowMixture of(List<? extends Flow> flows, Context context, long seed) {
        if (Dimensions.present("mixture", "flows", flows).isEmpty()) throw new IllegalArgumentException("mixture: flows must not be empty");
        for (Flow flow : flows) {
            if (Dimensions.present("mixture", "flow", flow).dimension() != flows.get(0).dimension()) {
                throw new IllegalArgumentException("mixture: flows must have one dimension, but had "
                        + flows.stream().map(f -> String.valueOf(f.dimension())).collect(Collectors.joining(", ")));
            }
        }
        Conditioner logits = Recipes.of(Dimensions.present("mixture", "context", context), Mlp.of())
                .build(0, flows.size(), List.of(Parameter.of("share logits", 0)), context, seed);
        return flat(flows, Functions.logSoftmax(logits.parameters(Expr.vector()).get(0)), logits.weights());
    }

    /** Mixtures among the flows are taken apart: a part of a part has a share of a share. */
    private static FlowMixture flat(List<? extends Flow> flows, Expr logShares, List<Expr> ofShares) {
        List<MappedFlow> parts = new ArrayList<>();
        List<Expr> shares = new ArrayList<>();
        List<Expr> all = new ArrayList<>(ofShares);
        for (int k = 0; k < flows.size(); k++) {
            parts.addAll(flows.get(k).parts());
            Expr share = logShares.get(k);
            if (flows.get(k) instanceof FlowMixture m) {
                share = m.logShares.plus(share);
                all.addAll(m.ofShares);
            }
            shares.add(share);
        }
        return new FlowMixture(parts, parts.size() == flows.size() ? logShares : Expr.concat(shares.toArray(new Expr[0])), all);
    }

    @Override
    public Flow withParts(Function<MappedFlow, ? extends Flow> change) {
        return flat(parts.stream().map(change).toList(), logShares, ofShares);
    }

    @Override
    public List<MappedFlow> parts() {
        return parts;
    }

    @Override
    public int dimension() {
        return parts.get(0).dimension();
    }

    /** Those of the shares, then those of one part after the other. */
    @Override
    public Weights weights() {
        return weights;
    }

    /** Of both directions of every part. */
    @Override
    public Cost drawCost() {
        return parts.stream().map(MappedFlow::drawCost).reduce(densityCost(), Cost::and);
    }

    @Override
    public Cost densityCost() {
        return parts.stream().map(MappedFlow::densityCost).reduce(Cost.ONE_PASS, Cost::and);
    }

    @Override
    public Draw sample(Expr noise) {
        Dimensions.check("Flow", ".sample: noise", dimension(), noise);
        Expr value = value(noise);
        Expr densities = densities(value);
        return new Draw(value, mixed(densities), choice(densities));
    }

    @Override
    public Expr logDensity(Expr value) {
        Dimensions.check("Flow", ".logDensity: value", dimension(), value);
        return mixed(densities(value));
    }

    @Override
    public Draw pathSample(Expr noise) {
        Dimensions.check("Flow", ".pathSample: noise", dimension(), noise);
        Expr value = value(noise);
        Expr any = Expr.perDraw("y", Shape.of(dimension()));
        Expr densities = densities(any);
        List<Expr> fixed = MappedFlow.withFixed(weights.inputs(), List.of(mixed(densities), densities), Map.of(any, value));
        return new Draw(value, fixed.get(0), choice(fixed.get(1)));
    }

    private Expr value(Expr noise) {
        Parting parting = Parting.of(noise.get(0), logShares);
        Expr own = Expr.concat(parting.rest(), noise.slice(1, dimension()));
        Expr value = recorded(0, () -> parts.get(0).sample(own).value());
        for (int k = 1; k < parts.size(); k++) {
            MappedFlow part = parts.get(k);
            value = Expr.where(parting.isFrom(k), recorded(k, () -> part.sample(own).value()), value);
        }
        return value;
    }

    /** log q_k at a value, a vector (K). */
    private Expr densities(Expr value) {
        Expr[] each = new Expr[parts.size()];
        for (int k = 0; k < each.length; k++) {
            MappedFlow part = parts.get(k);
            each[k] = recorded(k, () -> part.logDensity(value));
        }
        return Functions.stack(each);
    }

    private Expr mixed(Expr densities) {
        return logShares.plus(densities).logSumExp();
    }

    /** The derivative of log q by the shares at a given value: by the logit of k what the value tells of k, w_k q_k / q, less w_k. */
    private Expr choice(Expr densities) {
        Expr byShares = mixed(densities.stopGradient());
        return Expr.of(0).expand(Shape.scalar(), byShares.isPerDraw()).withDerivativeOf(byShares);
    }

    private <T> T recorded(int k, Supplier<T> work) {
        return Source.within("part " + (k + 1) + " of " + parts.size(), work);
    }

    @Override
    public String toString() {
        return "Mixture" + parts;
    }
}
