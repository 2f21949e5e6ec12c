package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flows;
import org.fluvia.model.Model;
import org.fluvia.vi.objective.Objective;
import org.fluvia.vi.objective.Objectives;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every objective in the table has to do. */
class ObjectivesTest {
    static final List<Objectives.Row> ALL = Objectives.table().rows();
    /** Two normal densities, the second around the square of the first: log Z is 0, a Gaussian's ELBO far below. */
    private static final Model BANANA = Model.logDensity("banana", 2, x -> {
        Expr a = x.get(0);
        Expr b = x.get(1).minus(a.square());
        return a.square().plus(b.square().times(4)).times(-0.5).minus(Math.log(Math.PI));
    });

    private static Fit fit(Objective objective) {
        return Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.realNvp().layers(4).hidden(16, 16)).objective(objective);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void trainsAFlowToABanana(Objectives.Row row) {
        Posterior gaussian = Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.fullRank()).run();
        Posterior p = fit(row.objective()).plan(FitPlan.standard().with("training.mostSteps", 1500)).run();
        assertEquals(0, p.assessment().logEvidence().value(), 5 * p.assessment().logEvidence().standardError() + 1e-3);
        double gap = -gaussian.assessment().elbo().value();
        assertTrue(gap > 0.3);
        assertEquals(0, p.assessment().elbo().value(), 0.25 * gap, row.name());
    }

    /** The same noise, another derivative. */
    @Test
    void theObjectiveTakesEffect() {
        FitPlan shortly = FitPlan.standard().with("training.mostSteps", 50);
        double[] path = fit(Objectives.reverseKl()).plan(shortly).run().logApproximation();
        assertArrayEquals(path, Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.realNvp().layers(4).hidden(16, 16)).plan(shortly).run().logApproximation());
        assertFalse(Arrays.equals(path, fit(Objectives.totalReverseKl()).plan(shortly).run().logApproximation()));
    }

    /** One of a user's own: all it needs is a gradient. This one never moves, so the flow stays the identity. */
    @Test
    void anObjectiveMayBeTheUsersOwn() {
        Posterior still = fit(setting -> (weights, step, gradient) -> {
            Arrays.fill(gradient, 0);
            return setting.batch();
        }).plan(FitPlan.standard().with("covering.steps", 0)).run();
        Posterior gaussian = Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.fullRank()).run();
        assertEquals(gaussian.assessment().elbo().value(), still.assessment().elbo().value(), 1e-9);
    }

    @Test
    void eachHasItsNameAsAMethod() throws ReflectiveOperationException {
        for (Objectives.Row row : ALL) {
            assertSame(row.objective(), Objectives.class.getMethod(row.name()).invoke(null));
            assertSame(row.objective(), Objectives.named(row.name()));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> Objectives.named("sidewaysKl")).getMessage();
        assertTrue(message.contains("reverseKl"), message);
        assertThrows(IllegalArgumentException.class, () -> Fit.of(BANANA).objective(null));
    }
}
