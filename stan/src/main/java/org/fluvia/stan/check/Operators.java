package org.fluvia.stan.check;

import java.util.List;
import org.fluvia.stan.tree.Operator;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.tree.Type.Base;
import org.jspecify.annotations.Nullable;

/** The types of what operators give. */
final class Operators {
    private Operators() {}

    /** The type of the value; null if the operator does not take these. */
    static @Nullable Type result(Operator operator, Type a, Type b) {
        if (operator.isLogical()) {
            boolean numbers = a.isNumber() && b.isNumber();
            boolean compares = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
            return numbers || compares && isScalar(a) && isScalar(b) ? Type.INT : null;
        }
        if (operator == Operator.POWER || operator == Operator.ELEMENT_POWER) {
            if (a.is(Base.COMPLEX) || b.is(Base.COMPLEX)) return isScalar(a) && isScalar(b) ? Type.COMPLEX : null;
            return Signatures.result("pow", List.of(a, b));
        }
        if (operator == Operator.MODULO || operator == Operator.INTEGER_DIVIDE) return a.isInt() && b.isInt() ? Type.INT : null;
        if (a.isArray() || b.isArray()) return null;
        if (a.isNumber() && b.isNumber()) {
            return operator == Operator.LEFT_DIVIDE ? null : a.isInt() && b.isInt() ? Type.INT : Type.REAL;
        }
        if (isScalar(a) && isScalar(b)) return operator == Operator.LEFT_DIVIDE ? null : Type.COMPLEX;
        return switch (operator) {
            case PLUS, MINUS, ELEMENT_TIMES, ELEMENT_DIVIDE -> elementwise(a, b);
            case TIMES -> isScalar(a) || isScalar(b) ? elementwise(a, b) : product(a, b);
            case DIVIDE -> isScalar(b) ? elementwise(a, b) : isScalar(a) ? elementwise(a, b)
                    : b.is(Base.MATRIX) && (a.is(Base.ROW_VECTOR) || a.is(Base.MATRIX)) ? a : null;
            case LEFT_DIVIDE -> a.is(Base.MATRIX) && (b.is(Base.VECTOR) || b.is(Base.MATRIX)) ? b : null;
            default -> null;
        };
    }

    private static boolean isScalar(Type t) {
        return t.isNumber() || t.is(Base.COMPLEX);
    }

    private static @Nullable Type elementwise(Type a, Type b) {
        boolean complex = a.isComplex() || b.isComplex();
        Type shaped = isScalar(a) ? b : a;
        if (shaped.base() == Base.TUPLE || shaped.base() == Base.FUNCTION || shaped.base() == Base.VOID) return null;
        if (!isScalar(a) && !isScalar(b) && real(a) != real(b)) return null;
        return complex ? complex(real(shaped)) : shaped;
    }

    private static @Nullable Type product(Type a, Type b) {
        boolean complex = a.isComplex() || b.isComplex();
        Type t = switch (real(a).toString() + " " + real(b)) {
            case "vector row_vector", "matrix matrix" -> Type.MATRIX;
            case "row_vector vector" -> Type.REAL;
            case "matrix vector" -> Type.VECTOR;
            case "row_vector matrix" -> Type.ROW_VECTOR;
            default -> null;
        };
        return t == null || !complex ? t : t.isNumber() ? Type.COMPLEX : complex(t.base());
    }

    private static Base real(Type t) {
        return switch (t.base()) {
            case COMPLEX_VECTOR -> Base.VECTOR;
            case COMPLEX_ROW_VECTOR -> Base.ROW_VECTOR;
            case COMPLEX_MATRIX -> Base.MATRIX;
            default -> t.base();
        };
    }

    private static Type complex(Base base) {
        return switch (base) {
            case VECTOR -> Type.of(Base.COMPLEX_VECTOR);
            case ROW_VECTOR -> Type.of(Base.COMPLEX_ROW_VECTOR);
            default -> Type.of(Base.COMPLEX_MATRIX);
        };
    }
}
