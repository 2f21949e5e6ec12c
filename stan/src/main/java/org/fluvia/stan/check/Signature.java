package org.fluvia.stan.check;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/**
 * A way to call a function.
 *
 * @param result the type of the value, as in the table
 */
record Signature(Kind kind, List<Pattern> arguments, String result) {
    enum Kind {
        /** The arguments' types are those of the patterns. */
        PLAIN,
        /** Two arguments of one type, or one of them a number. */
        PAIR,
        /** Draws: as many as the longest argument has elements. */
        DRAWS
    }

    /** The type of the value; null if the arguments do not fit. */
    @Nullable Type of(List<Type> actual, boolean exactly) {
        if (actual.size() != arguments.size()) return null;
        if (kind == Kind.PAIR) return pair(actual.get(0), actual.get(1), exactly);
        Type variable = null;
        for (int i = 0; i < actual.size(); i++) {
            Pattern p = arguments.get(i);
            if (!p.isVariable()) {
                if (!p.fits(actual.get(i), exactly)) return null;
                continue;
            }
            Type here = p.variable(actual.get(i));
            if (here == null) return null;
            variable = variable == null ? here : exactly && !variable.equals(here) ? null : Types.common(variable, here);
            if (variable == null) return null;
        }
        return result(actual, variable);
    }

    private Type result(List<Type> actual, @Nullable Type variable) {
        if (kind == Kind.DRAWS) {
            boolean several = actual.stream().anyMatch(t -> !t.isNumber());
            return several ? Pattern.type(result).array(1) : Pattern.type(result);
        }
        if (variable != null && result.endsWith("T")) return variable.array(result.length() - 1);
        return switch (result) {
            case "E" -> Types.real(actual.get(0));
            case "E2" -> Types.real(actual.get(1));
            case "E3" -> Types.real(actual.get(2));
            case "same" -> actual.get(0);
            default -> Pattern.type(result);
        };
    }

    private @Nullable Type pair(Type a, Type b, boolean exactly) {
        if (!Pattern.isNumbers(a) || !Pattern.isNumbers(b)) return null;
        boolean whole = result.equals("whole");
        if (whole && (!a.holdsInts() || !b.holdsInts())) return null;
        if (exactly && !whole && (a.isInt() || b.isInt())) return null;
        if (a.isNumber() || b.isNumber()) {
            Type shaped = a.isNumber() ? b : a;
            return whole ? shaped : Types.real(shaped);
        }
        return Types.real(a).equals(Types.real(b)) ? whole ? a : Types.real(a) : null;
    }

    static Signature plain(String arguments, String result) {
        return new Signature(Kind.PLAIN, patterns(arguments), result);
    }

    static List<Pattern> patterns(String arguments) {
        List<Pattern> list = new ArrayList<>();
        for (String a : arguments.trim().split("\\s+", 0)) if (!a.isEmpty()) list.add(Pattern.of(a));
        return list;
    }
}
