package org.fluvia.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.StepTimes;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;
import org.fluvia.flows.Flows;
import org.fluvia.flows.Weights;
import org.fluvia.flows.training.Adam;
import org.fluvia.model.BoundModel;

/**
 * A training step of a flow as the engine makes it: fresh noise, sample and density, gradient of the mean of log q - log p,
 * Adam. Belongs to one thread; the workers help.
 */
public final class FlowStep {
    public static final double RATE = 1e-3;
    private static final int COUPLINGS = 6;
    private static final int HIDDEN = 64;
    private static final long SEED = 1;

    /** Which derivative of log q the step takes. */
    public enum Derivative {
        /** With respect to the weights everywhere. */
        TOTAL,
        /** Through the draws alone. */
        PATH
    }

    private final Flow flow;
    private final Workspace workspace;
    private final NormalNoise noise = NormalNoise.of(SEED);
    private final Expr epsilon;
    private final List<Expr> gradients;
    private final Expr losses;
    private final double[] weights;
    private final double[] gradient;
    private final Adam adam;
    private final int draws;
    private long step;

    /** @param loss of a draw, of the noise given */
    private FlowStep(Flow flow, UnaryOperator<Expr> loss, int draws, Workers workers) {
        this.flow = flow;
        this.draws = draws;
        epsilon = Expr.perDraw("epsilon", Shape.of(flow.dimension()));
        Expr each = loss.apply(epsilon);
        gradients = flow.weights().gradients(each);
        List<Expr> outputs = new ArrayList<>(gradients);
        outputs.add(each);
        losses = each;
        workspace = Program.of(outputs).workspace(workers);
        weights = startingWeights(flow.weights());
        gradient = new double[weights.length];
        adam = new Adam(weights.length);
    }

    public static FlowStep of(BoundModel model, int draws, Workers workers, Derivative derivative) {
        Flow flow = flow(model.dimension());
        return new FlowStep(flow, noise -> {
            Flow.Draw draw = derivative == Derivative.PATH ? flow.pathSample(noise) : flow.sample(noise);
            return draw.logDensity().minus(logDensity(model, draw.value()));
        }, draws, workers);
    }

    /** A step of another flow. */
    public static FlowStep of(BenchFlow kind, int dimension, int draws, Workers workers) {
        Flow flow = kind.flow(dimension);
        return new FlowStep(flow, noise -> kind.loss(flow, noise), draws, workers);
    }

    /** RealNVP with 6 couplings and hidden layers of 64 and 64. */
    public static Flow flow(int dimension) {
        return Flows.realNvp().layers(COUPLINGS).hidden(HIDDEN, HIDDEN).build(dimension, SEED);
    }

    /** Weights away from the identity, where a mistake in any of them would show. */
    public static double[] startingWeights(Weights layout) {
        double[] weights = layout.initial();
        double[] shift = new double[weights.length];
        NormalNoise.of(SEED + 1).fill(0, shift.length, 1, shift, 0, shift.length);
        for (int i = 0; i < weights.length; i++) weights[i] += 0.05 * shift[i];
        return weights;
    }

    /** The model's log-density at a value, which is guarded as the engine guards it. */
    public static Expr logDensity(BoundModel model, Expr value) {
        return Expr.substitute(List.of(model.logDensityUnconstrained()), Map.of(model.unconstrained(), value.guard())).get(0);
    }

    /** One step; answers a weight, so that nothing can be left out. */
    public double run() {
        Weights layout = flow.weights();
        layout.set(workspace, weights);
        workspace.set(epsilon, noise.step(step++));
        workspace.run(draws);
        layout.read(workspace, gradients, gradient);
        adam.step(weights, gradient, 1.0 / draws, RATE);
        return weights[0];
    }

    /** The mean loss of the last step's draws, before it. */
    public double loss() {
        double sum = 0;
        double[] values = workspace.perDraw(losses).data;
        for (int i = 0; i < draws; i++) sum += values[i];
        return sum / draws;
    }

    /** Where a tile's time goes, after the step has run for a while. */
    public List<StepTimes.Row> profile(int replays) {
        return StepTimes.of(workspace, replays);
    }

    /** Draws in a tile. */
    public int tileWidth() {
        return StepTimes.width(workspace);
    }

    /**
     * Floating-point operations in the matrix products of a step, forward and twice as many in reverse; the first layers'
     * gradients with respect to the first coupling's input are counted though they are not needed.
     */
    public static double productFlops(int dimension, int draws) {
        int kept = dimension / 2;
        double forward = kept * HIDDEN + HIDDEN * HIDDEN + HIDDEN * 2.0 * (dimension - kept);
        return 2.0 * 3 * forward * COUPLINGS * draws;
    }
}
