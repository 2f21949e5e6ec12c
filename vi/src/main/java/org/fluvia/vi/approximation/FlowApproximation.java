package org.fluvia.vi.approximation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.MappedFlow;
import org.fluvia.flows.bijection.Permutation;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * A flow inside a Gaussian: z = mean + scale y with y from the flow; or in a Gaussian copula: each element of z, standardised, by a margin
 * of its own. Immutable.
 *
 * @param margins of the Gaussian's elements; null for normal ones
 * @param weights the flow's weights, not modified
 * @param defencePlan of its defensive draws
 */
public record FlowApproximation(BoundModel model, Gaussian whitening, @Nullable Margins margins, Flow flow, double[] weights,
                                FitPlan.Defence defencePlan) implements Approximation {

    /** The Gaussian alone, as a flow that is the identity. */
    public static FlowApproximation of(BoundModel model, Gaussian gaussian, FitPlan.Defence defencePlan) {
        Flow identity = Flow.of(Permutation.of(IntStream.range(0, model.dimension()).toArray()));
        return new FlowApproximation(model, gaussian, null, identity, new double[0], defencePlan);
    }

    /** The copula alone. */
    public FlowApproximation withMargins(Margins margins) {
        return new FlowApproximation(model, whitening, margins, flow, weights, defencePlan);
    }

    @Override
    public boolean isGaussian() {
        return weights.length == 0 && margins == null;
    }

    @Override
    public List<String> notes() {
        String draws = switch (flow.drawCost()) {
            case ONE_PASS -> "";
            case SEQUENTIAL -> "are made one element after the other, in " + flow.dimension() + " steps";
            case ITERATIVE -> "are made by solving equations";
        };
        return draws.isEmpty() ? List.of() : List.of("draws of the flow " + draws
                + ". Fits draw at every step: a flow whose draws take one pass is faster, such as realNvp or iaf.");
    }

    @Override
    public Sampler sampler(Workers workers) {
        return new FlowSampler(workers);
    }

    @Override
    public BaseSpace baseSpace(Workers workers) {
        return new BaseSpace(model, e -> placed(flow.sample(e)), this::logDensity, this::noiseOf, new Defence(whitening, defencePlan),
                w -> flow.weights().set(w, weights), workers);
    }

    private @Nullable Expr noiseOf(Expr point) {
        return flow instanceof MappedFlow f ? f.noiseOf(whitened(point).value()) : null;
    }

    private final class FlowSampler implements Sampler {
        private final Defence defence = new Defence(whitening, defencePlan);
        private final NoiseMap map;
        private final Workspace workspace;

        FlowSampler(Workers workers) {
            Expr noise = Expr.perDraw("noise", Shape.of(model.dimension()));
            map = NoiseMap.of(model, noise, placed(flow.sample(noise)), defence);
            workspace = map.workspace(workers);
            flow.weights().set(workspace, weights);
        }

        @Override
        public DMatrixRMaj defensiveNoise(int own, long seed) {
            return defence.ofOwn(own, seed);
        }

        @Override
        public Proposals at(int n, DrawSource source) {
            return map.at(workspace, n, source);
        }
    }

    @Override
    public Optional<RecordedApproximation> recorded() {
        Expr noise = Expr.perDraw("noise", Shape.of(model.dimension()));
        Flow.Draw draw = placed(flow.sample(noise));
        Expr point = Expr.perDraw("point", Shape.of(model.dimension()));
        return Optional.of(new RecordedApproximation(noise, draw.value(), draw.logDensity(), point, logDensity(point), flow.weights().byInput(weights)));
    }

    @Override
    public double logDensityUnconstrained(double[] u) {
        Expr point = Expr.perDraw("point", Shape.of(u.length));
        Expr logQ = logDensity(point);
        Workspace w = Program.of(logQ).workspace();
        flow.weights().set(w, weights);
        w.set(point, DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u.clone())));
        w.run(1);
        return w.perDraw(logQ).data[0];
    }

    /** log q at a point, an expression of the flow's weights. */
    public Expr logDensity(Expr point) {
        Transformed y = whitened(point);
        return flow.logDensity(y.value()).plus(y.logAbsDetJacobian());
    }

    /** The flow's value that a point is made of. */
    private Transformed whitened(Expr point) {
        Expr centred = point.minus(mean());
        Expr logDet = Expr.of(-whitening.logDetScale());
        if (margins == null) return new Transformed(Matrices.solveLower(scale(), centred), logDet);
        Expr sds = Expr.vector(whitening.sds());
        Transformed standard = margins.inverse(centred.div(sds));
        return new Transformed(Matrices.solveLower(scale(), standard.value().times(sds)), standard.logAbsDetJacobian().plus(logDet));
    }

    /** A draw of the flow as one of z, with its log-density. */
    public Flow.Draw placed(Flow.Draw y) {
        Expr spread = scale().matmul(y.value());
        Expr logDensity = y.logDensity().minus(whitening.logDetScale());
        if (margins == null) return new Flow.Draw(spread.plus(mean()), logDensity, y.choice());
        Expr sds = Expr.vector(whitening.sds());
        Transformed moved = margins.forward(spread.div(sds));
        return new Flow.Draw(moved.value().times(sds).plus(mean()), logDensity.minus(moved.logAbsDetJacobian()), y.choice());
    }

    private Expr scale() {
        return Expr.shared("scale", Shape.of(model.dimension(), model.dimension()), whitening.scale().data);
    }

    private Expr mean() {
        return Expr.shared("mean", Shape.of(model.dimension()), whitening.mean());
    }
}
