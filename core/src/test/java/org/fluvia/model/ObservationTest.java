package org.fluvia.model;

import static org.fluvia.dist.Distributions.bernoulli;
import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Workspace;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** What a bound model remembers beside its log-density: priors, observations, and what is neither. */
class ObservationTest {
    private static final Data DATA = Data.empty().with("y", 1, 2, 4).with("n", 7).with("z", new double[][] {{0, 1}, {1, 1}});

    private static BoundModel model(Consumer<ModelBuilder> definition) {
        return Model.define("test", definition).bind(DATA);
    }

    private static double[] at(BoundModel m, Expr value, double... u) {
        Workspace w = Program.of(value).workspace();
        w.set(m.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u)));
        w.run(1);
        return w.perDraw(value).data;
    }

    @Test
    void anObservationHasItsValuesAndItsDensityElementByElement() {
        BoundModel m = model(b -> {
            Expr mu = b.sample("mu", normal(0, 5));
            Expr s = b.sample("s", halfCauchy(1));
            b.observe("y", normal(mu.times(Expr.vector(1, 2, 3)), s));
        });
        Observation o = m.observations().get(0);
        assertEquals("y", o.name());
        assertArrayEquals(new double[] {1, 2, 4}, SharedValues.of(o.values()));
        double[] expected = new double[3];
        double s = Math.exp(0.3);
        for (int i = 0; i < 3; i++) {
            double z = (new double[] {1, 2, 4}[i] - 1.5 * (i + 1)) / s;
            expected[i] = -0.5 * z * z - 0.3 - 0.5 * Math.log(2 * Math.PI);
        }
        assertArrayEquals(expected, at(m, o.logDensity(), 1.5, 0.3), 1e-14);
        assertArrayEquals(new double[] {1.5, 3, 4.5}, at(m, o.distribution().parameters().get(0), 1.5, 0.3), 1e-15);
        assertEquals(Shape.of(3), o.distribution().shape());
        double[] replicated = o.distribution().sample(new SplittableRandom(1), List.of(new double[] {10, 20, 30}, new double[] {1e-9}));
        assertArrayEquals(new double[] {10, 20, 30}, replicated, 1e-7);
    }

    @Test
    void everyObservationHasANameOfItsOwn() {
        BoundModel m = model(b -> {
            Expr mu = b.sample("mu", normal(0, 5));
            Expr y = b.data("y");
            b.observe("y", normal(mu, 1));
            for (int i = 0; i < 2; i++) b.observe(y.get(i), normal(mu, 2));
            b.observe(y, normal(mu, 3));
            b.observe(y.slice(1, 3).named("late"), normal(mu, 1));
            b.observe("z", bernoulli(mu.sigmoid()));
            b.observe("n", normal(Expr.vector(1, 2).times(mu), 1));
        });
        List<Observation> all = m.observations();
        assertEquals(List.of("y", "observed_1", "observed_2", "y_2", "late", "z", "n"), all.stream().map(Observation::name).toList());
        assertEquals(Shape.of(2, 2), all.get(5).logDensity().shape());
        assertEquals(Shape.of(2), all.get(6).distribution().shape(), "a number is compared with each element");
        assertTrue(m.otherTerms().isEmpty());
    }

    @Test
    void priorsAreKeptAndFlatParametersHaveNone() {
        BoundModel m = model(b -> {
            Expr mu = b.parameter("mu", Support.real());
            b.sample("x", normal(mu, 2), 3);
        });
        assertNull(m.prior("mu"));
        Conditional prior = m.prior("x");
        assertEquals(Shape.of(3), prior.shape());
        assertNull(prior.cut());
        assertArrayEquals(new double[] {0.7}, at(m, prior.parameters().get(0), 0.7, 0, 0, 0));
    }

    @Test
    void aPriorKnowsToWhatItWasCut() {
        BoundModel m = model(b -> {
            b.sample("tau", halfCauchy(1));
            b.sample("x", normal(0, 1), Support.real());
            b.sample("y", normal(0, 1), Support.positive());
        });
        assertNull(m.prior("tau").cut());
        assertNull(m.prior("x").cut());
        assertEquals(Support.positive(), m.prior("y").cut());
    }

    @Test
    void termsThatAreNeitherPriorNorDataAreSaid() {
        BoundModel m = model(b -> {
            Expr mu = b.parameter("mu", Support.real());
            b.observe(mu.times(2).named("twice"), normal(0, 1));
            for (int i = 0; i < 3; i++) b.logDensity(mu.times(i));
            b.logDensity(Expr.of(3));
        });
        assertTrue(m.observations().isEmpty());
        assertEquals(2, m.otherTerms().size(), "constants do not count, and a loop counts once");
        assertTrue(m.otherTerms().get(0).startsWith("the density of twice (ObservationTest.java:"), m.otherTerms().get(0));
        assertTrue(m.otherTerms().get(1).startsWith("a term of logDensity (ObservationTest.java:"), m.otherTerms().get(1));
    }
}
