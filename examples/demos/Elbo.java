package demos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.Flow;
import org.fluvia.flows.training.Adam;

/**
 * Variational inference by hand: Adam moves the weights of a flow q up the ELBO, E_q[log p - log q] = log Z - KL(q || p), of a density p
 * that need not be normalised. {@code org.fluvia.vi.Fit} does the same with more care, and says whether its result can be trusted.
 */
final class Elbo {
    private final Flow flow;
    private final Expr noise;
    private final Expr logRatio;
    private final List<Expr> gradients;
    private final Workspace workspace;
    private final double[] weights;
    private final double[] gradient;
    private final Adam adam;
    private int step;

    /**
     * @param logDensity log p, recorded on a draw of the flow
     * @param path whether derivatives go through the draw alone: then there is no noise in them where q is p ({@link Flow#pathSample})
     */
    Elbo(Flow flow, UnaryOperator<Expr> logDensity, boolean path) {
        this.flow = flow;
        noise = Expr.perDraw("noise", Shape.of(flow.dimension()));
        Flow.Draw draw = path ? flow.pathSample(noise) : flow.sample(noise);
        logRatio = logDensity.apply(draw.value()).minus(draw.logDensity());
        gradients = flow.weights().gradients(logRatio.unaryMinus());
        List<Expr> outputs = new ArrayList<>(gradients);
        outputs.add(logRatio);
        workspace = Program.of(outputs).workspace();
        weights = flow.weights().initial();
        gradient = new double[weights.length];
        adam = new Adam(weights.length);
    }

    /** Takes a step of a size with so many fresh draws, and says what the ELBO was before it. */
    double climb(int draws, double rate) {
        double elbo = Arrays.stream(logRatios(draws, step++)).average().orElseThrow();
        flow.weights().read(workspace, gradients, gradient);
        adam.step(weights, gradient, 1.0 / draws, rate);
        return elbo;
    }

    /** log p - log q of draws of the flow as it is. */
    double[] logRatios(int draws, long seed) {
        flow.weights().set(workspace, weights);
        workspace.set(noise, NormalNoise.of(seed));
        workspace.run(draws);
        return Arrays.copyOf(workspace.perDraw(logRatio).data, draws);
    }

    /** Sets a scalar that the density was recorded with, such as a temperature. */
    void set(Expr input, double value) {
        workspace.set(input, new double[] {value}, 0);
    }

    /** The flow as it is. */
    FittedFlow fitted() {
        return FittedFlow.of(flow, weights);
    }
}
