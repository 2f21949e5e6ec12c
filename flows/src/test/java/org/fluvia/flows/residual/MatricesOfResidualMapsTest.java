package org.fluvia.flows.residual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.junit.jupiter.api.Test;

class MatricesOfResidualMapsTest {
    private static final int[][] SHAPES = {{1, 1}, {1, 7}, {5, 1}, {4, 4}, {16, 3}, {8, 32}, {64, 64}};

    /** Of matrices of every spectrum: random, of rank 1, all singular values equal, and far from 1. */
    @Test
    void theBoundOfTheSpectralNormIsOneAndIsNear() {
        for (int[] shape : SHAPES) {
            int m = shape[0];
            int n = shape[1];
            double[] random = Starts.normal(3, m * n, 1);
            double[] rankOne = new double[m * n];
            double[] equal = new double[m * n];
            for (int i = 0; i < m * n; i++) {
                rankOne[i] = Math.sin(i / n + 1) * Math.cos(i % n);
                equal[i] = i / n == i % n ? -2 : 0;
            }
            for (double[] matrix : new double[][] {random, rankOne, equal}) {
                for (double size : new double[] {1e-60, 1, 1e60}) {
                    double[] values = new double[m * n];
                    for (int i = 0; i < m * n; i++) values[i] = matrix[i] * size;
                    double largest = SingularOps_DDRM.singularValues(new DMatrixRMaj(m, n, true, values.clone()))[0];
                    double bound = bound(m, n, values)[0];
                    assertTrue(bound >= largest * (1 - 1e-13), bound + " is less than " + largest);
                    double most = largest * Math.pow(Math.min(m, n), 1.0 / 64) * (1 + 1e-13);
                    assertTrue(bound <= most, bound + " is more than " + most);
                }
            }
        }
    }

    /** The derivative of a singular value is u v', here of the largest of a diagonal matrix; of nothing there is none, but no NaN either. */
    @Test
    void theBoundHasDerivatives() {
        double[] diagonal = bound(2, 2, 3, 0, 0, 1);
        double[] expected = {3, 1, 0, 0, 0};
        for (int i = 0; i < 5; i++) assertEquals(expected[i], diagonal[i], 1e-15);
        double[] zero = bound(2, 2, 0, 0, 0, 0);
        assertTrue(zero[0] < 1e-30, "of zero " + zero[0]);
        for (int i = 1; i < 5; i++) assertEquals(0, zero[i]);
    }

    /** The bound, and its derivatives. */
    private static double[] bound(int m, int n, double... values) {
        Expr w = Expr.shared("w", Shape.of(m, n), values);
        Expr bound = LipschitzNetwork.spectralNorm(w);
        Expr gradient = Gradient.of(bound, w);
        Workspace workspace = Program.of(bound, gradient).workspace();
        workspace.run(1);
        double[] result = new double[1 + m * n];
        result[0] = workspace.scalar(bound);
        workspace.shared(gradient, result, 1);
        return result;
    }

    /** Whatever the weights, and however many columns. */
    @Test
    void columnsAreOrthonormal() {
        for (int[] size : new int[][] {{1, 1}, {2, 1}, {2, 2}, {5, 3}, {10, 10}}) {
            int d = size[0];
            int m = size[1];
            for (OrthonormalColumns q : new OrthonormalColumns[] {OrthonormalColumns.ofReflections(d, m, 1), OrthonormalColumns.ofCayley(d, m, 1)}) {
                Workspace workspace = Program.of(q.matrix()).workspace();
                for (double scale : new double[] {0, 1e-3, 1, 1e3}) {
                    for (Expr w : q.weights()) workspace.set(w, Starts.normal(7, w.shape().size(), scale), 0);
                    workspace.run(1);
                    DMatrixRMaj columns = new DMatrixRMaj(d, m);
                    workspace.shared(q.matrix(), columns.data, 0);
                    DMatrixRMaj product = new DMatrixRMaj(m, m);
                    CommonOps_DDRM.multTransA(columns, columns, product);
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < m; j++) assertEquals(i == j ? 1 : 0, product.get(i, j), 1e-13);
                    }
                }
            }
        }
    }
}
