package org.fluvia.model;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** m.parameter and m.observe of all its elements are what m.sample is, wherever the parameters of the prior are declared. */
class PriorByObserveTest {
    @Test
    void theDensityIsTheSameAndThePriorIsKnown() {
        BoundModel sampled = Model.define("sampled", m -> m.sample("x", gamma(2, 3), 4)).bind(Data.empty());
        BoundModel observed = Model.define("observed", m -> {
            Expr x = m.parameter("x", gamma(2, 3).support(), 4);
            m.observe(x, gamma(2, 3));
        }).bind(Data.empty());
        assertEquals(density(sampled), density(observed));
        assertNotNull(sampled.prior("x"));
        assertNotNull(observed.prior("x"));
        assertEquals(0, observed.otherTerms().size());
        assertEquals(0, observed.observations().size());
    }

    @Test
    void aPriorMayDependOnWhatIsDeclaredLater() {
        BoundModel m = Model.define("late", b -> {
            Expr town = b.parameter("town", Support.real(), 2, 3);
            Expr region = b.parameter("region", Support.real(), 2);
            Expr s = b.parameter("s", Support.upper(b.sample("top", normal(0, 1))));
            b.observe(town.transpose(), normal(region.get(0), s.exp()));
            b.observe(region, normal(0, s.exp()));
        }).bind(Data.empty());
        assertArrayEquals(new int[] {2, 3, 1, 0}, m.drawingOrder());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, m.levels());
        assertEquals(List.of("town", "region", "top", "s"), m.parameters().stream().map(Quantity::name).toList());
    }

    /** Parts, functions and counts of a parameter, second densities, numbers against vectors, and circles. */
    @Test
    void otherDensitiesAreNoPriors() {
        BoundModel m = Model.define("terms", b -> {
            Expr x = b.parameter("x", Support.real(), 3);
            Expr y = b.parameter("y", Support.real());
            Expr z = b.parameter("z", Support.real());
            b.observe(x.slice(0, 2), normal(0, 1));
            b.observe(x, poisson(2));
            b.observe(x, normal(x.sum(), 1));
            b.observe(x.reshape(Shape.of(3, 1)), normal(Expr.vector(1, 2, 3).reshape(Shape.of(3, 1)), 1));
            b.observe(x.plus(1), normal(0, 1));
            b.observe(y, normal(Expr.vector(1, 2, 3), 1));
            b.observe(y, normal(z, 1));
            b.observe(y, normal(z, 2));
            b.observe(z, normal(y, 1));
        }).bind(Data.empty());
        assertNull(m.prior("x"));
        assertNotNull(m.prior("y"));
        assertNull(m.prior("z"));
        assertEquals(8, m.otherTerms().size());
    }

    private static double density(BoundModel model) {
        Workspace w = Program.of(model.logDensityUnconstrained()).workspace();
        w.set(model.unconstrained(), DrawSource.of(new DMatrixRMaj(new double[][] {{0.3}, {-1}, {2}, {0}})));
        w.run(1);
        return w.perDraw(model.logDensityUnconstrained()).get(0, 0);
    }
}
