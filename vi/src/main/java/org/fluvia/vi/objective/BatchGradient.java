package org.fluvia.vi.objective;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;

/** The gradient of a sum over fresh draws of the flow. */
final class BatchGradient implements Objective.Step {
    private final Setting setting;
    private final Expr ratio;
    private final List<Expr> gradients;
    private final Workspace workspace;

    /**
     * @param loss per draw, the summand
     * @param ratio log p - log q, per draw
     */
    BatchGradient(Setting setting, Expr loss, Expr ratio) {
        this.setting = setting;
        this.ratio = ratio;
        gradients = setting.weights().gradients(loss);
        List<Expr> outputs = new ArrayList<>(gradients);
        outputs.add(ratio);
        workspace = setting.workspace(outputs);
    }

    /** Of log q - log p, by the derivatives that the draw's have. */
    static BatchGradient reverseKl(Setting setting, Flow.Draw draw) {
        Expr ratio = setting.logDensity(draw.value()).minus(draw.logDensity());
        // a draw outside the density's support, or where it is unknown, says nothing of where to go
        Expr counted = Expr.where(ratio.isFinite(), ratio, Expr.of(0));
        return new BatchGradient(setting, counted.unaryMinus(), ratio);
    }

    @Override
    public int gradient(double[] weights, int step, double[] gradient) {
        int n = setting.batch();
        setting.weights().set(workspace, weights);
        workspace.set(setting.noise(), setting.draws(step));
        workspace.run(n);
        setting.seen(weights, step, workspace.perDraw(ratio).data);
        setting.weights().read(workspace, gradients, gradient);
        return n;
    }
}
