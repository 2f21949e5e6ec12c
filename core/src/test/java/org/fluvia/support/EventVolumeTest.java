package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;

/** Densities with known integrals integrate to them through the transforms, by the trapezoid rule on a grid. */
class EventVolumeTest {

    /** The integral of exp(log-density) over a support. */
    private static double integral(Support support, Shape shape, double width, double step, UnaryOperator<Expr> logDensity) {
        int free = support.unconstrainedSize(shape);
        Expr u = Expr.perDraw("u", Shape.of(free));
        Constrained x = support.constrain(u, shape);
        Expr density = logDensity.apply(x.value()).plus(x.logAbsDetJacobian());
        int side = 2 * (int) Math.round(width / step) + 1;
        int rest = (int) Math.round(Math.pow(side, free - 1));
        double total = 0;
        for (int i = 0; i < side; i++) {
            double[][] points = new double[rest][free];
            for (int j = 0; j < rest; j++) {
                points[j][0] = i * step - width;
                for (int k = 1, place = j; k < free; k++, place /= side) points[j][k] = place % side * step - width;
            }
            for (double[] r : Replay.at(points, List.of(u), List.of(density))) total += StrictMath.exp(r[0]);
        }
        return total * Math.pow(step, free);
    }

    @Test
    void theSimplexHasTheVolumeOfItsFirstElements() {
        assertEquals(1, integral(Support.simplex(), Shape.of(2), 40, 0.25, x -> Expr.of(0)), 1e-12);
        assertEquals(0.5, integral(Support.simplex(), Shape.of(3), 36, 0.25, x -> Expr.of(0)), 1e-12);
        // Dirichlet with (2, 1, 3): Gamma(2) Gamma(1) Gamma(3) / Gamma(6)
        assertEquals(2 / 120.0, integral(Support.simplex(), Shape.of(3), 36, 0.25,
                x -> x.get(0).log().plus(x.get(2).log().times(2))), 1e-12);
    }

    @Test
    void orderedVectorsAreOneOfAllOrders() {
        double normal = 2 * Math.PI;
        assertEquals(normal / 2, integral(Support.ordered(), Shape.of(2), 30, 0.2, x -> x.square().sum().times(-0.5)), 1e-7);
        assertEquals(0.5, integral(Support.positiveOrdered(), Shape.of(2), 30, 0.2, x -> x.sum().unaryMinus()), 1e-9);
    }

    @Test
    void vectorsThatSumToZeroHaveTheAreaOfTheirPlane() {
        assertEquals(2 * Math.PI, integral(Support.sumToZero(), Shape.of(3), 9, 0.25, x -> x.square().sum().times(-0.5)), 1e-12);
        assertEquals(Math.sqrt(2 * Math.PI), integral(Support.sumToZeroMatrix(), Shape.of(2, 2), 9, 0.25,
                x -> x.square().sum().times(-0.5)), 1e-12);
    }

    /** exp(x1) on the circle: 2 pi I0(1), with 2^(K/2 - 1) Gamma(K/2) = 1 for K = 2. */
    @Test
    void directionsHaveTheAreaOfTheSphereTimesTheirLengths() {
        // a grid of an even number of points on a side misses u = 0, where there is no direction
        assertEquals(2 * Math.PI * 1.26606587775200833560, integral(Support.unitVector(), Shape.of(2), 7.015625, 0.03125, x -> x.get(0)), 1e-3);
    }

    @Test
    void correlationMatricesHaveTheVolumeOfLewandowskiKurowickaAndJoe() {
        double three = Math.PI * Math.PI / 2;
        assertEquals(2, integral(Support.corrMatrix(), Shape.of(2, 2), 20, 0.25, x -> Expr.of(0)), 1e-12);
        assertEquals(2, integral(Support.choleskyFactorCorr(), Shape.of(2, 2), 20, 0.25, x -> Expr.of(0)), 1e-12);
        assertEquals(three, integral(Support.corrMatrix(), Shape.of(3, 3), 9, 0.5, x -> Expr.of(0)), 2e-5);
        // dR = L[2,2] dL
        assertEquals(three, integral(Support.choleskyFactorCorr(), Shape.of(3, 3), 9, 0.5, x -> x.get(1).get(1).log()), 2e-5);
    }

    @Test
    void covarianceMatricesHaveTheVolumeOfTheMultivariateGammaFunction() {
        // the integral of exp(-tr S) is Gamma_2(3/2) = sqrt(pi) Gamma(3/2) Gamma(1)
        assertEquals(Math.PI / 2, integral(Support.covMatrix(), Shape.of(2, 2), 10, 0.25,
                x -> x.get(0).get(0).plus(x.get(1).get(1)).unaryMinus()), 1e-6);
        double half = Math.sqrt(Math.PI / 2);
        assertEquals(half * 2 * half, integral(Support.choleskyFactorCov(), Shape.of(2, 1), 24, 0.25,
                x -> x.square().sum().times(-0.5)), 1e-7);
    }
}
