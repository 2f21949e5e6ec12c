package org.fluvia.stan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;

/** A program recorded for data, and its log-density at a point. */
record Recorded(BoundModel model, List<String> notes) {

    static Recorded of(String program, Data data) {
        return of(program, data, 1);
    }

    static Recorded of(String program, Data data, long seed) {
        List<String> notes = new ArrayList<>();
        return new Recorded(StanProgram.of("test.stan", program).model(seed, notes::add).bind(data), notes);
    }

    /** On the unconstrained scale, with all constants. */
    double density(double... point) {
        return values(List.of(model.logDensityUnconstrained()), point).get(0)[0];
    }

    double[] gradient(double... point) {
        return values(List.of(Gradient.of(model.logDensityUnconstrained(), model.unconstrained())), point).get(0);
    }

    /** The elements of a derived quantity. */
    double[] derived(String name, double... point) {
        Expr x = model.derived().stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow().value();
        return values(List.of(x), point).get(0);
    }

    private List<double[]> values(List<Expr> all, double[] point) {
        Workspace w = Program.of(all.toArray(new Expr[0])).workspace();
        w.set(model.unconstrained(), DrawSource.of(new DMatrixRMaj(point.length, 1, true, point)));
        w.run(1);
        return all.stream().map(e -> w.perDraw(e).data.clone()).toList();
    }

    /** How many operations the log-density is. */
    int operations() {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Expr> next = new ArrayDeque<>(List.of(model.logDensityUnconstrained()));
        while (!next.isEmpty()) {
            Expr e = next.pop();
            if (seen.add(e)) for (int i = 0; i < e.operandCount(); i++) next.push(e.operand(i));
        }
        return seen.size();
    }
}
