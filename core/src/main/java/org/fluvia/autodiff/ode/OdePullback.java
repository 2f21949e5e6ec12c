package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.op.Dag;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of g f, for a system's f and a further input g (n): by the state and by invariants. Those by a value per draw are
 * results of the body. Those by a shared value are sums over draws, in numbers that do not grow with its size for each draw, and the
 * body only gathers the sums: derivatives are linear in them, and are made of what they are in the end.
 *
 * @param body with inputs t and g; its next state has the derivative by the state first
 * @param derivatives for each invariant, in terms of the body's next state or of its sums; null if there is none or it is not wanted
 */
record OdePullback(LoopBody body, List<@Nullable Expr> derivatives) {

    /** @param wanted for each invariant, whether its derivative is */
    static OdePullback of(OdeSystem s, boolean[] wanted) {
        boolean perDraw = s.state().isPerDraw();
        Expr g = LoopBody.symbolLike(s.state(), perDraw);
        List<Expr> targets = new ArrayList<>(List.of(s.state()));
        for (int i = 0; i < wanted.length; i++) if (wanted[i]) targets.add(s.invariants().get(i));
        List<@Nullable Expr> by = Gradient.ofProducts(List.of(s.rate()), List.of(g), targets);

        List<Expr> next = new ArrayList<>();
        next.add(by.get(0) == null ? Expr.of(0).expand(s.state().shape(), perDraw) : by.get(0).materialize(s.state()));
        Set<Expr> sums = new LinkedHashSet<>();
        List<@Nullable Expr> derivatives = new ArrayList<>();
        int at = 1;
        for (int i = 0; i < wanted.length; i++) {
            Expr d = wanted[i] ? by.get(at++) : null;
            Expr whole = d == null ? null : d.materialize(s.invariants().get(i));
            derivatives.add(whole);
            if (whole == null) continue;
            if (whole.isPerDraw() == perDraw) {
                next.add(whole);
            } else {
                for (Expr x : Dag.reachable(List.of(whole))) if (x.op().sumsDraws()) sums.add(x);
            }
        }
        LoopBody body = new LoopBody(s.state(), List.of(s.time(), g), s.invariants(), next, List.of(), List.copyOf(sums));
        return new OdePullback(body, derivatives);
    }

    /** Rows that the sums take: a row of a tile has at least 8 doubles. */
    static int sumRows(LoopBody body) {
        return (body.plan.sumsSize + 7) / 8;
    }

    static Shape shape(LoopBody body) {
        return Shape.of(OdeCall.results(body) + sumRows(body));
    }
}
