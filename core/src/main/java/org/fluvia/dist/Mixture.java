package org.fluvia.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.catalogue.build.Listed;
import org.fluvia.support.Support;

/** {@link Distributions#mixture(Expr, Distribution...)}. */
record Mixture(Expr weights, List<Distribution> components) implements Distribution {
    /**
     * Mixture of K distributions: log(sum over k of weights[k] p[k](x)), for each number, vector or matrix by itself. This
     * sums the discrete variable "which component" out, as Stan's programs do with {@code log_sum_exp} and {@code log_mix}.
     *
     * <pre>{@code
     * Expr w = m.sample("w", dirichlet(Expr.vector(1, 1)));
     * Expr mu = m.sample("mu", normal(0, 2), Support.ordered(), 2);
     * m.observe("y", mixture(w, normal(mu.get(0), 1), normal(mu.get(1), 3)));
     * }</pre>
     *
     * <p>Components are exchangeable unless something tells them apart: an ordered vector of locations, say. The components
     * are all discrete or all continuous, and all of numbers, or of vectors or matrices of one size.
     *
     * @param weights a simplex (K), or one for each observation (... x K); for two components it can be a scalar from 0 to
     *     1, the probability of the first, as in Stan's {@code log_mix}
     * @param components their parameters are scalars, or have one value for each observation
     */
    @Listed(source = "Stan User's Guide, Finite mixtures",
            example = {"Expr.vector(0.3, 0.7)", "Distributions.normal(-1, 1), Distributions.normal(2, 1)"})
    static Distribution mixture(@ExprOnly Expr weights, Distribution... components) {
        boolean first = weights.shape().isScalar() && components.length == 2;
        if (first) Arguments.of("mixture").proportion("weights", weights);
        return new Mixture(first ? Expr.concat(weights, Expr.of(1).minus(weights)) : weights, List.of(components));
    }

    /**
     * Mixture of distributions that are alike: {@code mixture(w, k -> normal(mu.get(k), sigma.get(k)))}. There are as many
     * as weights; k counts from 0. See {@link Distributions#mixture(Expr, Distribution...) mixture}.
     *
     * @param weights a simplex (K), or one for each observation (... x K)
     */
    @Listed
    static Distribution mixture(@ExprOnly Expr weights, IntFunction<Distribution> component) {
        int n = weights.shape().isScalar() ? 0 : Events.size(weights);
        return new Mixture(weights, IntStream.range(0, n).mapToObj(component).toList());
    }

    Mixture {
        components = List.copyOf(components);
        EventArguments.of("mixture").vector("weights", weights).simplex();
        if (Events.size(weights) != components.size()) {
            throw new IllegalArgumentException("mixture: weights must have one value for each of the " + components.size()
                    + " components, but has shape " + weights.shape() + Source.suffix());
        }
        Distribution first = components.get(0);
        Shape leading = Events.leading(weights.shape(), 1);
        Shape all = leading.isScalar() ? Shape.scalar() : leading;
        for (Distribution d : components) {
            if (d.eventRank() != first.eventRank() || d.isDiscrete() != first.isDiscrete()) {
                throw new IllegalArgumentException("mixture: components must be of one kind, but are " + kind(first) + " and "
                        + kind(d) + Source.suffix());
            }
            Shape own = d.shape().rank() < d.eventRank() ? Shape.scalar() : Events.leading(d.shape(), d.eventRank());
            if (!own.isScalar() && !all.isScalar() && !own.equals(all)) {
                throw new IllegalArgumentException("mixture: " + d.name() + " has one value for each of " + own
                        + " events, but the weights or other components for each of " + all + Source.suffix());
            }
            if (all.isScalar()) all = own;
        }
    }

    private static String kind(Distribution d) {
        return d.name() + " of " + (d.isDiscrete() ? "whole " : "")
                + (d.eventRank() == 0 ? "numbers" : d.eventRank() == 1 ? "vectors" : "matrices");
    }

    @Override
    public String name() {
        return "mixture";
    }

    /** The weights, then the parameters of each component. */
    @Override
    public List<Expr> parameters() {
        List<Expr> all = new ArrayList<>(List.of(weights));
        for (Distribution d : components) all.addAll(d.parameters());
        return all;
    }

    @Override
    public Support support() {
        return JoinedSupports.union(components.stream().map(Distribution::support).toList());
    }

    @Override
    public boolean hasAtoms() {
        return components.stream().anyMatch(Distribution::hasAtoms);
    }

    @Override
    public int eventRank() {
        return components.get(0).eventRank();
    }

    @Override
    public Shape shape() {
        Shape longest = Shape.scalar();
        for (Distribution d : components) if (d.shape().rank() > longest.rank()) longest = d.shape();
        if (weights.shape().rank() == 1 || longest.rank() > eventRank() || longest.rank() < eventRank()) return longest;
        return Events.join(Events.leading(weights.shape(), 1), longest);
    }

    @Override
    public Expr logDensity(Expr x) {
        return weighted(d -> d.logDensity(x));
    }

    /** Known where those of the components are. */
    @Override
    public Expr logCdf(Expr x) {
        return weighted(d -> d.logCdf(x));
    }

    /** Known where those of the components are. */
    @Override
    public Expr logCcdf(Expr x) {
        return weighted(d -> d.logCcdf(x));
    }

    /** log(sum over k of weights[k] exp(of(component k))), event by event. */
    private Expr weighted(Function<Distribution, Expr> of) {
        Expr logWeights = weights.log();
        boolean each = weights.shape().rank() > 1;
        Shape leading = Events.leading(weights.shape(), 1);
        Expr columns = each ? logWeights.reshape(Shape.of(leading.size(), components.size())).transpose() : logWeights;
        Expr[] terms = new Expr[components.size()];
        boolean alike = true;
        for (int k = 0; k < terms.length; k++) {
            Expr logWeight = each ? columns.get(k).reshape(leading) : columns.get(k);
            terms[k] = of.apply(components.get(k)).plus(logWeight);
            alike &= terms[k].shape().equals(terms[0].shape());
        }
        if (terms.length > 2 && alike) return Functions.logSumExp(Functions.stack(terms), 0);
        Expr total = terms[0];
        for (int k = 1; k < terms.length; k++) total = Functions.logAddExp(total, terms[k]);
        return total;
    }

    /** Draws from every component, and takes for each event that of one. */
    @Override
    public double[] sample(RandomGenerator random, Shape shape, List<double[]> values) {
        Events.checkFits(this, shape);
        int from = 1;
        List<double[]> draws = new ArrayList<>();
        for (Distribution d : components) {
            int to = from + d.parameters().size();
            draws.add(d.sample(random, shape, values.subList(from, to)));
            from = to;
        }
        int events = Events.leading(shape, eventRank()).size();
        int size = events == 0 ? 0 : shape.size() / events;
        double[] w = values.get(0);
        double[] x = new double[shape.size()];
        for (int i = 0; i < events; i++) {
            int k = component(random, w, weights.shape().rank() > 1 ? i * components.size() : 0);
            System.arraycopy(draws.get(k), i * size, x, i * size, size);
        }
        return x;
    }

    private int component(RandomGenerator random, double[] w, int from) {
        double left = Draws.uniform(random);
        int last = 0;
        for (int k = 0; k < components.size(); k++) {
            if (w[from + k] <= 0) continue;
            last = k;
            left -= w[from + k];
            if (left < 0) return k;
        }
        return last;
    }
}
