package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Workers;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.approximation.FlowApproximation;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.approximation.MixtureApproximation;
import org.fluvia.vi.budget.Budget;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.draws.Seeds;
import org.fluvia.vi.judge.Judgement;
import org.fluvia.vi.modes.Modes;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.Test;

/** A posterior is made from anything that can be drawn from and has a density. */
class ApproximationTest {
    private static final FitPlan PLAN = FitPlan.standard();
    private static final double APART = 4;
    /** N(-4, 1) and N(4, 1) in equal shares; log Z is 0. */
    private static final Model TWO = Model.logDensity("two", 1, x -> Functions.logAddExp(normal(x.get(0), -APART), normal(x.get(0), APART)));

    private static Expr normal(Expr x, double mean) {
        return x.minus(mean).square().times(-0.5).minus(Math.log(2) + 0.5 * Math.log(2 * Math.PI));
    }

    private static Posterior posterior(Approximation q) {
        Budget budget = Budget.of(Duration.ofMinutes(10), PLAN.time());
        Seeds seeds = new Seeds(1);
        try (Workers workers = Workers.of(2)) {
            Target target = new Target(q.model(), workers);
            Judgement j = new Judgement(q, target, new Modes(target, PLAN), seeds, budget, PLAN);
            return new Drawing(j, null, Assessment.of(j, List.of()), PLAN, seeds, workers, budget).posterior(4000, 1);
        }
    }

    @Test
    void aMixtureIsJudgedAndDrawnFromAsAFlowIs() {
        BoundModel model = TWO.bind(Data.empty());
        Gaussian left = Gaussian.isotropic(new double[] {-APART}, 1);
        Posterior p = posterior(new MixtureApproximation(model, left, Gaussian.isotropic(new double[] {APART}, 1), PLAN.defence()));
        String name = p.names().get(0);
        assertEquals(Verdict.PASS, p.verdict());
        assertEquals(0, p.assessment().elbo().value(), 1e-6);
        assertEquals(0, p.assessment().logEvidence().value(), 1e-6);
        assertEquals(Math.sqrt(1 + APART * APART), p.summary(name).sd(), 0.05);
        assertEquals(0.5, p.probability(d -> d.get(name) > 0), 0.04);
        assertEquals(-Math.log(2) - 0.5 * Math.log(2 * Math.PI), p.logDensity(Map.of(p.quantities().get(0).name(), new double[] {APART})), 1e-9);
        Posterior half = posterior(FlowApproximation.of(model, left, PLAN.defence()));
        assertTrue(half.assessment().elbo().value() < -0.6, "half of the mass is log 2 less evidence");
    }
}
