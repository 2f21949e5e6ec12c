package org.fluvia.model;

import static org.fluvia.dist.Distributions.gaussianRandomWalk;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.multinomial;
import static org.fluvia.dist.Distributions.multinomialLogit;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;

/** Parameters and observations that are vectors and matrices: their last axes are one event. */
class EventModelTest {
    private static final Data COUNTS = Data.empty().with("y", new double[][] {{1, 2, 3}, {0, 0, 4}})
            .with("short", new double[][] {{1, 2}, {0, 0}}).with("bad", new double[][] {{1, 2, -3}, {0, 0, 4}})
            .with("odd", new double[][] {{1, 2, 3}, {0, 0.5, 4}});

    private static void assertMessage(String pattern, Consumer<ModelBuilder> definition) {
        String message = assertThrows(ModelException.class, () -> Model.define("m", definition).bind(COUNTS)).getMessage();
        assertTrue(message.matches(pattern.replace("LINE", "EventModelTest\\.java:\\d+")), message);
    }

    @Test
    void priorsOfVectorsTakeTheWholeShape() {
        BoundModel m = Model.define("walks", b -> {
            Expr sigma = b.sample("sigma", halfNormal(1));
            b.sample("x", gaussianRandomWalk(sigma), 2, 3);
        }).bind(Data.empty());
        assertEquals(7, m.dimension());
        double[] u = {Math.log(0.5), 1, 2, 1.5, -1, 0, 0};
        double[] r = Replay.at(u, List.of(m.unconstrained()), m.logDensity());
        double expected = 0.5 * Math.log(2 / Math.PI) - 0.125;
        for (double step : new double[] {1, 1, -0.5, -1, 1, 0}) {
            expected += -0.5 * step * step * 4 - Math.log(0.5) - 0.5 * Math.log(2 * Math.PI);
        }
        assertEquals(expected, r[0], 1e-13);
    }

    @Test
    void observationsOfVectorsAreSummedOverEvents() {
        BoundModel m = Model.define("counts", b -> {
            Expr logits = b.sample("logits", normal(0, 1), 3);
            b.observe("y", multinomialLogit(logits));
        }).bind(COUNTS);
        double[] r = Replay.at(new double[] {0, 0, 0}, List.of(m.unconstrained()), m.logDensity());
        double expected = -1.5 * Math.log(2 * Math.PI) + Math.log(60) - 10 * Math.log(3);
        assertEquals(expected, r[0], 1e-13);
    }

    @Test
    void shapesOfEventsAreChecked() {
        Expr third = Expr.vector(0.25, 0.25, 0.5);
        assertMessage("observe: short has shape \\(2 x 2\\), but an event of multinomial has shape \\(3\\) \\(LINE\\)\\. The last"
                + " axis of a value must be those of an event; .*", b -> b.observe("short", multinomial(third)));
        assertMessage("observe: y has shape \\(2 x 3\\), but multinomial has shape \\(4 x 3\\) \\(LINE\\)\\. .*",
                b -> b.observe("y", multinomial(Expr.vector(6, 4, 1, 1), third)));
        assertMessage("observe: bad\\[1,3\\] = -3 is outside the support of multinomial \\(whole numbers from 0\\) \\(LINE\\)",
                b -> b.observe("bad", multinomial(third)));
        assertMessage("observe: odd\\[2,2\\] = 0.5 is outside the support of multinomial .*",
                b -> b.observe("odd", multinomial(third)));
        assertMessage("observe: y\\[1\\] = \\(1, 2, 3\\) adds up to 6, but multinomial has 5 trials \\(LINE\\)",
                b -> b.observe("y", multinomial(5, third)));
        assertMessage("sample: x needs dimensions, as an event of gaussianRandomWalk is a vector of any size \\(LINE\\)\\. Give"
                + " them after the prior: m.sample\\(\"x\", gaussianRandomWalk\\(...\\), n\\)\\.",
                b -> b.sample("x", gaussianRandomWalk(1)));
        assertMessage("sample: y has the discrete prior multinomial .*", b -> b.sample("y", multinomial(third)));
    }

    @Test
    void replicatesOfCountsHaveTheirTotals() {
        BoundModel m = Model.define("counts", b -> {
            Expr logits = b.sample("logits", normal(0, 1), 3);
            b.observe("y", multinomialLogit(logits));
        }).bind(COUNTS);
        Conditional replicates = m.observations().get(0).distribution();
        assertEquals(Shape.of(2, 3), replicates.shape());
        assertEquals(2, replicates.parameters().size());
        assertArrayEquals(new double[] {6, 4},
                org.fluvia.autodiff.SharedValues.of(replicates.parameters().get(0)), "trials come first");
    }
}
