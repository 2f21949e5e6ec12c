package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;

/** Kernels belong to a workspace: scalar and vector ones work side by side in one JVM, and give the same bits. */
class KernelChoiceTest {
    private static final int D = 5;
    private static final int DRAWS = 333;

    private final Expr x = Expr.perDraw("x", Shape.of(D));
    private final Expr a = Expr.shared("a", Shape.of(D, D), normal(1, D * D));

    /** Of everything that has kernels of its own: elementwise functions, sums, products, factors, a loop. */
    private List<Expr> outputs() {
        Expr y = a.matmul(x).tanh().plus(x.sigmoid());
        Expr spd = Matrices.addToDiagonal(Matrices.outer(y, y), 1);
        Expr loop = Scan.of(y, Functions.ones(7), (s, row) -> s.times(0.5).plus(row).sqrt()).last();
        Expr value = y.softplus().sum().plus(y.logSumExp()).plus(Matrices.logDeterminantSpd(spd)).plus(loop.dot(x))
                .plus(Functions.logNormalCdf(x).sum()).plus(Expr.where(x.lt(0), x.exp(), x.log1p()).sum());
        List<Expr> g = Gradient.of(value, List.of(x, a));
        return List.of(value, g.get(0), g.get(1));
    }

    private static double[] normal(long seed, int n) {
        double[] v = new double[n];
        NormalNoise.of(seed).fill(0, n, 1, v, 0, n);
        return v;
    }

    private static Workspace workspace(Program p, Kernels kernels, Expr x) {
        Workspace w = p.workspace(Workers.none(), kernels);
        w.set(x, NormalNoise.of(3));
        w.run(DRAWS);
        return w;
    }

    private static void assertSame(DMatrixRMaj expected, DMatrixRMaj actual) {
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertEquals(Double.doubleToRawLongBits(expected.data[i]), Double.doubleToRawLongBits(actual.data[i]), "element " + i);
        }
    }

    @Test
    void scalarAndVectorWorkspacesGiveTheSameBits() {
        assumeTrue(KernelProvider.obstacle() == null);
        List<Expr> outputs = outputs();
        Program p = Program.of(outputs);
        Workspace scalar = workspace(p, KernelProvider.choose("off"), x);
        for (String setting : List.of("require", "auto")) {
            Workspace other = workspace(p, KernelProvider.choose(setting), x);
            for (int repeat = 0; repeat < 3; repeat++) {
                assertSame(scalar.perDraw(outputs.get(0)), other.perDraw(outputs.get(0)));
                assertSame(scalar.perDraw(outputs.get(1)), other.perDraw(outputs.get(1)));
                double[] expected = new double[D * D];
                double[] actual = new double[D * D];
                scalar.shared(outputs.get(2), expected, 0);
                other.shared(outputs.get(2), actual, 0);
                assertSame(DMatrixRMaj.wrap(D, D, expected), DMatrixRMaj.wrap(D, D, actual));
                other.expectMuchWork();
                other.run(DRAWS);
                scalar.run(DRAWS);
            }
        }
    }
}
