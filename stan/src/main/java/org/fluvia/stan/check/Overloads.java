package org.fluvia.stan.check;

import java.util.List;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** Chooses among functions of one name. */
public final class Overloads {
    private Overloads() {}

    /** The one that takes these types with the fewest promotions; null if none does. */
    public static @Nullable FunctionDefinition choose(List<FunctionDefinition> functions, List<Type> types) {
        FunctionDefinition best = null;
        int fewest = Integer.MAX_VALUE;
        for (FunctionDefinition f : functions) {
            int promotions = promotions(f.argumentTypes(), types);
            if (promotions >= 0 && promotions < fewest) {
                best = f;
                fewest = promotions;
            }
        }
        return best;
    }

    private static int promotions(List<Type> asked, List<Type> given) {
        if (asked.size() != given.size()) return -1;
        int n = 0;
        for (int i = 0; i < asked.size(); i++) {
            if (!Types.fits(given.get(i), asked.get(i))) return -1;
            if (!given.get(i).equals(asked.get(i))) n++;
        }
        return n;
    }

    /** The names under which a function may be defined that is called by a name: a density without constants is the one with them. */
    public static List<String> namesOf(String name) {
        if (name.endsWith("_lupdf") || name.endsWith("_lupmf")) {
            String base = name.substring(0, name.length() - "_lupdf".length());
            return List.of(base + (name.endsWith("_lupdf") ? "_lpdf" : "_lpmf"));
        }
        return List.of(name);
    }
}
