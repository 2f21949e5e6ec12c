package org.fluvia.model;

import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** Bounds, offsets and multipliers that depend on other parameters. */
class ParameterBoundsTest {
    /** The parameters of a GARCH(1,1) model: beta1 is below 1 - alpha1. */
    private static final BoundModel GARCH = Model.define("garch", m -> {
        Expr alpha1 = m.parameter("alpha1", Support.interval(0, 1));
        Expr beta1 = m.parameter("beta1", Support.interval(0, Expr.of(1).minus(alpha1)));
        m.logDensity(alpha1.times(3).plus(beta1.times(2)));
    }).bind(Data.empty());

    private static double[] at(BoundModel model, double[] u, Expr... outputs) {
        Workspace w = Program.of(outputs).workspace();
        w.set(model.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u)));
        w.run(1);
        double[] all = new double[List.of(outputs).stream().mapToInt(o -> o.shape().size()).sum()];
        int at = 0;
        for (Expr o : outputs) for (double v : w.perDraw(o).data) all[at++] = v;
        return all;
    }

    @Test
    void theTransformAndItsJacobianAreThoseOfTheBoundsOfEachDraw() {
        double[] u = {0.4, -1.1};
        double a = 1 / (1 + Math.exp(-0.4));
        double share = 1 / (1 + Math.exp(1.1));
        double b = (1 - a) * share;
        double jacobian = Math.log(a * (1 - a)) + Math.log((1 - a) * share * (1 - share));
        // d/du of 3 a + 2 (1 - a) s + log a + 2 log(1 - a) + log s + log(1 - s)
        double da = a * (1 - a);
        double[] gradient = {da * (3 - 2 * share + 1 / a - 2 / (1 - a)), 2 * (1 - a) * share * (1 - share) + 1 - 2 * share};
        double[] r = at(GARCH, u, GARCH.parameters().get(0).value(), GARCH.parameters().get(1).value(), GARCH.logDensity(),
                GARCH.logDensityUnconstrained(), Gradient.of(GARCH.logDensityUnconstrained(), GARCH.unconstrained()));
        double[] expected = {a, b, 3 * a + 2 * b, 3 * a + 2 * b + jacobian, gradient[0], gradient[1]};
        assertArrayEquals(expected, r, 1e-14);
    }

    @Test
    void constrainedPointsFindTheirUnconstrainedOnesWithTheBoundsOfThePoint() {
        double[] u = {0.4, -1.1};
        double[] x = at(GARCH, u, GARCH.parameters().get(0).value(), GARCH.parameters().get(1).value());
        assertArrayEquals(u, GARCH.unconstrain(Map.of("alpha1", new double[] {x[0]}, "beta1", new double[] {x[1]})), 1e-14);
    }

    @Test
    void pointsOutsideAreToldWithTheBoundsOfThePoint() {
        refuses("point: beta1 must be from 0 to 0.7, but is 0.9", GARCH, Map.of("alpha1", new double[] {0.3}, "beta1", new double[] {0.9}));
        refuses("point: parameter beta1 must lie inside its support, interval (0, 0.7), and not on its boundary", GARCH,
                Map.of("alpha1", new double[] {0.3}, "beta1", new double[] {0}));
    }

    @Test
    void boundsElementByElement() {
        BoundModel m = Model.define("elements", b -> {
            Expr low = b.parameter("low", Support.real(), 3);
            Expr x = b.parameter("x", Support.lower(low), 3);
            b.parameter("y", Support.interval(low, x), 3);
            b.parameter("z", Support.upper(low.get(1)), 2, 2);
        }).bind(Data.empty());
        double[] u = {0.5, -1, 2, 0.3, -0.2, 1, 0.7, 0, -2, 0.1, 0.2, 0.3, 0.4};
        double[] x = at(m, u, m.parameters().stream().map(Quantity::value).toArray(Expr[]::new));
        assertArrayEquals(u, m.unconstrain(Map.of("low", java.util.Arrays.copyOf(x, 3), "x", java.util.Arrays.copyOfRange(x, 3, 6),
                "y", java.util.Arrays.copyOfRange(x, 6, 9), "z", java.util.Arrays.copyOfRange(x, 9, 13))), 1e-13);
        assertEquals(2 + Math.exp(1), x[5], 1e-15);
        assertEquals(-1 - Math.exp(0.3), x[11], 1e-15);
        refuses("point: y[2] must be from 1 to 2, but is 3", m, Map.of("low", new double[] {1, 1, 1}, "x", new double[] {2, 2, 2},
                "y", new double[] {1.5, 3, 1.5}, "z", new double[4]));
        refuses("point: z[2,1] must be at most 1, but is 5", m, Map.of("low", new double[] {1, 1, 1}, "x", new double[] {2, 2, 2},
                "y", new double[] {1.5, 1.5, 1.5}, "z", new double[] {0, 0, 5, 0}));
    }

    @Test
    void offsetAndMultiplierAreANonCentredParametrisation() {
        BoundModel plain = Model.define("plain", m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            Expr tau = m.parameter("tau", Support.positive());
            Expr z = m.sample("z", normal(0, 1), 4);
            m.derive("theta", mu.plus(tau.times(z)));
        }).bind(Data.empty());
        BoundModel affine = Model.define("affine", m -> {
            Expr mu = m.sample("mu", normal(0, 1));
            Expr tau = m.parameter("tau", Support.positive());
            m.sample("theta", normal(mu, tau), Support.affine(mu, tau), 4);
        }).bind(Data.empty());
        double[] u = {0.3, -0.7, 1, -1, 0.5, 2};
        assertArrayEquals(at(plain, u, plain.logDensityUnconstrained(), Gradient.of(plain.logDensityUnconstrained(), plain.unconstrained()),
                        plain.derived().get(0).value()),
                at(affine, u, affine.logDensityUnconstrained(), Gradient.of(affine.logDensityUnconstrained(), affine.unconstrained()),
                        affine.parameters().get(2).value()), 1e-13);
    }

    private static void refuses(String message, BoundModel model, Map<String, double[]> point) {
        assertEquals(message, assertThrows(ModelException.class, () -> model.unconstrain(point)).getMessage());
    }
}
