package org.fluvia.support;

import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.op.Reach;

/**
 * Matrices of at least 2 x 2 finite numbers whose rows and columns all sum to 0. The transform is that of {@link SumToZero}
 * along the columns and then the rows of a free matrix with one row and one column less, except that the first row and
 * column of the result come last; it keeps lengths and angles, so log |J| = 0. The unconstrained vector holds the free matrix
 * column by column. Stan Reference Manual (2.37), "Zero sum matrix".
 */
final class SumToZeroMatrix implements Region {
    static final SumToZeroMatrix SUM_TO_ZERO_MATRIX = new SumToZeroMatrix();

    private SumToZeroMatrix() {}

    @Override
    public int eventRank() {
        return 2;
    }

    @Override
    public void checkShape(String name, Shape shape) {
        Events.checkMatrix(this, name, shape, 2, "One number that sums to 0 is 0: leave it out.");
    }

    @Override
    public int unconstrainedSize(Shape shape) {
        checkShape("the value", shape);
        return Events.count(shape, 2) * (rows(shape) - 1) * (columns(shape) - 1);
    }

    @Override
    public Constrained constrain(Expr unconstrained, Shape shape) {
        Expr u = Events.checked(this, unconstrained, shape);
        int events = Events.count(shape, 2);
        if (events == 0) return Events.none(shape);
        int n = rows(shape);
        int m = columns(shape);
        Expr byColumn = SumToZero.forward(u, events * (m - 1));
        Expr byRow = SumToZero.forward(Events.pick(events, transposed(m - 1, n), byColumn), events * n);
        return new Constrained(Events.pick(events, moved(n, m, 1), byRow).reshape(shape), Expr.of(0));
    }

    @Override
    public Expr unconstrain(Expr value) {
        checkShape("the value", value.shape());
        int events = Events.count(value.shape(), 2);
        if (events == 0) return value.flatten();
        int n = rows(value.shape());
        int m = columns(value.shape());
        Expr byRow = SumToZero.inverse(Events.pick(events, moved(n, m, -1), value.flatten()), events * n);
        return SumToZero.inverse(Events.pick(events, transposed(n, m - 1), byRow), events * (m - 1));
    }

    private static int rows(Shape shape) {
        return shape.dim(shape.rank() - 2);
    }

    private static int columns(Shape shape) {
        return shape.dim(shape.rank() - 1);
    }

    /** Where the elements of the transpose of a matrix stand in it. */
    static int[] transposed(int rows, int columns) {
        int[] positions = new int[rows * columns];
        for (int i = 0; i < positions.length; i++) positions[i] = i % rows * columns + i / rows;
        return positions;
    }

    /** Where the elements stand when rows and columns move forward by a number of places, the first ones to the end. */
    private static int[] moved(int rows, int columns, int places) {
        int[] positions = new int[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                positions[i * columns + j] = Math.floorMod(i + places, rows) * columns + Math.floorMod(j + places, columns);
            }
        }
        return positions;
    }

    @Override
    public Expr contains(Expr value) {
        checkShape("the value", value.shape());
        Shape leading = Events.leading(value.shape(), 2);
        int events = leading.size();
        if (events == 0) return Expr.vector().reshape(leading);
        int n = rows(value.shape());
        int m = columns(value.shape());
        Expr rows = value.flatten();
        Expr columns = Events.pick(events, transposed(n, m), rows);
        Expr size = Events.sum(rows.abs(), events);
        Expr wrong = Events.sum(notZero(rows, events, n, size), events).plus(Events.sum(notZero(columns, events, m, size), events));
        return wrong.eq(0).reshape(leading);
    }

    /** For each of the n rows of each event, 1 if its sum is not 0. */
    private static Expr notZero(Expr rows, int events, int n, Expr size) {
        Expr sums = Events.sum(rows, events * n);
        return Expr.of(1).minus(SumToZero.isZero(sums, Events.pick(events, new int[n], size)));
    }

    @Override
    public Optional<String> violation(String name, Expr value) {
        int columns = value.shape().rank() < 2 ? 1 : columns(value.shape());
        return Violations.first(this, name, value, (event, x, label) -> {
            String bad = Violations.notFinite(x, label);
            return bad != null ? bad : sums(x, columns);
        });
    }

    private static String sums(double[] x, int columns) {
        double worst = 0;
        String where = "";
        for (int i = 0; i < x.length / columns + columns; i++) {
            boolean isRow = i < x.length / columns;
            int from = isRow ? i * columns : i - x.length / columns;
            double sum = 0;
            for (int k = 0; k < (isRow ? columns : x.length / columns); k++) sum += x[from + k * (isRow ? 1 : columns)];
            if (Math.abs(sum) > Math.abs(worst)) {
                worst = sum;
                where = isRow ? "row " + (i + 1) : "column " + (from + 1);
            }
        }
        return " must have rows and columns that sum to 0, but " + where + " sums to " + Violations.number(worst);
    }

    @Override
    public Expr interior(Shape shape) {
        checkShape("the value", shape);
        return Expr.vector(new double[shape.size()]).reshape(shape);
    }

    @Override
    public Reach reach(Shape shape) {
        return Reach.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, shape.size()).dependent();
    }

    @Override
    public String toString() {
        return "sum-to-zero matrix";
    }
}
