package org.fluvia.vi.approximation;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;

/** Takes what is known in a model's coordinates to those of the same model {@linkplain BoundModel#centred centred otherwise}. */
public record Recentring(BoundModel from, BoundModel to) {
    /** Of points, as many as there are to be; belongs to one thread. */
    public UnaryOperator<double[]> ofPoints() {
        Expr moved = from.unconstrainedOf(to);
        Workspace w = Program.of(moved).workspace();
        return y -> {
            w.set(from.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(y.length, 1, y.clone())));
            w.run(1);
            return Arrays.copyOf(w.perDraw(moved).data, y.length);
        };
    }

    /**
     * A Gaussian: the straight map that touches the change of coordinates at its mean. An element depends on itself and on earlier ones, so
     * the map's matrix is lower triangular, as the scale is.
     */
    public Gaussian gaussian(Gaussian q) {
        int d = q.dimension();
        Expr moved = from.unconstrainedOf(to);
        Expr row = Expr.perDraw("row", moved.shape());
        Expr slopes = Gradient.of(moved.dot(row), from.unconstrained());
        Workspace w = Program.of(slopes).workspace();
        w.set(from.unconstrained(), DrawSource.everywhere(q.mean()));
        w.set(row, DrawSource.units());
        w.run(d);
        DMatrixRMaj slope = w.perDraw(slopes);
        DMatrixRMaj scale = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k <= i; k++) {
                double by = slope.get(k, i);
                if (by == 0) continue;
                for (int j = 0; j <= k; j++) scale.set(i, j, scale.get(i, j) + by * q.scale().get(k, j));
            }
        }
        return new Gaussian(ofPoints().apply(q.mean()), scale);
    }
}
