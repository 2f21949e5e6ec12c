package org.fluvia.support;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;

/** Evaluates expressions at points, one draw each, for tests. */
public final class Replay {
    private Replay() {}

    /**
     * The outputs' elements, one after the other, at each point.
     *
     * @param inputs per draw
     * @param points the inputs' elements, one after the other
     */
    public static double[][] at(double[][] points, List<Expr> inputs, List<Expr> outputs) {
        Workspace w = Program.of(outputs).workspace();
        int row = 0;
        for (Expr input : inputs) {
            DMatrixRMaj m = new DMatrixRMaj(input.shape().size(), points.length);
            for (int i = 0; i < m.numRows; i++, row++) {
                for (int j = 0; j < points.length; j++) m.set(i, j, points[j][row]);
            }
            w.set(input, DrawSource.of(m));
        }
        w.run(points.length);
        int size = outputs.stream().mapToInt(o -> o.shape().size()).sum();
        double[][] results = new double[points.length][size];
        int at = 0;
        for (Expr output : outputs) {
            int n = output.shape().size();
            double[] shared = new double[n];
            if (!output.isPerDraw()) w.shared(output, shared, 0);
            for (int i = 0; i < n; i++, at++) {
                for (int j = 0; j < points.length; j++) {
                    results[j][at] = output.isPerDraw() ? w.perDraw(output).get(i, j) : shared[i];
                }
            }
        }
        return results;
    }

    /** The outputs' elements, one after the other, at one point. */
    public static double[] at(double[] point, List<Expr> inputs, Expr... outputs) {
        return at(new double[][] {point}, inputs, List.of(outputs))[0];
    }

    /** Some points of one element each. */
    public static double[][] points(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }
}
