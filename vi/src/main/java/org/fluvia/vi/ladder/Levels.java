package org.fluvia.vi.ladder;

import java.util.stream.IntStream;
import org.fluvia.model.BoundModel;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.Recentring;
import org.fluvia.vi.budget.Stage;
import org.fluvia.vi.plan.FitPlan;

/**
 * The best Gaussian of a hierarchical model, in coordinates that it asks for itself (partial non-centring: Gorinova, Moore and Hoffman
 * 2020). Where levels are standard, y with z = loc + scale y, the density has no spike, and the conditional precision of an element is
 * 1 + I scale^2 if the data's information is I. The best Gaussian has its mean under the posterior (Opper and Archambeau 2009). So one over
 * it is the prior's share of what is known of an element; where y is centred by the data's share, its conditional standard deviation does
 * not change with the scale to first order, as that of a Gaussian does not.
 */
final class Levels implements Rung {
    private final Ground ground;
    private final FitPlan plan;
    private final BoundModel standard;

    private Levels(Ground ground) {
        this.ground = ground;
        plan = ground.plan();
        standard = ground.target().model();
    }

    /** The rung of the best Gaussian. */
    static Rung fullRank(Ground ground) {
        return ground.target().model().levels().length > 0 ? new Levels(ground) : new FullRank(ground);
    }

    /**
     * From any Gaussian that degrees are first read from, until they settle.
     *
     * @param below of the model in which levels are standard
     * @return of the {@link Approximation#model} in the coordinates chosen
     */
    @Override
    public Approximation climb(Approximation below, Stage stage) {
        Approximation q = below;
        double[] degrees = degrees(below);
        for (int round = 1; ; round++) {
            BoundModel model = standard.centred(degrees);
            FullRank gaussian = new FullRank(ground.in(model));
            q = gaussian.climb(in(model, q), plan.levels().steps(), stage);
            double[] next = degrees(q);
            double[] last = degrees;
            boolean settled = IntStream.range(0, next.length).allMatch(i -> Math.abs(next[i] - last[i]) < plan.levels().settled());
            if (!stage.goOn()) return q;
            if (settled || round == plan.levels().rounds()) return gaussian.climb(q, stage);
            degrees = next;
        }
    }

    /** The degrees of centring that a Gaussian asks for. */
    private double[] degrees(Approximation q) {
        double[] precisions = in(standard, q).whitening().precisions();
        double[] degrees = new double[precisions.length];
        for (int i : standard.levels()) degrees[i] = Math.max(0, 1 - 1 / precisions[i]);
        return degrees;
    }

    private Approximation in(BoundModel model, Approximation q) {
        Gaussian moved = q.model() == model ? q.whitening() : new Recentring(q.model(), model).gaussian(q.whitening());
        return FlowApproximation.of(model, moved, plan.defence());
    }
}
