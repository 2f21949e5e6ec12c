package org.fluvia.model;

import static org.fluvia.dist.Distributions.cauchy;
import static org.fluvia.dist.Distributions.exponential;
import static org.fluvia.dist.Distributions.gamma;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.leftTruncated;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.poisson;
import static org.fluvia.dist.Distributions.rightCensored;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Data SCHOOLS = Data.empty().with("J", 8).with("y", 28, 8, -3, 7, -1, 1, 18, 12)
            .with("sigma", 15, 10, 16, 11, 9, 11, 10, 18);

    private static final Model EIGHT_SCHOOLS = Model.define("eight schools", m -> {
        Expr sigma = m.data("sigma");
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        Expr z = m.sample("z", normal(0, 1), 8);
        Expr theta = m.derive("theta", mu.plus(tau.times(z)));
        m.observe("y", normal(theta, sigma));
    });

    private static double at(Expr value, BoundModel model, double[] unconstrained) {
        Workspace w = Program.of(value).workspace();
        w.set(model.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(unconstrained.length, 1, unconstrained)));
        w.run(1);
        return w.perDraw(value).get(0);
    }

    @Test
    void theLogDensityKeepsAllConstantsAndTheJacobianIsApart() {
        BoundModel m = EIGHT_SCHOOLS.bind(SCHOOLS);
        assertEquals(10, m.dimension());
        double[] u = {1.5, Math.log(2), 0, 0, 0, 0, 0, 0, 0, 0};
        double expected = -0.5 * 1.5 * 1.5 / 25 - Math.log(5) - 9 * 0.5 * Math.log(2 * Math.PI)
                + Math.log(2 / (Math.PI * 5 * (1 + 4.0 / 25)));
        double[] y = SCHOOLS.values("y");
        double[] sigma = SCHOOLS.values("sigma");
        for (int i = 0; i < 8; i++) {
            expected += -0.5 * Math.pow((y[i] - 1.5) / sigma[i], 2) - Math.log(sigma[i]) - 0.5 * Math.log(2 * Math.PI);
        }
        assertEquals(expected, at(m.logDensity(), m, u), 1e-12);
        assertEquals(expected + Math.log(2), at(m.logDensityUnconstrained(), m, u), 1e-12);
        assertEquals(1.5, at(m.derived().get(0).value().get(3), m, u));
    }

    @Test
    void constrainedPointsFindTheirUnconstrainedOnes() {
        BoundModel m = EIGHT_SCHOOLS.bind(SCHOOLS);
        Map<String, double[]> point = new LinkedHashMap<>();
        point.put("z", new double[] {1, 2, 3, 4, 5, 6, 7, 8});
        point.put("tau", new double[] {2.5});
        point.put("mu", new double[] {-1});
        assertArrayEquals(new double[] {-1, Math.log(2.5), 1, 2, 3, 4, 5, 6, 7, 8}, m.unconstrain(point), 1e-15);
        point.put("tau", new double[] {-2.5});
        assertMessage("point: tau must be at least 0, but is -2.5", () -> m.unconstrain(point));
        point.put("tau", new double[] {1, 2});
        assertMessage("point: parameter tau must have 1 values, but has 2", () -> m.unconstrain(point));
        point.put("tau", new double[] {1});
        point.put("theta", new double[8]);
        assertMessage("point: the model has no parameter theta; it has mu, tau, z", () -> m.unconstrain(point));
        point.remove("theta");
        point.remove("mu");
        assertMessage("point: parameter mu is missing; the point has z, tau", () -> m.unconstrain(point));
    }

    @Test
    void everyMistakeHasItsMessage() {
        assertDefinition("data: the model needs a variable N (ModelTest.java:", m -> m.data("N"));
        assertDefinition("data: the model needs a variable N (ModelTest.java:", m -> m.integer("N"));
        assertDefinition("data: y in the data must have shape (7), but has (8)", m -> m.data("y", 7));
        assertDefinition("data: y in the data must be a whole number, but has shape (8)", m -> m.integer("y"));
        assertDefinition("data: the model needs a variable N (ModelTest.java:", m -> m.integers("N"));
        assertDefinition("there is already a parameter or derived value named mu", m -> {
            m.sample("mu", normal(0, 1));
            m.parameter("mu", Support.positive());
        });
        assertDefinition("there is already a parameter or derived value named mu", m -> m.derive("mu", m.sample("mu", normal(0, 1))));
        assertDefinition("a parameter's name must consist of letters", m -> m.sample("log mu", normal(0, 1)));
        assertDefinition("a parameter's name must consist of letters", m -> m.sample("lp__", normal(0, 1)));
        assertDefinition("model wrong has no parameters", m -> m.data("y"));
        assertDefinition("sample: k has the discrete prior poisson", m -> m.sample("k", poisson(3)));
        assertDefinition("observe: y has shape (8), but normal has shape (3)",
                m -> m.observe("y", normal(m.sample("mu", normal(0, 1), 3), 1)));
        assertDefinition("observe: y[3] = -3 is outside the support of poisson", m -> m.observe("y", poisson(m.parameter("r", Support.positive()))));
        assertDefinition("normal: scale must be positive", m -> m.sample("mu", normal(0, -1)));
        assertDefinition("model wrong: all parameters are empty", m -> m.sample("mu", normal(0, 1), 0));
    }

    @Test
    void badDataAreNamedByElement() {
        Data nan = SCHOOLS.with("y", 28, 8, Double.NaN, 7, -1, 1, 18, 12);
        assertMessage("data: y[3] in the data must be a number, but is NaN", () -> EIGHT_SCHOOLS.bind(nan));
        Data negative = SCHOOLS.with("sigma", 15, 10, 16, 11, -9, 11, 10, 18);
        assertMessage("normal: scale must be positive and finite, but was -9", () -> EIGHT_SCHOOLS.bind(negative));
        Data longer = SCHOOLS.with("y", new double[9]);
        assertMessage("observe: y has shape (9), but normal has shape (8)", () -> EIGHT_SCHOOLS.bind(longer));
    }

    @Test
    void aModelWithoutDataOrWithOwnGradientIsOneToo() {
        BoundModel banana = Model.logDensity("banana", 2, x -> x.get(0).square().plus(x.get(1).minus(x.get(0).square()).square())
                .times(-0.5)).bind(Data.empty());
        assertEquals(-0.5 * (4 + 1), at(banana.logDensity(), banana, new double[] {2, 5}));
        assertTrue(banana.isDifferentiableTwice());
        BoundModel mine = Model.external("mine", 3, (x, g) -> {
            g[0] = -x[0];
            return -0.5 * x[0] * x[0];
        }).bind(Data.empty());
        assertEquals(-2, at(mine.logDensityUnconstrained(), mine, new double[] {2, 5, 7}));
        assertFalse(mine.isDifferentiableTwice());
    }

    @Test
    void functionsWithoutASecondDerivativeCountAsOwnGradients() {
        BoundModel rate = Model.define("rate", m -> m.observe(Expr.vector(2, 5), leftTruncated(
                poisson(m.sample("rate", exponential(1))), 1))).bind(Data.empty());
        assertTrue(rate.isDifferentiableTwice());
        BoundModel shape = Model.define("shape", m -> m.observe(Expr.vector(2, 5), rightCensored(
                gamma(m.sample("shape", exponential(1)), 1), 5))).bind(Data.empty());
        assertFalse(shape.isDifferentiableTwice());
        BoundModel own = Model.define("own", m -> m.logDensity(m.sample("x", exponential(1)).digamma())).bind(Data.empty());
        assertFalse(own.isDifferentiableTwice());
    }

    @Test
    void elementsAreNamedAsInStan() {
        BoundModel m = Model.define("names", b -> {
            b.sample("mu", normal(0, 1));
            b.sample("x", cauchy(0, 1), 2, 3);
        }).bind(Data.empty());
        assertEquals(List.of("mu"), m.parameters().get(0).elementNames());
        assertEquals(List.of("x[1,1]", "x[1,2]", "x[1,3]", "x[2,1]", "x[2,2]", "x[2,3]"), m.parameters().get(1).elementNames());
        assertEquals(Shape.of(2, 3), m.parameters().get(1).shape());
    }

    @Test
    void aValueThatIsNotFiniteIsExplained() {
        BoundModel m = Model.define("log", b -> b.logDensity(b.parameter("x", Support.real()).log())).bind(Data.empty());
        String why = m.explain(new double[] {-1});
        assertTrue(why.startsWith("log gives NaN (ModelTest.java:") && why.endsWith("with x = -1.0"), why);
    }

    private static void assertDefinition(String message, Consumer<ModelBuilder> definition) {
        assertMessage(message, () -> Model.define("wrong", definition).bind(SCHOOLS));
    }

    private static void assertMessage(String message, Runnable code) {
        String actual = assertThrows(IllegalArgumentException.class, code::run).getMessage();
        assertTrue(actual.startsWith(message), actual);
    }

    @Test
    void aPriorOnASupportOfItsOwnIsNotRenormalised() {
        Model model = Model.define("half", m -> m.sample("x", normal(1, 2), Support.lower(0.5)));
        BoundModel bound = model.bind(Data.empty());
        double density = at(bound.logDensity(), bound, new double[] {Math.log(1.5)});
        assertEquals(-0.5 * 0.25 - Math.log(2) - 0.5 * Math.log(2 * Math.PI), density, 1e-14);
    }

    @Test
    void dataCanBeReadAsNumbersOfJava() {
        Data data = Data.empty().with("s", new int[] {2, 0, 3}).with("x", new double[][] {{1, 2.5}, {3, 4}});
        Model.define("model", m -> {
            assertArrayEquals(new int[] {2, 0, 3}, m.integers("s"));
            assertArrayEquals(new double[] {1, 2.5, 3, 4}, m.numbers("x"));
            ModelException e = assertThrows(ModelException.class, () -> m.integers("x"));
            assertTrue(e.getMessage().startsWith("data: x[1,2] in the data must be a whole number, but is 2.5"), e.getMessage());
            m.sample("mu", normal(0, 1));
        }).bind(data);
    }

    @Test
    void whatIsObservedIsNotPredictedUnderTheSameNameInEitherOrder() {
        Data data = Data.empty().with("y", 1, 2);
        Model after = Model.define("after", m -> {
            m.observe("y", normal(m.sample("mu", normal(0, 1)), 1));
            m.predict("y", normal(0, 1));
        });
        Model before = Model.define("before", m -> {
            m.predict("y", normal(0, 1));
            m.observe("y", normal(m.sample("mu", normal(0, 1)), 1));
        });
        for (Model m : List.of(after, before)) {
            String message = assertThrows(ModelException.class, () -> m.bind(data)).getMessage();
            assertTrue(message.startsWith("predict: y is observed, and replications of it need no declaration (ModelTest.java:"), message);
        }
    }
}
