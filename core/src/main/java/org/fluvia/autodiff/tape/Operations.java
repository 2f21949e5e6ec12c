package org.fluvia.autodiff.tape;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.loop.Loop;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a tape may have, by the names of their classes, and what they are made of: components of a record, or one array of
 * places. Nothing else is ever made of what a tape says. The user's own code and the solvers of differential equations are not among them.
 */
final class Operations {
    static final String CONSTANT = "Constant";
    static final String INPUT = "Input";
    /** A parameter: its mark is left out, and what is left is a view of the operand. */
    static final String DECLARED = "Declared";
    static final String RESHAPE = "Reshape";

    private static final Map<String, Class<?>> BY_NAME = table("AddAt", "AddRows", "Binary", "Cholesky", "CholeskyAdjoint", "Concat",
            "CumulativeSum", "Dot", "EigenPart", "EigenSymmetric", "Expand", "Gather", "GatherRows", "Guard", "LogSumExp",
            "LogSumExpAxis", "Lu", "LuDeterminant", "LuSolve", "MaskDraws", "MatMul", "MatMulDraws", "MatMulShared",
            "MatrixExponential", "MaxAxis", "OuterDraws", "RepeatAxis", RESHAPE, "ScatterAdd", "Select", "Slice", "Solved",
            "SumAxis", "SumDraws", "SumElements", "Ternary", "Transpose", "TriangularSolve", "TriangularSolveDraws", "Unary",
            "Where", "WithValue");

    private Operations() {}

    /** Those of the package that records them, some of which are known there only. */
    private static Map<String, Class<?>> table(String... names) {
        Map<String, Class<?>> table = new LinkedHashMap<>();
        try {
            for (String name : names) table.put(name, Class.forName(Expr.class.getPackageName() + "." + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Tape: an operation is missing", e);
        }
        table.put("Loop", Loop.class);
        return table;
    }

    /** The class of a name, or null. */
    static @Nullable Class<?> named(String name) {
        return BY_NAME.get(name);
    }

    /** The name of an operation; null if a tape cannot have it. */
    static @Nullable String name(Op<Expr> op) {
        String name = op.getClass().getSimpleName();
        return BY_NAME.get(name) == op.getClass() || name.equals(CONSTANT) || name.equals(INPUT) || name.equals(DECLARED) ? name : null;
    }

    /** The types of what an operation is made of, in order. */
    static List<Class<?>> types(Class<?> op) {
        if (!op.isRecord()) return List.of(int[].class);
        return Arrays.stream(op.getRecordComponents()).<Class<?>>map(RecordComponent::getType).toList();
    }

    /** What an operation, or a part of one, is made of, in order. */
    static List<Object> parts(Object of) {
        List<Object> parts = new ArrayList<>();
        try {
            if (of.getClass().isRecord()) {
                for (RecordComponent c : of.getClass().getRecordComponents()) {
                    c.getAccessor().setAccessible(true); // some are known to their own package only
                    parts.add(c.getAccessor().invoke(of));
                }
            } else {
                for (Field f : of.getClass().getDeclaredFields()) {
                    if (f.getType() != int[].class) continue;
                    f.setAccessible(true);
                    parts.add(f.get(of));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Tape: " + of.getClass() + " cannot be read", e);
        }
        return parts;
    }

    /**
     * Made of its parts.
     *
     * @throws IllegalArgumentException if it refuses them
     */
    static Object made(Class<?> type, List<Object> parts) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types(type).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(parts.toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getTargetException().getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Tape: " + type + " cannot be made", e);
        }
    }
}
