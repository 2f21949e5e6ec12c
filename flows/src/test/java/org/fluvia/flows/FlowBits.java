package org.fluvia.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.conditioner.Activation;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.Masked;
import org.fluvia.flows.conditioner.Mlp;
import org.fluvia.flows.layer.Autoregressive;
import org.fluvia.flows.layer.Coupling;
import org.fluvia.flows.layer.Mask;
import org.fluvia.flows.transformer.Affine;

/** All that is computed with a flow of the table, number by number: draws, log-densities, path gradients. */
final class FlowBits {
    static final Expr CONTEXT = Expr.perDraw("context", Shape.of(2));

    private final String name;
    private final Flow flow;
    private final Expr noise;
    private final Expr given;
    /** Per draw. */
    private final List<Expr> values;
    private final List<Expr> gradients;
    private final Program program;

    private FlowBits(String family, FlowSpec spec, int dimension, boolean conditional) {
        name = family + "(" + dimension + (conditional ? "), conditional" : ")");
        flow = spec.build(dimension, 1, conditional ? Context.of(CONTEXT) : Context.none());
        noise = Expr.perDraw("noise", Shape.of(dimension));
        given = Expr.perDraw("given", Shape.of(dimension));
        Flow.Draw draw = flow.sample(noise);
        Flow.Draw path = flow.pathSample(noise);
        values = List.of(draw.value(), draw.logDensity(), flow.logDensity(given));
        gradients = flow.weights().gradients(path.logDensity().plus(path.value().unaryMinus().softplus().sum()));
        program = Program.of(Stream.concat(values.stream(), gradients.stream()).toList());
    }

    /** Of every flow of the table, in one and more dimensions, and of images and all kinds of networks; with a context and without. */
    static Stream<FlowBits> all() {
        return Stream.of(false, true).flatMap(conditional -> Stream.concat(
                Flows.table().rows().stream().flatMap(family -> IntStream.of(1, 3)
                        .mapToObj(d -> new FlowBits(family.name(), family.spec().get(), d, conditional))),
                Stream.of(new FlowBits("glow", Flows.glow(1, 2, 4).steps(2).hidden(4), 8, conditional),
                        new FlowBits("networks", FlowBits::networks, 3, conditional))));
    }

    private static Flow networks(int dimension, long seed, Context context) {
        Mlp network = Mlp.of(5, 4).activation(Activation.gelu()).residual(true);
        return Flow.of(Coupling.of(Mask.alternate(dimension), Affine.bounded(2), network.weightNormalised(true), context, seed))
                .then(Autoregressive.of(dimension, Affine.bounded(2), Masked.of(network).order(2, 0, 1), context, seed + 1));
    }

    /** Values, elements x draws, of so many draws from the first on; then the gradients, summed over the draws. */
    List<double[]> run(int first, int draws, Workers workers) {
        Workspace w = program.workspace(workers);
        flow.weights().set(w, Instances.perturbed(flow.weights(), 0.2));
        w.set(noise, from(1, first));
        w.set(given, from(2, first));
        w.set(CONTEXT, from(3, first));
        w.run(draws);
        List<double[]> results = new ArrayList<>();
        for (Expr value : values) {
            DMatrixRMaj m = w.perDraw(value).copy();
            results.add(m.data);
        }
        double[] gradient = new double[flow.weights().size()];
        flow.weights().read(w, gradients, gradient);
        results.add(gradient);
        return results;
    }

    private static DrawSource from(long seed, int draw) {
        return (first, count, elements, x, offset, stride) -> NormalNoise.of(seed).fill(draw + first, count, elements, x, offset, stride);
    }

    /** A number that tells the bits of one run from those of another. */
    private long digest() {
        long h = 0;
        for (double[] result : run(0, 300, Workers.none())) for (double v : result) h = 1_000_003 * h + Double.doubleToLongBits(v);
        return h;
    }

    /** A line for each flow, in the words of a JVM with kernels of its own. */
    static List<String> digests() {
        return all().map(bits -> bits + ": " + Long.toHexString(bits.digest())).toList();
    }

    public static void main(String[] args) {
        digests().forEach(System.out::println);
    }

    @Override
    public String toString() {
        return name;
    }
}
