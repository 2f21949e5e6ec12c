package org.fluvia.stan.check;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/**
 * What an argument's type may be.
 *
 * @param types those that will do; empty where any numbers will
 * @param arrays of a type that is the same in a whole signature, and has so many dimensions of an array around it here; -1 for others
 */
record Pattern(List<Type> types, int arrays) {

    static Pattern of(String text) {
        String inner = text.replaceAll("^a+", "");
        if (inner.equals("T")) return new Pattern(List.of(), text.length() - 1);
        List<Type> types = new ArrayList<>();
        for (String t : text.split("\\|", 0)) {
            switch (t) {
                case "E" -> { }
                case "I" -> types.addAll(List.of(Type.INT, Type.INT.array(1)));
                case "R" -> types.addAll(List.of(Type.REAL, Type.VECTOR, Type.ROW_VECTOR, Type.REAL.array(1)));
                case "V" -> types.addAll(List.of(Type.VECTOR, Type.ROW_VECTOR, Type.VECTOR.array(1), Type.ROW_VECTOR.array(1)));
                default -> types.add(type(t));
            }
        }
        return new Pattern(List.copyOf(types), -1);
    }

    /** Of one type, as in "aar". */
    static Type type(String text) {
        String inner = text.replaceAll("^a+(?=.)", "");
        int arrays = text.length() - inner.length();
        if (inner.startsWith("tuple(")) {
            List<Type> members = new ArrayList<>();
            for (String m : inner.substring(6, inner.length() - 1).split(",", 0)) members.add(type(m));
            return Type.tuple(members);
        }
        Type base = switch (inner) {
            case "i" -> Type.INT;
            case "r" -> Type.REAL;
            case "v" -> Type.VECTOR;
            case "w" -> Type.ROW_VECTOR;
            case "m" -> Type.MATRIX;
            default -> throw new IllegalArgumentException("signatures: there is no type " + text);
        };
        return base.array(arrays);
    }

    /** Whether it is the type that is the same in a whole signature. */
    boolean isVariable() {
        return arrays >= 0;
    }

    /** What the variable type is where this argument has a type; null if it cannot have it. */
    @Nullable Type variable(Type actual) {
        return actual.arrays() < arrays ? null : new Type(actual.base(), actual.arrays() - arrays, actual.members());
    }

    boolean fits(Type actual, boolean exactly) {
        if (types.isEmpty()) return isNumbers(actual);
        return types.stream().anyMatch(t -> exactly ? t.equals(actual) : Types.fits(actual, t));
    }

    static boolean isNumbers(Type type) {
        return switch (type.base()) {
            case INT, REAL, VECTOR, ROW_VECTOR, MATRIX -> true;
            default -> false;
        };
    }
}
