package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.FlowCheck.Finding;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The check passes flows that are right and finds what is wrong with others. */
class FlowCheckTest {
    static final List<FlowFamily> ALL = Flows.table().rows();

    @ParameterizedTest
    @FieldSource("ALL")
    void everyFlowOfTheTablePasses(FlowFamily family) {
        for (int d : new int[] {1, 2, 3}) {
            Flow flow = family.spec().get().towards(FlowSpec.Use.DENSITY).build(d, 1);
            FlowCheck check = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.2)).check();
            for (Finding f : check.findings()) {
                // sums of 1e300 and 1 keep nothing of the 1, on which networks depend
                if (!f.law().startsWith("every point")) assertTrue(f.isKept(), family.name() + " in " + d + " dimensions:\n" + check);
            }
        }
    }

    @Test
    void aContextIsGivenFirst() {
        Expr context = Expr.perDraw("context", Shape.of(2));
        Flow flow = Flows.realNvp().layers(2).hidden(4).build(2, 1, Context.of(context));
        FlowCheck check = FittedFlow.of(flow, Instances.perturbed(flow.weights(), 0.2)).given(context, 0.5, -1).check();
        assertTrue(check.isPassed(), check.toString());
    }

    /** A map of each element of one's own. */
    private record Mine(int dimension, UnaryOperator<Expr> f, UnaryOperator<Expr> g, UnaryOperator<Expr> logSlope) implements Bijection {
        @Override
        public List<Expr> weights() {
            return List.of();
        }

        @Override
        public Transformed forward(Expr x) {
            return new Transformed(f.apply(x), logSlope.apply(x).sum());
        }

        @Override
        public Transformed inverse(Expr y) {
            Expr x = g.apply(y);
            return new Transformed(x, logSlope.apply(x).sum().unaryMinus());
        }
    }

    private static List<String> broken(Bijection map) {
        return Flow.of(map).check().findings().stream().filter(f -> !f.isKept()).map(Finding::law).toList();
    }

    @Test
    void aBijectionOfOnesOwnPasses() {
        for (int d = 1; d <= 4; d++) {
            FlowCheck check = Flow.of(new Mine(d, x -> x.times(3), y -> y.div(3), x -> x.times(0).plus(StrictMath.log(3)))).check();
            assertTrue(check.isPassed(), check.toString());
            assertEquals(7, check.findings().size());
        }
    }

    @Test
    void aWrongInverseIsFound() {
        List<String> found = broken(new Mine(2, x -> x.times(3), y -> y.times(3), x -> x.times(0).plus(StrictMath.log(3))));
        assertTrue(found.contains("the inverse undoes forward"), found.toString());
    }

    @Test
    void aWrongLogDeterminantIsFound() {
        for (int d = 1; d <= 4; d++) {
            List<String> found = broken(new Mine(d, x -> x.times(3), y -> y.div(3), x -> x.times(0).plus(1)));
            assertTrue(found.contains("the log-determinant is that of the Jacobian"), found.toString());
            assertTrue(found.contains("the density integrates to 1"), found.toString());
            assertFalse(found.contains("the inverse undoes forward"));
        }
    }

    /** tanh is not onto the line: that its density, on the line, has the right mass does not make it a bijection of it. */
    @Test
    void aMapThatIsNotOntoIsFound() {
        List<String> found = broken(new Mine(2, x -> x.tanh(), y -> {
            Expr inside = y.clamp(-1 + 1e-15, 1 - 1e-15);
            return inside.plus(1).div(inside.unaryMinus().plus(1)).log().times(0.5);
        }, x -> x.abs().unaryMinus().plus(StrictMath.log(2)).minus(x.abs().times(-2).softplus()).times(2)));
        assertTrue(found.contains("every point to 1e300 is the image of one"), found.toString());
    }

    @Test
    void whatOverflowsIsFound() {
        FlowCheck check = Flow.of(new Mine(1, x -> x.plus(x.times(x).times(x)), y -> y.times(0), x -> x.square().times(3).plus(1).log())).check();
        String words = check.toString();
        assertTrue(words.contains("BROKEN values, log-determinants and derivatives are finite to 1e300"), words);
        assertTrue(words.contains("forward at [1.0E200]"), words);
    }
}
