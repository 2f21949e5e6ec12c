package org.fluvia.model;

import static org.fluvia.dist.Distributions.halfNormal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;

class HorseshoeTest {

    private static List<String> names(BoundModel m) {
        return m.parameters().stream().map(Quantity::name).toList();
    }

    private static double logHalfCauchy(double x, double scale) {
        return Math.log(2 / (Math.PI * scale)) - Math.log1p(x / scale * (x / scale));
    }

    private static double logNormal(double z) {
        return -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    }

    @Test
    void coefficientsAreNormalTimesTwoScales() {
        BoundModel m = Model.define("sparse", b -> b.sample("beta", Horseshoe.of(0.1), 2)).bind(Data.empty());
        assertEquals(List.of("beta_z", "beta_lambda", "beta_tau"), names(m));
        assertEquals("beta", m.derived().get(0).name());
        double[] u = {-1.5, 0.25, Math.log(2), Math.log(30), Math.log(0.05)};
        double[] r = Replay.at(u, List.of(m.unconstrained()), m.derived().get(0).value(), m.logDensity());
        assertEquals(-1.5 * 2 * 0.05, r[0], 1e-15);
        assertEquals(0.25 * 30 * 0.05, r[1], 1e-15);
        double expected = logNormal(-1.5) + logNormal(0.25) + logHalfCauchy(2, 1) + logHalfCauchy(30, 1)
                + logHalfCauchy(0.05, 0.1);
        assertEquals(expected, r[2], 1e-13);
    }

    /** Piironen and Vehtari 2017, appendix C.2: the Stan program with c = slab_scale * sqrt(caux). */
    @Test
    void theSlabBoundsLargeCoefficients() {
        BoundModel m = Model.define("sparse", b -> {
            Expr sigma = b.sample("sigma", halfNormal(1));
            b.sample("beta", Horseshoe.regularized(sigma.times(0.1), 4, 2.5), 2, 1);
        }).bind(Data.empty());
        assertEquals(List.of("sigma", "beta_z", "beta_lambda", "beta_tau", "beta_c2"), names(m));
        assertEquals(Shape.of(2, 1), m.derived().get(0).shape());
        double tau = 0.05;
        double c2 = 9;
        double[] u = {Math.log(3), -1.5, 0.25, Math.log(2), Math.log(1e6), Math.log(tau), Math.log(c2)};
        double[] r = Replay.at(u, List.of(m.unconstrained()), m.derived().get(0).value(), m.logDensity());
        double lambdaTilde = Math.sqrt(c2 * 4 / (c2 + tau * tau * 4));
        assertEquals(-1.5 * tau * lambdaTilde, r[0], 1e-15);
        assertEquals(0.25 * 3, r[1], 1e-8, "the slab's scale where lambda is large");
        double caux = c2 / 6.25;
        double logInverseGamma = 2 * Math.log(2) - 3 * Math.log(caux) - 2 / caux - Math.log(6.25); // of caux, and its Jacobian
        double expected = 0.5 * Math.log(2 / Math.PI) - 4.5 + logNormal(-1.5) + logNormal(0.25) + logHalfCauchy(2, 1)
                + logHalfCauchy(1e6, 1) + logHalfCauchy(tau, 0.3) + logInverseGamma;
        assertEquals(expected, r[2], 1e-12);
    }

    @Test
    void degreesOfFreedomAreChosen() {
        BoundModel m = Model.define("sparse", b -> b.sample("beta", Horseshoe.of(1).localDf(3).globalDf(5))).bind(Data.empty());
        double[] r = Replay.at(new double[] {0, 0, 0}, List.of(m.unconstrained()), m.logDensity());
        // at 1, twice the t densities of 3 and 5 degrees of freedom: scipy.stats.t.logpdf(1, [3, 5])
        assertEquals(logNormal(0) + 2 * Math.log(2) - 1.5762529945270716 - 1.5155842594365883, r[0], 1e-12);
    }

    @Test
    void mistakesAreNamed() {
        assertMessage("there is already a parameter or derived value named beta ", b -> {
            b.sample("beta", Horseshoe.of(1), 2);
            b.sample("beta", Horseshoe.of(1), 2);
        });
        assertMessage("halfStudentT: scale must be positive and finite, but was -1.0 (HorseshoeTest.java:",
                b -> b.sample("beta", Horseshoe.of(-1), 2));
        assertMessage("Horseshoe: the global scale must be a scalar, but has shape (2) (HorseshoeTest.java:",
                b -> b.sample("beta", Horseshoe.of(Expr.vector(1, 2)), 2));
        assertMessage("inverseGamma: scale must be positive and finite, but was 0.0 (HorseshoeTest.java:",
                b -> b.sample("beta", Horseshoe.regularized(1, 4, 0), 2));
    }

    private static void assertMessage(String start, java.util.function.Consumer<ModelBuilder> definition) {
        String message = assertThrows(RuntimeException.class, () -> Model.define("m", definition).bind(Data.empty()))
                .getMessage();
        assertTrue(message.startsWith(start), message);
    }
}
