package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of {@link OdeEnd}: the derivatives of c y(t1), exactly those of the steps that were taken, whose lengths count as
 * given. Operands: the way, c (n), the system's invariants and constants. The result is as {@link OdePullback}'s, its sums last.
 *
 * @param constants of both bodies, each once
 */
record OdeBack(LoopBody stage, LoopBody pullback, List<Expr> constants) implements Op<Expr> {

    static Expr of(LoopBody stage, LoopBody pullback, Expr way, Expr c) {
        Map<Op<Expr>, Expr> constants = new LinkedHashMap<>();
        for (LoopBody body : List.of(stage, pullback)) body.constants.forEach(x -> constants.putIfAbsent(x.op(), x));
        List<Expr> operands = new ArrayList<>(List.of(way, c.expand(c.shape(), way.isPerDraw())));
        for (int i = 0; i < stage.invariants.size(); i++) operands.add(way.operand(3 + i));
        operands.addAll(constants.values());
        OdeBack op = new OdeBack(stage, pullback, List.copyOf(constants.values()));
        return Expr.of(op, OdePullback.shape(pullback), operands.toArray(new Expr[0]));
    }

    @Override
    public String label() {
        return "ode";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        throw new UnsupportedOperationException("ode: second derivatives of a solution");
    }

    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return true;
    }

    @Override
    public int scratch(boolean perDraw) {
        return OdeBackRun.rows(this, perDraw);
    }

    @Override
    public int places() {
        return OdeCall.places(stage) + OdeCall.places(pullback) + Math.max(stage.plan.innerPlaces, pullback.plan.innerPlaces);
    }

    @Override
    public long work(int elements) {
        return 60L * (stage.plan.work + pullback.plan.work + 10L * stage.stateSize());
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        ((OdeBackRun) f.helper(this, OdeBackRun::new)).run(f, in, out);
    }
}
