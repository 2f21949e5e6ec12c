package org.fluvia.stan.run;

import java.util.Arrays;
import java.util.Optional;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.stan.library.Parts;
import org.fluvia.stan.tree.Expression;
import org.fluvia.stan.tree.SizedType;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.support.Support;
import org.jspecify.annotations.Nullable;

/** The supports that declarations ask for. */
final class Constraints {
    private final Evaluator evaluator;

    Constraints(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** @param dims of the whole variable */
    Support support(SizedType type, int[] dims) {
        return switch (type.kind()) {
            case ORDERED -> Support.ordered();
            case POSITIVE_ORDERED -> Support.positiveOrdered();
            case SIMPLEX, ROW_STOCHASTIC_MATRIX -> Support.simplex();
            case UNIT_VECTOR -> Support.unitVector();
            case SUM_TO_ZERO_VECTOR -> Support.sumToZero();
            case SUM_TO_ZERO_MATRIX -> Support.sumToZeroMatrix();
            case CHOLESKY_FACTOR_CORR -> Support.choleskyFactorCorr();
            case CHOLESKY_FACTOR_COV -> Support.choleskyFactorCov();
            case CORR_MATRIX -> Support.corrMatrix();
            case COV_MATRIX -> Support.covMatrix();
            case COLUMN_STOCHASTIC_MATRIX -> throw new Refusal("a column_stochastic_matrix is not read. Declare a row_stochastic_matrix and transpose it");
            default -> bounded(type.bounds(), dims);
        };
    }

    private Support bounded(SizedType.Bounds b, int[] dims) {
        Expression offset = b.offset();
        Expression multiplier = b.multiplier();
        if (offset != null || multiplier != null) {
            return Support.affine(offset == null ? Expr.of(0) : shaped(evaluator.tensor(offset), dims).expr(),
                    multiplier == null ? Expr.of(1) : shaped(evaluator.tensor(multiplier), dims).expr());
        }
        Tensor lower = finite(b.lower(), Double.NEGATIVE_INFINITY);
        Tensor upper = finite(b.upper(), Double.POSITIVE_INFINITY);
        if (lower == null) return upper == null ? Support.real() : Support.upper(shaped(upper, dims).expr());
        if (upper == null) {
            boolean zero = lower.isScalar() && lower.isData() && lower.number() == 0;
            return zero ? Support.positive() : Support.lower(shaped(lower, dims).expr());
        }
        return Support.interval(shaped(lower, dims).expr(), shaped(upper, dims).expr());
    }

    /** A bound of all elements, of each, or of each of an array. */
    private static Tensor shaped(Tensor t, int[] dims) {
        if (t.isScalar() || Arrays.equals(t.dims(), dims)) return t;
        int arrays = dims.length - t.dims().length;
        if (arrays < 0 || !Arrays.equals(t.dims(), Arrays.copyOfRange(dims, arrays, dims.length))) {
            throw new Refusal("a bound of size " + Tensor.text(t.dims()) + " does not fit a variable of size " + Tensor.text(dims));
        }
        return Parts.repeated(t, t.type().array(arrays), dims);
    }

    /** The bound; null if there is none, or it is infinite everywhere. */
    private @Nullable Tensor finite(@Nullable Expression e, double infinity) {
        if (e == null) return null;
        Tensor t = evaluator.tensor(e);
        boolean none = t.isData() && t.size() > 0 && Arrays.stream(t.numbers()).allMatch(x -> x == infinity);
        if (!none && t.isData() && Arrays.stream(t.numbers()).anyMatch(x -> x == infinity)) {
            throw new Refusal("bounds of which some are infinite are not read: declare bounded and unbounded elements each by themselves");
        }
        return none ? null : t;
    }

    /** 1 where a value that depends on parameters is what it is declared as, 0 elsewhere; null where all values are. */
    @Nullable Expr holds(SizedType type, Tensor value) {
        SizedType.Bounds b = type.bounds();
        if (value.size() == 0 || type.kind() == SizedType.Kind.COLUMN_STOCHASTIC_MATRIX) return null;
        if (type.kind().isConstrained()) return all(support(type, value.dims()).contains(value.expr()));
        Tensor lower = finite(b.lower(), Double.NEGATIVE_INFINITY);
        Tensor upper = finite(b.upper(), Double.POSITIVE_INFINITY);
        Expr above = lower == null ? null : all(shaped(lower, value.dims()).expr().le(value.expr()));
        Expr below = upper == null ? null : all(value.expr().le(shaped(upper, value.dims()).expr()));
        return above == null ? below : below == null ? above : above.times(below);
    }

    private static Expr all(Expr each) {
        return each.sum().eq(each.size());
    }

    /** Checks that data are what they are declared as. */
    void check(String name, SizedType type, Tensor value) {
        if (!type.isConstrained() || value.size() == 0) return;
        if (type.kind() == SizedType.Kind.COLUMN_STOCHASTIC_MATRIX) return;
        SizedType.Bounds b = type.bounds();
        checkBound(name, value, b.lower(), true);
        checkBound(name, value, b.upper(), false);
        if (!type.kind().isConstrained()) return;
        Optional<String> problem = support(type, value.dims()).violation(name, value.expr());
        if (problem.isPresent()) throw new Refusal(problem.get());
    }

    private void checkBound(String name, Tensor value, @Nullable Expression e, boolean isLower) {
        if (e == null) return;
        Tensor bound = shaped(evaluator.tensor(e), value.dims());
        double[] x = value.numbers();
        double[] b = bound.numbers();
        for (int i = 0; i < x.length; i++) {
            double limit = b[bound.isScalar() ? 0 : i];
            if (isLower ? x[i] >= limit : x[i] <= limit) continue;
            String element = Shape.of(value.dims()).label(name, i);
            throw new Refusal(element + " must be " + (isLower ? "at least " : "at most ") + shown(limit) + ", but is " + shown(x[i])
                    + " in the data");
        }
    }

    private static String shown(double x) {
        return x == (long) x ? String.valueOf((long) x) : String.valueOf(x);
    }
}
