package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/**
 * A vector per draw (n) as a matrix of numbers times unknowns per draw, plus numbers: C c + d. Linear predictors and their
 * residuals are of this form, however they are written.
 */
final class LinearForm {
    /** Longer sums are left as they are, so that nothing recurses far. */
    private static final int DEEPEST = 200;
    /** One-hot columns stand for a gather only where groups are at least as large as this. */
    private static final int GROUP = 8;
    /** Numbers in C at most, 128 MB: beyond, the vector stays as it is. */
    private static final int LARGEST = 1 << 24;

    private final int n;
    /** The values of shared expressions that were evaluated, by expression; kept by the caller over forms. */
    private final Map<Expr, double[]> known;
    /** The columns of C. */
    final List<double[]> columns = new ArrayList<>();
    /** c in pieces, scalars and vectors per draw. */
    final List<Expr> coefficients = new ArrayList<>();
    final double[] constant;
    /** What it costs to compute the vector as it is written: multiplications an element. */
    int cost;

    private LinearForm(int n, Map<Expr, double[]> known) {
        this.n = n;
        this.known = known;
        this.constant = new double[n];
    }

    /** Null if the expression is not of this form. */
    static @Nullable LinearForm of(Expr x, Map<Expr, double[]> known) {
        LinearForm form = new LinearForm(x.shape().size(), known);
        return form.add(x, new Factor(1, null, null), DEEPEST) ? form : null;
    }

    /** What an expression is multiplied with: a number, numbers by element, and a scalar per draw. */
    private record Factor(double number, double @Nullable [] elements, @Nullable Expr scalar) {
        double at(int i) {
            return elements == null ? number : number * elements[i];
        }

        Factor times(double[] values) {
            if (values.length == 1) return new Factor(number * values[0], elements, scalar);
            double[] product = values.clone();
            if (elements != null) Arrays.setAll(product, i -> values[i] * elements[i]);
            return new Factor(number, product, scalar);
        }

        Factor times(Expr perDraw) {
            return new Factor(number, elements, scalar == null ? perDraw : scalar.times(perDraw));
        }

        Expr of(Expr coefficient) {
            return scalar == null ? coefficient : coefficient.times(scalar);
        }
    }

    /** The unknowns as one vector per draw. */
    Expr unknowns() {
        return Expr.concat(coefficients.toArray(new Expr[0]));
    }

    private boolean add(Expr x, Factor f, int depth) {
        if (depth == 0 || (long) (columns.size() + 1) * n > LARGEST) return false;
        if (!x.isPerDraw()) return addShared(values(x), f);
        if (x.size() == 1) return addColumn(new double[] {1}, f, f.of(x.reshape(Shape.scalar())));
        if (x.operandCount() == 0) return false;
        Expr l = x.operand(0);
        Expr r = x.operand(x.operandCount() - 1);
        return switch (x.op().form()) {
            case RESHAPE, REPEAT -> add(l, f, depth - 1);
            case NEG -> add(l, f.times(new double[] {-1}), depth - 1);
            case PLUS, MINUS, TIMES, DIVIDED -> addArithmetic(x.op().form(), l, r, f, depth - 1);
            case PRODUCT -> r.shape().rank() == 1 && addProduct(values(l), r, f);
            case GATHER -> l.size() * GROUP <= n && addGather(l, values(r), f);
            default -> false;
        };
    }

    private boolean addArithmetic(Form form, Expr l, Expr r, Factor f, int depth) {
        cost++;
        return switch (form) {
            case PLUS -> add(l, f, depth) && add(r, f, depth);
            case MINUS -> add(l, f, depth) && add(r, f.times(new double[] {-1}), depth);
            case TIMES -> isFactor(l) ? add(r, times(f, l), depth) : isFactor(r) && add(l, times(f, r), depth);
            default -> isFactor(r) && add(l, times(f, Expr.of(1).div(r)), depth);
        };
    }

    private static boolean isFactor(Expr x) {
        return !x.isPerDraw() || x.shape().size() == 1;
    }

    private Factor times(Factor f, Expr x) {
        return x.isPerDraw() ? f.times(x.reshape(Shape.scalar())) : f.times(values(x));
    }

    private boolean addShared(double[] v, Factor f) {
        if (f.scalar() != null) return addColumn(v, f, f.scalar());
        for (int i = 0; i < n; i++) constant[i] += f.at(i) * v[v.length == 1 ? 0 : i];
        return true;
    }

    private boolean addColumn(double[] v, Factor f, Expr coefficient) {
        double[] column = new double[n];
        for (int i = 0; i < n; i++) column[i] = f.at(i) * v[v.length == 1 ? 0 : i];
        columns.add(column);
        coefficients.add(coefficient);
        return true;
    }

    private boolean addProduct(double[] a, Expr b, Factor f) {
        int k = b.size();
        cost += k;
        if ((long) (columns.size() + k) * n > LARGEST) return false;
        for (int j = 0; j < k; j++) {
            double[] column = new double[n];
            for (int i = 0; i < n; i++) column[i] = f.at(i) * a[i * k + j];
            columns.add(column);
        }
        coefficients.add(f.of(b));
        return true;
    }

    private boolean addGather(Expr groups, double[] index, Factor f) {
        cost++;
        int first = columns.size();
        for (int j = 0; j < groups.shape().size(); j++) columns.add(new double[n]);
        for (int i = 0; i < n; i++) {
            columns.get(first + (int) index[i])[i] = f.at(i);
        }
        coefficients.add(f.of(groups));
        return true;
    }

    private double[] values(Expr shared) {
        return known.computeIfAbsent(shared, SharedValues::of);
    }
}
