package org.fluvia.model;

import static org.fluvia.dist.Distributions.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.junit.jupiter.api.Test;

/** m.parameter and m.observe are the density that m.sample is, and not the prior. */
class PriorByObserveTest {
    @Test
    void theDensityIsTheSameAndThePriorIsNotKnown() {
        BoundModel sampled = Model.define("sampled", m -> m.sample("x", gamma(2, 3), 4)).bind(Data.empty());
        BoundModel observed = Model.define("observed", m -> {
            Expr x = m.parameter("x", gamma(2, 3).support(), 4);
            m.observe(x, gamma(2, 3));
        }).bind(Data.empty());
        assertEquals(density(sampled), density(observed), 1e-14);
        assertNotNull(sampled.prior("x"));
        assertEquals(0, sampled.otherTerms().size());
        assertNull(observed.prior("x"));
        assertEquals(1, observed.otherTerms().size());
        assertEquals(0, observed.observations().size());
    }

    private static double density(BoundModel model) {
        Workspace w = Program.of(model.logDensityUnconstrained()).workspace();
        w.set(model.unconstrained(), DrawSource.of(new DMatrixRMaj(new double[][] {{0.3}, {-1}, {2}, {0}})));
        w.run(1);
        return w.perDraw(model.logDensityUnconstrained()).get(0, 0);
    }
}
