package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Chain;
import org.fluvia.flows.check.Dimensions;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.Shift;

/**
 * A mixture of flows of one kind, each with weights of its own, for densities with several parts, which no single flow of one piece leaves
 * unconnected. With a context each part depends on it, and the shares do: the logits of these are linear in it.
 *
 * <p>It starts with equal shares, and not as exactly the identity: parts that were equal would stay so. What each part maps is the
 * base moved by a vector of its own, which stays; these have the mean 0, and their squared lengths the mean 1/4. From a standard normal base the
 * mixture starts at a Kullback-Leibler divergence from it of at most 1/8. A mixture of one part is that part.
 *
 * @param components how many parts, at least 1
 * @param flow what each of them is
 */
public record Mixture(int components, FlowSpec flow) implements FlowSpec {
    private static final double APART = 0.5;

    public Mixture {
        Dimensions.atLeast("Mixture", "components", 1, components);
        Dimensions.present("Mixture", "flow", flow);
    }

    /** With this many parts. */
    public Mixture components(int components) {
        return new Mixture(components, flow);
    }

    /** Of such flows. */
    public Mixture flow(FlowSpec flow) {
        return new Mixture(components, flow);
    }

    @Override
    public FlowSpec towards(Use use) {
        return new Mixture(components, flow.towards(use));
    }

    @Override
    public boolean isOfStandardised() {
        return flow.isOfStandardised();
    }

    @Override
    public Flow build(int dimension, long seed, Context context) {
        if (components == 1) return flow.build(dimension, seed, context);
        double[][] moves = moves(Dimensions.positive("Mixture", dimension), SplitMix.at(seed, components));
        List<Flow> parts = new ArrayList<>();
        for (int k = 0; k < components; k++) {
            Bijection move = Elementwise.of(dimension, Shift.of(), FreeWeights.fixed(moves[k]), Context.none(), 0);
            parts.add(flow.build(dimension, SplitMix.at(seed, k), context)
                    .withParts(part -> Flow.of(part.base(), Chain.of(move, part.bijection()))));
        }
        return Flow.mixture(parts, context, SplitMix.at(seed, components + 1L));
    }

    private double[][] moves(int dimension, long seed) {
        double[] random = NormalNoise.of(seed).values(components * dimension);
        double[][] moves = new double[components][dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            double mean = 0;
            for (int k = 0; k < components; k++) mean += random[k * dimension + i] / components;
            for (int k = 0; k < components; k++) {
                moves[k][i] = random[k * dimension + i] - mean;
                squares += moves[k][i] * moves[k][i] / components;
            }
        }
        for (double[] move : moves) for (int i = 0; i < dimension; i++) move[i] *= APART / Math.sqrt(squares);
        return moves;
    }
}
