package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.support.Constrained;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;

/** One expression for each element would make a start of seconds from models of some thousands. */
class SupportSizeTest {

    @Test
    void largeEventsTakeAsManyExpressionsAsSmallOnes() {
        for (Support s : List.of(Support.ordered(), Support.positiveOrdered(), Support.simplex(), Support.unitVector(), Support.sumToZero())) {
            assertEquals(expressions(s, 3), expressions(s, 1000), s.toString());
            assertEquals(expressions(s, 2, 3), expressions(s, 100, 10), s.toString());
        }
        for (Support s : List.of(Support.sumToZeroMatrix(), Support.choleskyFactorCorr(), Support.choleskyFactorCov(),
                Support.corrMatrix(), Support.covMatrix())) {
            assertEquals(expressions(s, 8, 8), expressions(s, 32, 32), s.toString());
            assertEquals(expressions(s, 2, 3, 3), expressions(s, 100, 3, 3), s.toString());
        }
    }

    private static int expressions(Support support, int... dims) {
        Shape shape = Shape.of(dims);
        Expr u = Expr.perDraw("u", Shape.of(support.unconstrainedSize(shape)));
        Constrained x = support.constrain(u, shape);
        Expr sum = x.value().flatten().sum().square().plus(x.logAbsDetJacobian());
        return Dag.reachable(List.of(sum, Gradient.of(sum, u))).size();
    }
}
