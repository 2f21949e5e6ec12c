package org.fluvia.autodiff.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.jspecify.annotations.Nullable;

/**
 * Replaces sums over data by what the data contribute to them, so that a draw costs nothing for each observation:
 *
 * <ul>
 *   <li>the sum of squares of a linear form, |C c + d|^2 with C (n x k) and d of data and c per draw, becomes
 *       |R (c, 1)|^2, where R (k+1 x k+1) is the triangular factor of the QR decomposition of (C d), which squares no
 *       condition number (Golub and Van Loan, Matrix Computations, section 5.3);
 *   <li>the product of data with a linear form, w'(C c + d), becomes (C'w)'c + w'd.
 * </ul>
 *
 * <p>The first is the likelihood of a normal regression, whose n observations cost what k+1 do. The second is part of
 * Poisson and logistic regressions.
 */
public final class SufficientStatistics {
    /** Operations on each element that a sum of squares takes with its adjoint, besides its linear form. */
    private static final int ELEMENTWISE = 4;
    /** Below this many elements there is nothing to gain. */
    private static final int SHORTEST = 8;
    private static final Kernels KERNELS = KernelProvider.kernels();

    private final Map<Expr, double[]> known = new HashMap<>();

    private SufficientStatistics() {}

    /**
     * The outputs, equal but for rounding, with such sums replaced. Shared inputs are taken at the values they were declared
     * with, for ever: not for expressions of weights or other inputs that will be set again.
     */
    public static List<Expr> of(List<Expr> outputs) {
        return new SufficientStatistics().replace(outputs);
    }

    private List<Expr> replace(List<Expr> outputs) {
        Map<Expr, Expr> replacements = new HashMap<>();
        for (Expr x : Dag.reachable(outputs)) {
            Expr shorter = x.isPerDraw() && x.shape().size() == 1 ? shorter(x) : null;
            if (shorter != null) replacements.put(x, shorter.reshape(x.shape()));
        }
        return replacements.isEmpty() ? outputs : Expr.substitute(outputs, replacements);
    }

    private @Nullable Expr shorter(Expr x) {
        if (x.operandCount() == 0 || x.operand(x.operandCount() - 1).shape().size() < SHORTEST) return null;
        return Source.attribute(x.source(), () -> {
            Expr first = x.operand(0);
            return switch (x.op().form()) {
                case DOT -> first == x.operand(1) ? sumOfSquares(first) : null;
                case PRODUCT, TRANSPOSED_PRODUCT -> product(values(first), x.operand(1));
                case SUM -> {
                    double[] ones = new double[first.size()];
                    Arrays.fill(ones, 1);
                    yield product(ones, first);
                }
                default -> null;
            };
        });
    }

    private @Nullable Expr sumOfSquares(Expr x) {
        LinearForm form = LinearForm.of(x, known);
        if (form == null) return null;
        int n = x.shape().size();
        int k = form.columns.size() + 1;
        if (k > n || 2L * k * k > (long) n * (ELEMENTWISE + form.cost)) return null;
        double[] r = triangularFactor(form, n, k);
        if (r == null) return null;
        Expr v = Expr.vector(r).reshape(Shape.of(k, k)).matmul(Expr.concat(form.unknowns(), Expr.of(1)));
        return v.dot(v);
    }

    private static double @Nullable [] triangularFactor(LinearForm form, int n, int k) {
        DMatrixRMaj c = new DMatrixRMaj(n, k);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                double value = j < k - 1 ? form.columns.get(j)[i] : form.constant[i];
                if (!Double.isFinite(value)) return null;
                c.data[i * k + j] = value;
            }
        }
        var qr = DecompositionFactory_DDRM.qr(n, k);
        qr.decompose(c); // false where a column depends on others, which does R no harm
        double[] r = qr.getR(null, true).data;
        for (double value : r) if (!Double.isFinite(value)) return null;
        return r;
    }

    private @Nullable Expr product(double[] w, Expr x) {
        LinearForm form = LinearForm.of(x, known);
        if (form == null || form.columns.size() >= w.length) return null;
        double[] cw = new double[form.columns.size()];
        for (int j = 0; j < cw.length; j++) cw[j] = KERNELS.dot(w, 0, form.columns.get(j), 0, w.length);
        return Expr.vector(cw).dot(form.unknowns()).plus(KERNELS.dot(w, 0, form.constant, 0, w.length));
    }

    private double[] values(Expr shared) {
        return known.computeIfAbsent(shared, SharedValues::of);
    }
}
