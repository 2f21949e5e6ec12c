package org.fluvia.vi.objective;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.Flow;

/**
 * The gradient of the mean of log q - log p over fresh draws of the flow, by the derivatives that the draw's have.
 *
 * <p>Where noise chooses between parts of the flow, the derivative by their shares is the mean of (log q - log p) times the score of the choice.
 * The score has mean 0, so it is taken times what differs from the batch's mean of log q - log p instead: without noise where the flow is the
 * density, and little near it. The draw's own part in that mean shrinks the derivative by one part in as many as there are draws.
 */
final class BatchGradient implements Objective.Step {
    private final Setting setting;
    private final Expr ratio;
    private final List<Expr> gradients;
    /** Those of the choice; none where nothing is chosen. */
    private final List<Expr> scores;
    private final Workspace workspace;
    private final double[] score;

    BatchGradient(Setting setting, Flow.Draw draw) {
        this.setting = setting;
        ratio = setting.logDensity(draw.value()).minus(draw.logDensity());
        // a draw outside the density's support, or where it is unknown, says nothing of where to go
        Expr counted = Expr.where(ratio.isFinite(), ratio, Expr.of(0));
        Expr loss = counted.unaryMinus();
        if (draw.isChosen()) {
            Expr choice = Expr.where(ratio.isFinite(), draw.choice(), Expr.of(0));
            gradients = setting.weights().gradients(loss.plus(loss.stopGradient().times(choice)));
            scores = setting.weights().gradients(choice);
        } else {
            gradients = setting.weights().gradients(loss);
            scores = List.of();
        }
        score = new double[scores.isEmpty() ? 0 : setting.weights().size()];
        List<Expr> outputs = new ArrayList<>(gradients);
        outputs.addAll(scores);
        outputs.add(ratio);
        workspace = setting.workspace(outputs);
    }

    @Override
    public int gradient(double[] weights, int step, double[] gradient) {
        int n = setting.batch();
        setting.weights().set(workspace, weights);
        workspace.set(setting.noise(), setting.draws(step));
        workspace.run(n);
        double[] ratios = workspace.perDraw(ratio).data;
        setting.seen(weights, step, ratios);
        setting.weights().read(workspace, gradients, gradient);
        if (!scores.isEmpty()) {
            setting.weights().read(workspace, scores, score);
            double mean = mean(ratios, n);
            for (int i = 0; i < score.length; i++) gradient[i] += mean * score[i];
        }
        return n;
    }

    /** Of those that are finite; 0 of none. */
    private static double mean(double[] ratios, int n) {
        double sum = 0;
        int finite = 0;
        for (int j = 0; j < n; j++) {
            if (!Double.isFinite(ratios[j])) continue;
            sum += ratios[j];
            finite++;
        }
        return finite == 0 ? 0 : sum / finite;
    }
}
