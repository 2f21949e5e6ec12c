package org.fluvia.stan.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type with sizes, as a declaration has it.
 *
 * @param kind what elements are, and how they are constrained
 * @param sizes of an element
 * @param bounds given in angle brackets
 * @param arraySizes of the array around it
 * @param members of a tuple
 */
public record SizedType(Span span, Kind kind, List<Expression> sizes, Bounds bounds, List<Expression> arraySizes, List<SizedType> members) {
    /** What is declared, by its word. */
    public enum Kind {
        INT("int", Type.Base.INT, 0), REAL("real", Type.Base.REAL, 0), COMPLEX("complex", Type.Base.COMPLEX, 0), VECTOR("vector",
                Type.Base.VECTOR, 1),
        ROW_VECTOR("row_vector", Type.Base.ROW_VECTOR, 1), MATRIX("matrix", Type.Base.MATRIX, 2),
        COMPLEX_VECTOR("complex_vector", Type.Base.COMPLEX_VECTOR, 1), COMPLEX_ROW_VECTOR("complex_row_vector", Type.Base.COMPLEX_ROW_VECTOR, 1),
        COMPLEX_MATRIX("complex_matrix", Type.Base.COMPLEX_MATRIX, 2), ORDERED("ordered", Type.Base.VECTOR, 1),
        POSITIVE_ORDERED("positive_ordered", Type.Base.VECTOR, 1), SIMPLEX("simplex", Type.Base.VECTOR, 1),
        UNIT_VECTOR("unit_vector", Type.Base.VECTOR, 1), SUM_TO_ZERO_VECTOR("sum_to_zero_vector", Type.Base.VECTOR, 1),
        SUM_TO_ZERO_MATRIX("sum_to_zero_matrix", Type.Base.MATRIX, 2), CHOLESKY_FACTOR_CORR("cholesky_factor_corr", Type.Base.MATRIX, 1),
        CHOLESKY_FACTOR_COV("cholesky_factor_cov", Type.Base.MATRIX, 2), CORR_MATRIX("corr_matrix", Type.Base.MATRIX, 1),
        COV_MATRIX("cov_matrix", Type.Base.MATRIX, 1), ROW_STOCHASTIC_MATRIX("row_stochastic_matrix", Type.Base.MATRIX, 2),
        COLUMN_STOCHASTIC_MATRIX("column_stochastic_matrix", Type.Base.MATRIX, 2), TUPLE("tuple", Type.Base.TUPLE, 0);

        private final String word;
        private final Type.Base base;
        private final int sizes;

        Kind(String word, Type.Base base, int sizes) {
            this.word = word;
            this.base = base;
            this.sizes = sizes;
        }

        public Type.Base base() {
            return base;
        }

        /** How many sizes it takes; the last of a cholesky_factor_cov may be left out. */
        public int sizes() {
            return sizes;
        }

        /** Whether the word itself is a constraint. */
        public boolean isConstrained() {
            return !word.equals(base.toString());
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What stands in angle brackets: some of these, or none. */
    public record Bounds(@Nullable Expression lower, @Nullable Expression upper, @Nullable Expression offset, @Nullable Expression multiplier) {
        public static final Bounds NONE = new Bounds(null, null, null, null);

        public boolean isNone() {
            return equals(NONE);
        }
    }

    public SizedType {
        sizes = List.copyOf(sizes);
        arraySizes = List.copyOf(arraySizes);
        members = List.copyOf(members);
    }

    /** The same in an array with more dimensions, inside those that are there. */
    public SizedType inArray(List<Expression> more) {
        List<Expression> all = new ArrayList<>(arraySizes);
        all.addAll(more);
        return new SizedType(span, kind, sizes, bounds, all, members);
    }

    public Type type() {
        return new Type(kind.base(), arraySizes.size(), members.stream().map(SizedType::type).toList());
    }

    public boolean isConstrained() {
        return kind.isConstrained() || !bounds.isNone() || members.stream().anyMatch(SizedType::isConstrained);
    }
}
