package org.fluvia.vi.draws;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workers;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;

/**
 * The draws that a posterior has.
 *
 * @param z in the coordinates of the fit, dimension x draws
 * @param values elements of all that is reported x draws
 * @param logDensity the model's, unconstrained, for each draw
 * @param logApproximation the approximation's, unconstrained, for each draw
 */
public record ReportedDraws(DMatrixRMaj z, DMatrixRMaj values, double[] logDensity, double[] logApproximation) {
    /**
     * Of a model in the coordinates of a fit.
     *
     * @param z in these coordinates, with both log-densities
     */
    public static ReportedDraws of(BoundModel model, DMatrixRMaj z, DMatrixRMaj values, double[] logDensity, double[] logApproximation,
                                   Workers workers) {
        if (model.levels().length == 0) return new ReportedDraws(z, values, logDensity, logApproximation);
        Expr logAbsDet = model.logAbsDetCentring();
        Workspace w = Program.of(logAbsDet).workspace(workers);
        w.set(model.unconstrained(), DrawSource.of(z));
        w.run(z.numCols);
        double[] change = w.perDraw(logAbsDet).data;
        return new ReportedDraws(z, values, minus(logDensity, change), minus(logApproximation, change));
    }

    private static double[] minus(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] - b[j]).toArray();
    }
}
