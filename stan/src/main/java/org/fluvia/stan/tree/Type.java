package org.fluvia.stan.tree;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type without sizes.
 *
 * @param base what elements are
 * @param arrays how many dimensions of an array are around it
 * @param members of a tuple; of a function its arguments and what it returns; else none
 */
public record Type(Base base, int arrays, List<Type> members) {
    /** What is not an array. */
    public enum Base {
        INT("int", 0), REAL("real", 0), COMPLEX("complex", 0), VECTOR("vector", 1), ROW_VECTOR("row_vector", 1), MATRIX("matrix", 2),
        COMPLEX_VECTOR("complex_vector", 1), COMPLEX_ROW_VECTOR("complex_row_vector", 1), COMPLEX_MATRIX("complex_matrix", 2),
        TUPLE("tuple", 0), FUNCTION("function", 0), VOID("void", 0);

        private final String word;
        private final int rank;

        Base(String word, int rank) {
            this.word = word;
            this.rank = rank;
        }

        /** The number of its dimensions. */
        public int rank() {
            return rank;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public static final Type INT = of(Base.INT);
    public static final Type REAL = of(Base.REAL);
    public static final Type COMPLEX = of(Base.COMPLEX);
    public static final Type VECTOR = of(Base.VECTOR);
    public static final Type ROW_VECTOR = of(Base.ROW_VECTOR);
    public static final Type MATRIX = of(Base.MATRIX);
    public static final Type VOID = of(Base.VOID);

    public Type {
        members = List.copyOf(members);
    }

    public static Type of(Base base) {
        return new Type(base, 0, List.of());
    }

    public static Type tuple(List<Type> members) {
        return new Type(Base.TUPLE, 0, members);
    }

    /** An array of this with so many more dimensions. */
    public Type array(int more) {
        return new Type(base, arrays + more, members);
    }

    /** What the array is of. */
    public Type element() {
        return new Type(base, arrays - 1, members);
    }

    /** What all dimensions of the array are of. */
    public Type innermost() {
        return new Type(base, 0, members);
    }

    /** The number of indices it takes. */
    public int dimensions() {
        return arrays + base.rank();
    }

    public boolean isArray() {
        return arrays > 0;
    }

    public boolean isInt() {
        return base == Base.INT && arrays == 0;
    }

    /** Whether it is one real or whole number. */
    public boolean isNumber() {
        return arrays == 0 && (base == Base.INT || base == Base.REAL);
    }

    public boolean isComplex() {
        return base == Base.COMPLEX || base == Base.COMPLEX_VECTOR || base == Base.COMPLEX_ROW_VECTOR || base == Base.COMPLEX_MATRIX
                || base == Base.TUPLE && members.stream().anyMatch(Type::isComplex);
    }

    public boolean is(Base other) {
        return arrays == 0 && base == other;
    }

    /** Whether whole numbers are anywhere inside. */
    public boolean holdsInts() {
        return base == Base.INT || base == Base.TUPLE && members.stream().anyMatch(Type::holdsInts);
    }

    /** As Stan writes it: "array[,] real". */
    @Override
    public String toString() {
        String inner = switch (base) {
            case TUPLE -> members.stream().map(Type::toString).collect(Collectors.joining(", ", "tuple(", ")"));
            case FUNCTION -> members.subList(0, members.size() - 1).stream().map(Type::toString).collect(Collectors.joining(", ", "(", ")"))
                    + " => " + members.get(members.size() - 1);
            default -> base.toString();
        };
        return arrays == 0 ? inner : "array[" + ",".repeat(arrays - 1) + "] " + inner;
    }
}
