package org.fluvia.bench.score;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.support.Support;

/** Densities on the plane: margins and evidence by the trapezoid rule on a square around zero. */
final class Plane {
    private static final int POINTS = 2401;

    private Plane() {}

    /** @param reach half the side of the square, outside which there is next to no mass */
    static Target target(String kind, String name, double reach, BinaryOperator<Expr> model, DoubleBinaryOperator logDensity) {
        return Target.of(kind, name, Data.empty(), m -> {
            Expr x = m.parameter("x", Support.real(), 2);
            m.logDensity(model.apply(x.get(0), x.get(1)));
        }, () -> {
            Margins margins = margins(reach, logDensity);
            return Target.x(margins.logEvidence(), margins.x(), margins.y());
        });
    }

    record Margins(Margin x, Margin y, double logEvidence) {}

    static Margins margins(double reach, DoubleBinaryOperator logDensity) {
        double[] grid = Quadrature.points(-reach, reach, POINTS);
        double most = Double.NEGATIVE_INFINITY;
        double[][] all = new double[POINTS][POINTS];
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < POINTS; j++) {
                all[i][j] = logDensity.applyAsDouble(grid[i], grid[j]);
                most = Math.max(most, all[i][j]);
            }
        }
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < POINTS; j++) {
                double p = Math.exp(all[i][j] - most);
                x[i] += p;
                y[j] += p;
                sum += p;
            }
        }
        double step = grid[1] - grid[0];
        return new Margins(Margin.grid(grid, x), Margin.grid(grid, y), most + Math.log(sum * step * step));
    }

    static double square(double x) {
        return x * x;
    }

    /** log(exp(a) + exp(b)) */
    static double logAddExp(double a, double b) {
        double most = Math.max(a, b);
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
