package org.fluvia.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;

/** Evaluates expressions of one input per draw, for tests. */
final class Replay {
    private final Expr input;
    private final Workspace workspace;
    private int draws;

    private Replay(Expr input, List<Expr> outputs) {
        this.input = input;
        this.workspace = Program.of(outputs).workspace();
    }

    static Replay of(Expr input, Expr... outputs) {
        return new Replay(input, List.of(outputs));
    }

    @SafeVarargs
    static Replay of(Expr input, List<Expr>... outputs) {
        List<Expr> all = new ArrayList<>();
        for (List<Expr> some : outputs) all.addAll(some);
        return new Replay(input, all);
    }

    Replay weights(Weights layout, double[] values) {
        layout.set(workspace, values);
        return this;
    }

    Replay also(Expr otherInput, DMatrixRMaj values) {
        workspace.set(otherInput, DrawSource.of(values));
        return this;
    }

    Replay run(DMatrixRMaj values) {
        workspace.set(input, DrawSource.of(values));
        draws = values.numCols;
        workspace.run(draws);
        return this;
    }

    /** A copy of an output, elements x draws. */
    DMatrixRMaj matrix(Expr output) {
        return workspace.perDraw(output).copy();
    }

    /** A scalar output for each draw, repeated where it is shared. */
    double[] scalars(Expr output) {
        if (output.isPerDraw()) return Arrays.copyOf(workspace.perDraw(output).data, draws);
        double[] result = new double[draws];
        Arrays.fill(result, workspace.scalar(output));
        return result;
    }

    double[] gradient(Weights layout, List<Expr> gradients) {
        double[] result = new double[layout.size()];
        layout.read(workspace, gradients, result);
        return result;
    }

    static DMatrixRMaj normal(int rows, int columns, long seed) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        NormalNoise.of(seed).fill(0, columns, rows, m.data, 0, columns);
        return m;
    }

    /** Every combination of a size with a sign pattern, from the subnormal to 1e300. */
    static DMatrixRMaj extreme(int rows) {
        double[] sizes = {0, -0.0, 4.9e-324, 1e-300, 1e-8, 1, 40, 1e8, 1e150, 1e300};
        DMatrixRMaj m = new DMatrixRMaj(rows, 3 * sizes.length);
        Random random = new Random(1);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < sizes.length; j++) {
                m.set(i, j, sizes[j]);
                m.set(i, sizes.length + j, random.nextBoolean() ? sizes[j] : -sizes[j]);
                double other = sizes[random.nextInt(sizes.length)];
                m.set(i, 2 * sizes.length + j, random.nextBoolean() ? other : -other);
            }
        }
        return m;
    }
}
