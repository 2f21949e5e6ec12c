package org.fluvia.vi.approximation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefenceTest {
    private static final int DRAWS = 200_000;

    private static double[] logStretch(Defence defence, DMatrixRMaj noise) {
        Expr e = Expr.perDraw("e", Shape.of(noise.numRows));
        Expr stretch = defence.logStretch(e);
        Workspace w = Program.of(stretch).workspace();
        w.set(e, DrawSource.of(noise));
        w.run(noise.numCols);
        return w.perDraw(stretch).data;
    }

    private static Defence defence(int d) {
        DMatrixRMaj scale = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) scale.set(i, j, i == j ? 1 + i : 0.3 * (i - j));
        }
        return new Defence(new Gaussian(new double[d], scale), FitPlan.standard().defence());
    }

    /** The mean of f N / w over draws of w is the mean of f over the normal distribution: the draws have the density that is told. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 41})
    void drawsHaveTheDensityThatIsTold(int d) {
        Defence defence = defence(d);
        DMatrixRMaj e = defence.noise(DRAWS, 0, 5);
        double[] stretch = logStretch(defence, e);
        double[] means = new double[3];
        double[] squares = new double[3];
        for (int j = 0; j < DRAWS; j++) {
            double radius = 0;
            for (int i = 0; i < d; i++) radius += e.get(i, j) * e.get(i, j);
            double[] f = {1, e.get(d - 1, j) * e.get(d - 1, j), radius / d};
            for (int k = 0; k < 3; k++) {
                double x = f[k] * Math.exp(-stretch[j]);
                means[k] += x / DRAWS;
                squares[k] += x * x / DRAWS;
            }
        }
        for (int k = 0; k < 3; k++) assertEquals(1, means[k], 5 * Math.sqrt((squares[k] - means[k] * means[k]) / DRAWS), "moment " + k);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-700, -1, 0, 1, 3, 700, 1e6})
    void theMixtureHasTheApproximationsShareAndItsOwn(double logStretch) {
        double exact = logStretch > 500 ? logStretch + Math.log(0.1 / 1.1) : Math.log((1 + 0.1 * Math.exp(logStretch)) / 1.1);
        assertEquals(exact, Defence.mixture(0.1).logDensity(logStretch), 1e-12 * (1 + Math.abs(exact)));
    }
}
