package org.fluvia.stan.check;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** Which types may stand for which. */
public final class Types {
    private Types() {}

    /** Whether a value of one type can be given where another is asked for: the same, or a whole number for a real one, and that in arrays. */
    public static boolean fits(Type from, Type to) {
        if (from.equals(to)) return true;
        if (from.arrays() != to.arrays()) return false;
        if (from.base() == Type.Base.TUPLE && to.base() == Type.Base.TUPLE) {
            if (from.members().size() != to.members().size()) return false;
            for (int i = 0; i < from.members().size(); i++) if (!fits(from.members().get(i), to.members().get(i))) return false;
            return true;
        }
        return switch (to.base()) {
            case REAL -> from.base() == Type.Base.INT;
            case COMPLEX -> from.base() == Type.Base.INT || from.base() == Type.Base.REAL;
            case COMPLEX_VECTOR -> from.base() == Type.Base.VECTOR;
            case COMPLEX_ROW_VECTOR -> from.base() == Type.Base.ROW_VECTOR;
            case COMPLEX_MATRIX -> from.base() == Type.Base.MATRIX;
            default -> false;
        };
    }

    /** The type that both can be given for; null if there is none. */
    static @Nullable Type common(Type a, Type b) {
        if (fits(a, b)) return b;
        if (fits(b, a)) return a;
        if (a.base() != Type.Base.TUPLE || b.base() != Type.Base.TUPLE || a.arrays() != b.arrays()
                || a.members().size() != b.members().size()) return null;
        List<Type> members = new ArrayList<>();
        for (int i = 0; i < a.members().size(); i++) {
            Type member = common(a.members().get(i), b.members().get(i));
            if (member == null) return null;
            members.add(member);
        }
        return new Type(Type.Base.TUPLE, a.arrays(), members);
    }

    /** The same with real numbers for whole ones. */
    static Type real(Type type) {
        return type.base() == Type.Base.INT ? new Type(Type.Base.REAL, type.arrays(), List.of()) : type;
    }
}
