package org.fluvia.stan.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/**
 * A function of the library that takes a function.
 *
 * @param given the first arguments of the function that is given
 * @param returned what it must return
 * @param arguments those after the function
 * @param isData which of these must be data
 * @param isVariadic whether what follows them are more arguments of the function that is given
 * @param optional how many of the arguments, the last, may be left out, together
 */
record HigherOrder(List<Pattern> given, Type returned, List<Pattern> arguments, List<Boolean> isData, boolean isVariadic, int optional,
        String result) {
    private static final Map<String, HigherOrder> TABLE = new HashMap<>();

    static {
        for (String solver : List.of("rk45", "bdf", "adams", "ckrk")) {
            put("ode_" + solver, "r v", "v", "v r ar", true, 0, "av");
            put("ode_" + solver + "_tol", "r v", "v", "v r ar r r i", true, 0, "av");
        }
        put("ode_adjoint_tol_ctl", "r v", "v", "v r ar r v r v r r i i i i", true, 0, "av");
        put("dae", "r v v", "v", "v v r ar", true, 0, "av");
        put("dae_tol", "r v v", "v", "v v r ar r r i", true, 0, "av");
        for (String solver : List.of("solve_powell", "solve_newton")) {
            put(solver, "v", "v", "v", true, 0, "v");
            put(solver + "_tol", "v", "v", "v r r i", true, 0, "v");
        }
        for (String solver : List.of("", "_rk45", "_bdf", "_adams")) {
            put("integrate_ode" + solver, "r ar ar ar ai", "ar", "ar r ar ar ar! ai! r r r", false, 3, "aar");
        }
        for (String solver : List.of("algebra_solver", "algebra_solver_newton")) put(solver, "v v ar ai", "v", "v v ar! ai! r r r", false, 3, "v");
        put("integrate_1d", "r r ar ar ai", "r", "r r ar ar! ai! r", false, 1, "r");
        put("map_rect", "v v ar ai", "v", "v av aar! aai!", false, 0, "v");
        put("reduce_sum", "aT i i", "r", "aT i", true, 0, "r");
        put("reduce_sum_static", "aT i i", "r", "aT i", true, 0, "r");
    }

    private static void put(String name, String given, String returned, String arguments, boolean isVariadic, int optional, String result) {
        List<Boolean> isData = Arrays.stream(arguments.split(" ", 0)).map(a -> a.endsWith("!")).toList();
        TABLE.put(name, new HigherOrder(Signature.patterns(given), Pattern.type(returned), Signature.patterns(arguments.replace("!", "")),
                isData, isVariadic,
                optional, result));
    }

    static @Nullable HigherOrder of(String name) {
        return TABLE.get(name);
    }

    Type resultType() {
        return Pattern.type(result);
    }

    /** Why the arguments after the function do not fit; null if they do. */
    @Nullable String misfit(List<Type> actual, List<Boolean> data) {
        int n = actual.size();
        boolean count = isVariadic ? n >= arguments.size() : n == arguments.size() || n == arguments.size() - optional;
        if (!count) return "takes " + (isVariadic ? "at least " : "") + (arguments.size() + 1) + " arguments, but is given " + (n + 1);
        for (int i = 0; i < Math.min(n, arguments.size()); i++) {
            Pattern p = arguments.get(i);
            boolean fits = p.isVariable() ? p.variable(actual.get(i)) != null : p.fits(actual.get(i), false);
            if (isData.get(i) && !data.get(i)) return "needs data as its argument " + (i + 2);
            if (!fits) return "cannot take " + actual.get(i) + " as its argument " + (i + 2);
        }
        return null;
    }

    /** Whether a function takes what it will be given: its first arguments, and those that follow the arguments of the call. */
    boolean takes(List<Type> function, Type returns, List<Type> actual) {
        if (!returns.equals(returned)) return false;
        List<Type> more = isVariadic ? actual.subList(Math.min(actual.size(), arguments.size()), actual.size()) : List.of();
        if (function.size() != given.size() + more.size()) return false;
        for (int i = 0; i < given.size(); i++) {
            Pattern p = given.get(i);
            if (p.isVariable() ? !function.get(i).equals(actual.get(0)) : !p.fits(function.get(i), true)) return false;
        }
        for (int i = 0; i < more.size(); i++) if (!Types.fits(more.get(i), function.get(given.size() + i))) return false;
        return true;
    }
}
