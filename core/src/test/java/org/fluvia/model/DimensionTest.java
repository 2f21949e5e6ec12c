package org.fluvia.model;

import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;

/** Names of axes and of what is along them. */
class DimensionTest {
    private static final Data DATA = Data.empty().with("y", new double[] {1, 2}).with("s", new double[] {1, 1});

    private static BoundModel bound(Consumer<ModelBuilder> more) {
        return Model.define("named", m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            m.sample("theta", normal(mu, 1), 2, 3);
            m.derive("twice", mu.times(m.data("s")));
            m.observe("y", normal(mu, m.data("s")));
            m.predict("later", normal(mu, 1), 2);
            more.accept(m);
        }).bind(DATA);
    }

    @Test
    void elementsAreLabelledByTheEntriesOfTheirAxes() {
        BoundModel model = bound(m -> {
            m.dimension("school", "A", "B, of C");
            m.dimension("time", List.of("1999", "2000", "2001"));
            m.axes("theta", "school", "time");
            m.axes("twice", "school");
            m.axes("y", "school");
            m.axes("later", "school");
        });
        Quantity theta = model.parameters().get(1);
        assertEquals(List.of("theta[A,1999]", "theta[A,2000]", "theta[A,2001]", "theta[B, of C,1999]", "theta[B, of C,2000]", "theta[B, of C,2001]"),
                theta.elementLabels());
        assertEquals("theta[2,3]", theta.elementNames().get(5));
        assertEquals(List.of("twice[A]", "twice[B, of C]"), model.derived().get(0).elementLabels());
        assertEquals(List.of("mu"), model.parameters().get(0).elementLabels());
        Dimension school = new Dimension("school", List.of("A", "B, of C"));
        assertEquals(Map.of("theta", List.of(school, new Dimension("time", List.of("1999", "2000", "2001"))), "twice", List.of(school), "y", List.of(school),
                "later", List.of(school)), model.axes());
        assertEquals(theta.axes(), model.centred(new double[model.dimension()]).parameters().get(1).axes());
    }

    @Test
    void eventsHaveAxesOfTheirOwn() {
        BoundModel model = Model.define("events", m -> {
            m.dimension("coefficient", "a", "b");
            m.sample("beta", multiNormal(Expr.vector(0, 0), Expr.vector(1, 0, 0, 1).reshape(Shape.of(2, 2))), 2, 2);
            m.axes("beta", "coefficient", "coefficient");
        }).bind(Data.empty());
        assertEquals(List.of("beta[a,a]", "beta[a,b]", "beta[b,a]", "beta[b,b]"), model.parameters().get(0).elementLabels());
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsLine() {
        refused("axes: there is no parameter, derived value, or observed or predicted data tau yet (DimensionTest.java:", m -> m.axes("tau", "school"));
        refused("axes: there is no dimension school (DimensionTest.java:", m -> m.axes("y", "school"));
        refused("axes: y has shape (2), but its dimensions have 3 entries (DimensionTest.java:", m -> {
            m.dimension("school", "A", "B", "C");
            m.axes("y", "school");
        });
        refused("axes: theta has shape (2 x 3), but its dimensions have 2 entries (DimensionTest.java:", m -> {
            m.dimension("school", "A", "B");
            m.axes("theta", "school");
        });
        refused("axes: mu has shape scalar, but its dimensions have 2 entries (DimensionTest.java:", m -> {
            m.dimension("school", "A", "B");
            m.axes("mu", "school");
        });
        refused("dimension: the entries of school must be different names, none of them empty, but were A, A", m -> m.dimension("school", "A", "A"));
        refused("dimension: the entries of school must be different names, none of them empty, but were A,  ", m -> m.dimension("school", "A", " "));
        refused("dimension: there is already a dimension school", m -> {
            m.dimension("school", "A");
            m.dimension("school", "B");
        });
        refused("dimension: an entry of school must not be null", m -> m.dimension("school", "A", null));
    }

    private static void refused(String message, Consumer<ModelBuilder> more) {
        String actual = assertThrows(RuntimeException.class, () -> bound(more)).getMessage();
        assertTrue(actual.startsWith(message), actual);
    }
}
