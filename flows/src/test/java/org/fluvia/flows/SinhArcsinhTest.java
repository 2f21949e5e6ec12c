package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.flows.bijection.Bijection;
import org.fluvia.flows.bijection.Transformed;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.SinhArcsinh;
import org.junit.jupiter.api.Test;

class SinhArcsinhTest {
    private final Bijection map = Elementwise.of(1, SinhArcsinh.of(), FreeWeights.trainable(), Context.none(), 1);
    private final Weights layout = Weights.of(map.weights());
    private final Expr in = Expr.perDraw("in", Shape.of(1));

    /** Rounding grows with |asinh(y)|, the exponent. */
    @Test
    void valuesAreThoseOfTheFormula() {
        double[] weights = {-0.7, 0.4};
        Transformed t = map.forward(in);
        DMatrixRMaj at = new DMatrixRMaj(1, 11, true, 0, -0.0, 1e-300, -1e-9, 0.3, -2, 700, -1e7, 1e9, -1e60, 1e200);
        Replay r = Replay.of(in, t.value(), t.logAbsDetJacobian()).weights(layout, weights).run(at);
        DMatrixRMaj value = r.matrix(t.value());
        double[] logDet = r.scalars(t.logAbsDetJacobian());
        for (int j = 0; j < at.numCols; j++) {
            double a = asinh(at.get(j));
            double b = a * StrictMath.exp(0.4) - 0.7;
            double expected = StrictMath.sinh(b);
            assertEquals(expected, value.get(j), 1e-15 * (4 + Math.abs(b)) * Math.abs(expected), "at " + at.get(j));
            double slope = 0.4 + StrictMath.log(StrictMath.cosh(b)) - StrictMath.log(StrictMath.cosh(a));
            assertEquals(slope, logDet[j], 1e-15 * (4 + 2 * Math.abs(b)), "at " + at.get(j));
        }
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        double result = size > 1e9 ? StrictMath.log(size) + StrictMath.log(2)
                : StrictMath.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
        return Math.copySign(result, x);
    }

    @Test
    void inverseUndoesForwardUpToThePowerThatOverflows() {
        Expr there = map.forward(in).value();
        Expr back = map.inverse(there).value();
        Replay r = Replay.of(in, there, back).weights(layout, new double[] {2, 0.5});
        DMatrixRMaj at = new DMatrixRMaj(1, 8, true, -1e180, -1e20, -1, -1e-3, 0, 3, 1e9, 1e180);
        DMatrixRMaj same = r.run(at).matrix(back);
        for (int j = 0; j < at.numCols; j++) {
            assertEquals(at.get(j), same.get(j), 1e-12 * (1 + Math.abs(at.get(j))));
        }
        DMatrixRMaj beyond = r.run(new DMatrixRMaj(1, 2, true, -1e300, 1e300)).matrix(there);
        assertEquals(-beyond.get(1), beyond.get(0));
        assertEquals(StrictMath.sinh(709), beyond.get(1), 1e-12 * beyond.get(1));
    }
}
