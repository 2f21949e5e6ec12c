package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.loop.Cotangent;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * All that a solver evaluates of a system. With sensitivities, the solver's state is y (n), followed by the matrix S
 * (n x {@link #columns}) of derivatives of y by what is differentiated: y0 if {@code ofState}, then the invariants.
 *
 * @param stage f and, with sensitivities, its derivatives by y and by the invariants
 * @param start for a stiff method, df/dt and the derivatives of f by y
 * @param curvature for a stiff method with sensitivities, the derivatives by y and by the invariants of df/dy w + df/dt tau,
 *     with inputs t, w and tau
 * @param constants of all blocks, each once
 */
record OdeBlocks(int size, boolean ofState, int invariantColumns, OdeBlock stage, @Nullable OdeBlock start,
                 @Nullable OdeBlock curvature, List<Expr> constants) {

    private static OdeBlocks of(int size, boolean ofState, int invariantColumns, @Nullable OdeBlock... blocks) {
        Map<Op<Expr>, Expr> constants = new LinkedHashMap<>();
        for (OdeBlock b : blocks) {
            if (b != null) b.body().constants.forEach(c -> constants.putIfAbsent(c.op(), c));
        }
        return new OdeBlocks(size, ofState, invariantColumns, blocks[0], blocks[1], blocks[2], List.copyOf(constants.values()));
    }

    /**
     * @param ofState whether derivatives by the first state are wanted
     * @param invariants symbols by which derivatives are wanted
     */
    static OdeBlocks of(OdeSystem s, boolean stiff, boolean ofState, List<Expr> invariants) {
        if (!ofState && invariants.isEmpty()) {
            OdeBlock stage = OdeBlock.of(s, List.of(s.time()), List.of(s.rate()), List.of(), List.of());
            return of(s.size(), false, 0, stage, stiff ? start(s) : null, null);
        }
        List<Expr> columns = new ArrayList<>(List.of(s.state()));
        columns.addAll(invariants);
        OdeBlock stage = OdeBlock.of(s, List.of(s.time()), List.of(s.rate()), s.rates(), columns);
        int count = invariants.stream().mapToInt(x -> x.shape().size()).sum();
        if (!stiff) return of(s.size(), ofState, count, stage, null, null);
        Expr w = LoopBody.symbolLike(s.state(), s.state().isPerDraw());
        Expr tau = LoopBody.symbolLike(s.time(), s.time().isPerDraw());
        List<Expr> along = along(s, w, tau);
        OdeBlock curvature = OdeBlock.of(s, List.of(s.time(), w, tau), List.of(), along, columns);
        return of(s.size(), ofState, count, stage, start(s), curvature);
    }

    private static OdeBlock start(OdeSystem s) {
        List<Expr> byTime = new ArrayList<>();
        for (Expr f : s.rates()) {
            Expr d = Gradient.ofProducts(List.of(f), List.of(Expr.of(1)), List.of(s.time())).get(0);
            byTime.add(d == null ? Expr.of(0) : d.reshape(Shape.scalar()));
        }
        return OdeBlock.of(s, List.of(s.time()), List.of(Expr.concat(byTime.toArray(new Expr[0]))), s.rates(), List.of(s.state()));
    }

    /** The derivative of each element of f along (w, tau). */
    private static List<Expr> along(OdeSystem s, Expr w, Expr tau) {
        List<Expr> along = new ArrayList<>();
        for (Expr f : s.rates()) {
            List<@Nullable Expr> d = Gradient.ofProducts(List.of(f), List.of(Expr.of(1)), List.of(s.state(), s.time()));
            Expr sum = d.get(1) == null ? Expr.of(0) : d.get(1).reshape(Shape.scalar()).times(tau);
            if (d.get(0) != null) {
                Expr whole = d.get(0).shape().size() == s.size() ? d.get(0) : d.get(0).expand(s.state().shape(), d.get(0).isPerDraw());
                for (Cotangent.Piece p : Cotangent.of(whole).nonZero()) {
                    sum = sum.plus(p.value().times(w.flatten().slice(p.from(), p.to())).sum());
                }
            }
            along.add(sum);
        }
        return along;
    }

    List<OdeBlock> all() {
        List<OdeBlock> all = new ArrayList<>(List.of(stage));
        if (start != null) all.add(start);
        if (curvature != null) all.add(curvature);
        return all;
    }

    /** Columns of the sensitivities. */
    int columns() {
        return (ofState ? size : 0) + invariantColumns;
    }

    /** Elements of the solver's state. */
    int width() {
        return size + size * columns();
    }
}
