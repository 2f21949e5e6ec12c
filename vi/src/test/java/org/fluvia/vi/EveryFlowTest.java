package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.flows.Flow;
import org.fluvia.flows.FlowFamily;
import org.fluvia.flows.FlowSpec;
import org.fluvia.flows.Flows;
import org.fluvia.flows.bijection.Cost;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.model.Model;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every flow of the table does as the last rung of a fit, whichever way round it is cheap. */
class EveryFlowTest {
    static final List<FlowFamily> ALL = Flows.table().rows();
    /** These bend no element by another. */
    private static final Set<String> STRAIGHT = Set.of("fullRank", "diagonal", "lowRank", "heavyTails");
    private static final FitPlan SHORTLY = FitPlan.standard().with("training.mostSteps", 400).with("covering.steps", 100);
    /** Two normal densities, the second around the square of the first: log Z is 0, a Gaussian's ELBO far below. */
    private static final Model BANANA = Model.logDensity("banana", 2, x -> {
        Expr a = x.get(0);
        Expr b = x.get(1).minus(a.square());
        return a.square().plus(b.square().times(4)).times(-0.5).minus(Math.log(Math.PI));
    });

    @ParameterizedTest
    @FieldSource("ALL")
    void bendsAGaussianIntoABanana(FlowFamily family) {
        double gaussian = Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.fullRank()).run().assessment().elbo().value();
        boolean isCostly = family.example(FlowSpec.Use.DRAWS).drawCost() == Cost.ITERATIVE;
        Posterior p = Fit.of(BANANA).finish(Finish.WEIGHTS).flow(family.spec().get()).plan(isCostly ? SHORTLY.with("training.mostSteps", 100) : SHORTLY).run();
        double elbo = p.assessment().elbo().value();
        assertTrue(elbo <= 0.01, family.name() + " has the ELBO " + elbo + " above log Z");
        double least = STRAIGHT.contains(family.name()) ? gaussian - 0.01 : (isCostly ? 0.9 : 0.7) * gaussian;
        assertTrue(elbo >= least, family.name() + ": " + elbo + ", a Gaussian " + gaussian);
    }

    @Test
    void aFlowWhoseDrawsCostMoreThanTheyNeedToIsMentioned() {
        Posterior p = Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.maf().layers(2).hidden(8)).plan(SHORTLY).run();
        assertEquals(List.of("draws of the flow are made one element after the other, in 2 steps. Fits draw at every step: a flow whose draws take"
                + " one pass is faster, such as realNvp or iaf."), p.warnings());
        assertEquals(List.of(), Fit.of(BANANA).finish(Finish.WEIGHTS).flow(Flows.iaf().layers(2).hidden(8)).plan(SHORTLY).run().warnings());
    }

    /** One that is cheap the way round that it is turned. */
    private record Turning(Use use) implements FlowSpec {
        @Override
        public FlowSpec towards(Use other) {
            return new Turning(other);
        }

        @Override
        public Flow build(int dimension, long seed, Context context) {
            return (use == Use.DRAWS ? Flows.iaf() : Flows.maf()).layers(2).hidden(8).build(dimension, seed, context);
        }
    }

    @Test
    void aFamilyThatCanBeTurnedIsTurnedTowardsDraws() {
        FlowSpec spec = new Turning(FlowSpec.Use.DENSITY);
        assertEquals(Cost.SEQUENTIAL, spec.build(2, 1).drawCost());
        assertEquals(List.of(), Fit.of(BANANA).finish(Finish.WEIGHTS).flow(spec).plan(SHORTLY).run().warnings());
    }
}
