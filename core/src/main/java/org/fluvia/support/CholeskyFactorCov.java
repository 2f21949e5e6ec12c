package org.fluvia.support;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/**
 * Cholesky factors of covariance matrices: M x N matrices, M >= N, of finite numbers with zeros above the diagonal and a
 * positive diagonal; square ones belong to positive definite covariance matrices. The transform fills the rows one after
 * the other with u, up to the diagonal, where L[i,i] = exp(u); log |J| is the sum of the u on the diagonal. Stan Reference
 * Manual, "Cholesky factors of covariance matrices".
 */
final class CholeskyFactorCov implements Region {
    static final CholeskyFactorCov CHOLESKY_FACTOR_COV = new CholeskyFactorCov();

    private CholeskyFactorCov() {}

    @Override
    public int eventRank() {
        return 2;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkMatrix(this, name, shape, 1, "Leave it out where nothing varies.");
        if (shape.dim(shape.rank() - 1) > shape.dim(shape.rank() - 2)) {
            throw new IllegalArgumentException(this + ": " + name + " must not have more columns than rows, but has shape "
                    + shape + Source.suffix() + ". Rows come first.");
        }
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        checkShape("the value", shape);
        return Events.count(shape, 2) * free(shape.dim(shape.rank() - 2), shape.dim(shape.rank() - 1));
    }

    private static int free(int rows, int columns) {
        return rows * columns - columns * (columns - 1) / 2;
    }

    /** The position of an element on or below the diagonal among all of these, row by row. */
    static int position(int i, int j, int columns) {
        return i < columns ? i * (i + 1) / 2 + j : free(i, columns) + j;
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 2);
        if (events == 0) return Events.none(shape);
        Expr logDiagonal = logDiagonal(u, events, shape.dim(shape.rank() - 1));
        return new Constrained(factor(u, logDiagonal, events, shape).reshape(shape), logDiagonal.sum());
    }

    /** The u on the diagonal of each event. */
    static Expr logDiagonal(Expr u, int events, int columns) {
        int[] diagonal = new int[columns];
        for (int i = 0; i < columns; i++) diagonal[i] = position(i, i, columns);
        return Events.pick(events, diagonal, u);
    }

    /** The factor of each event. */
    static Expr factor(Expr u, Expr logDiagonal, int events, Shape shape) {
        int rows = shape.dim(shape.rank() - 2);
        int columns = shape.dim(shape.rank() - 1);
        int[] positions = new int[rows * columns];
        Arrays.fill(positions, Events.ZERO);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= Math.min(i, columns - 1); j++) positions[i * columns + j] = position(i, j, columns);
            if (i < columns) positions[i * columns + i] = free(rows, columns) + i;
        }
        return Events.pick(events, positions, u, logDiagonal.exp());
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        int events = Events.count(value.shape(), 2);
        if (events == 0) return value.flatten();
        int rows = value.shape().dim(value.shape().rank() - 2);
        int columns = value.shape().dim(value.shape().rank() - 1);
        int[] diagonal = new int[columns];
        int[] all = new int[free(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= Math.min(i, columns - 1); j++) all[position(i, j, columns)] = i * columns + j;
            if (i < columns) {
                all[position(i, i, columns)] = rows * columns + i;
                diagonal[i] = i * columns + i;
            }
        }
        return Events.pick(events, all, value.flatten(), Events.pick(events, diagonal, value.flatten()).log());
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 2);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        int rows = value.shape().dim(value.shape().rank() - 2);
        int columns = value.shape().dim(value.shape().rank() - 1);
        double[] above = new double[rows * columns];
        double[] diagonal = new double[rows * columns];
        for (int i = 0; i < columns; i++) {
            diagonal[i * columns + i] = 1;
            for (int j = i + 1; j < columns; j++) above[i * columns + j] = 1;
        }
        Expr x = value.flatten();
        Expr wrong = Expr.of(1).minus(x.isFinite())
                .plus(Events.each(events, above).times(Expr.of(1).minus(x.eq(0))))
                .plus(Events.each(events, diagonal).times(x.le(0)));
        return Events.sum(wrong, events).eq(0).reshape(leading);
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        return Violations.first(this, name, value, (event, x, label) ->
                String.valueOf(triangle(x, value.shape().dim(value.shape().rank() - 1), label)));
    }

    /** What is wrong with a lower triangle and its diagonal; null if nothing is. */
    static @Nullable String triangle(double[] x, int columns, IntFunction<String> label) {
        String bad = Violations.notFinite(x, label);
        for (int i = 0; i < columns && bad == null; i++) {
            if (!(x[i * columns + i] > 0)) bad = Violations.of("have a positive diagonal", i * columns + i, x, label);
            for (int j = i + 1; j < columns && bad == null; j++) {
                if (x[i * columns + j] != 0) bad = Violations.of("be 0 above the diagonal", i * columns + j, x, label);
            }
        }
        return bad;
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        return CholeskyFactorCorr.identities(shape);
    }

    @Override
    public String toString() {
        return "Cholesky factor of a covariance matrix";
    }
}
