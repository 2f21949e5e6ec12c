package org.fluvia.stan.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.fluvia.autodiff.Expr;
import org.fluvia.dynamics.Ode;
import org.fluvia.stan.library.Missing;
import org.fluvia.stan.library.Parts;
import org.fluvia.stan.tree.Type;
import org.fluvia.stan.value.Refusal;
import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;

/** Functions of the library that take functions: differential equations, and sums in parts. */
final class Solvers {
    private static final Set<String> REFUSED = Set.of("integrate_1d", "algebra_solver", "algebra_solver_newton", "solve_powell", "solve_powell_tol",
            "solve_newton", "solve_newton_tol", "dae", "dae_tol", "ode_adjoint_tol_ctl");

    private Solvers() {}

    static boolean has(String name) {
        return isRead(name) || REFUSED.contains(name);
    }

    /** Whether it is one that is read. */
    static boolean isRead(String name) {
        return name.startsWith("ode_") && !REFUSED.contains(name)
                && !name.endsWith("_lpdf") || name.equals("integrate_ode") || name.startsWith("integrate_ode_")
                || name.equals("reduce_sum") || name.equals("reduce_sum_static") || name.equals("map_rect");
    }

    /** @param function that is given, from its arguments */
    static Value call(String name, Function<List<Value>, Value> function, List<Value> values) {
        if (REFUSED.contains(name)) throw new Refusal("`" + name + "` is not read. " + Missing.instead(name));
        if (name.startsWith("reduce_sum")) return reduceSum(function, values);
        if (name.equals("map_rect")) return mapRect(function, values);
        return name.startsWith("integrate_ode") ? integrated(name, function, values) : solved(name, function, values);
    }

    private static Value reduceSum(Function<List<Value>, Value> function, List<Value> values) {
        Tensor all = (Tensor) values.get(0);
        if (all.dim(0) == 0) return Tensor.of(0.0);
        List<Value> given = new ArrayList<>(List.of(all, Tensor.of(1), Tensor.of(all.dim(0))));
        given.addAll(values.subList(2, values.size()));
        return function.apply(given);
    }

    private static Value mapRect(Function<List<Value>, Value> function, List<Value> values) {
        Tensor phi = (Tensor) values.get(0);
        List<Tensor> rest = List.of((Tensor) values.get(1), (Tensor) values.get(2), (Tensor) values.get(3));
        List<Tensor> results = new ArrayList<>();
        int n = 0;
        for (int shard = 0; shard < rest.get(0).dim(0); shard++) {
            List<Value> given = new ArrayList<>(List.of(phi));
            for (Tensor t : rest) given.add(entry(t, shard));
            Tensor result = (Tensor) function.apply(given);
            results.add(result);
            n += result.size();
        }
        return Parts.joined(results, Type.VECTOR, n);
    }

    /** An entry of an array. */
    private static Tensor entry(Tensor t, int i) {
        int size = t.dim(0) == 0 ? 0 : t.size() / t.dim(0);
        int[] places = new int[size];
        for (int k = 0; k < size; k++) places[k] = i * size + k;
        return Parts.select(t, places, t.type().element(), Arrays.copyOfRange(t.dims(), 1, t.dims().length));
    }

    private static Value integrated(String name, Function<List<Value>, Value> function, List<Value> values) {
        Ode ode = name.endsWith("bdf") || name.endsWith("adams") ? Ode.stiff() : Ode.rk45();
        if (values.size() > 6) ode = toleranced(ode, values, 6);
        Expr y = solve(ode, function, values, values.subList(3, 6), Type.REAL.array(1));
        return Tensor.of(Type.REAL.array(2), y.shape().dims(), null, y);
    }

    private static Value solved(String name, Function<List<Value>, Value> function, List<Value> values) {
        boolean hasTolerances = name.endsWith("_tol");
        Ode ode = name.startsWith("ode_bdf") || name.startsWith("ode_adams") ? Ode.stiff() : Ode.rk45();
        if (hasTolerances) ode = toleranced(ode, values, 3);
        Expr y = solve(ode, function, values, values.subList(hasTolerances ? 6 : 3, values.size()), Type.VECTOR);
        return Tensor.of(Type.VECTOR.array(1), y.shape().dims(), null, y);
    }

    private static Ode toleranced(Ode ode, List<Value> values, int from) {
        return ode.tolerances(((Tensor) values.get(from)).number(), ((Tensor) values.get(from + 1)).number())
                .maxSteps((long) ((Tensor) values.get(from + 2)).number());
    }

    private static Expr solve(Ode ode, Function<List<Value>, Value> function, List<Value> values, List<Value> more, Type state) {
        Tensor y0 = (Tensor) values.get(0);
        Tensor times = (Tensor) values.get(2);
        // per draw even where all is data, so that what is recorded of it is no number
        return ode.solve((t, y) -> {
            List<Value> given = new ArrayList<>(List.of(Tensor.of(Type.REAL, new int[0], null, t), Tensor.of(state, y0.dims(), null, y)));
            given.addAll(more);
            return ((Tensor) function.apply(given)).expr();
        }, y0.expr().repeatedOverDraws(), ((Tensor) values.get(1)).expr(), times.expr());
    }
}
