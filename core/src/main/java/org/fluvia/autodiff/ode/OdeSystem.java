package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.op.Form;

/** An ordinary differential equation y' = f(t, y), closed: f in terms of symbols for t, y and invariants. */
public record OdeSystem(Expr time, Expr state, List<Expr> invariants, Expr rate) {

    public int size() {
        return state.shape().size();
    }

    /** The elements of f, scalars. A concatenation gives back its parts, which depend on less than all of it. */
    List<Expr> rates() {
        Expr whole = rate;
        while (whole.op().form() == Form.RESHAPE) whole = whole.operand(0);
        List<Expr> parts = new ArrayList<>();
        if (whole.op().form() == Form.JOIN) {
            for (int i = 0; i < whole.operandCount(); i++) parts.add(whole.operand(i));
        } else {
            parts.add(rate);
        }
        List<Expr> rates = new ArrayList<>();
        for (Expr part : parts) {
            Expr flat = part.flatten();
            for (int i = 0; i < flat.shape().size(); i++) rates.add(flat.get(i));
        }
        return rates;
    }

    /**
     * The system for operands of any kind: per draw where they are, or are to be.
     *
     * @param operands y0, t0, times, and what the invariants are
     * @param toPerDraw invariants, by their operands, that are to be per draw if anything is
     * @param fit gains the operands, each of the kind that the system needs
     */
    OdeSystem on(List<Expr> operands, boolean[] toPerDraw, List<Expr> fit) {
        Set<Expr> nowPerDraw = new HashSet<>();
        boolean any = operands.get(0).isPerDraw() || state.isPerDraw();
        for (int i = 3; i < operands.size(); i++) any |= operands.get(i).isPerDraw();
        if (any && !state.isPerDraw()) nowPerDraw.addAll(List.of(state, time));
        fit.addAll(operands);
        if (any) fit.set(0, operands.get(0).repeatedOverDraws());
        for (int i = 3; i < operands.size(); i++) {
            Expr symbol = invariants.get(i - 3);
            boolean perDraw = symbol.isPerDraw() || operands.get(i).isPerDraw() || any && toPerDraw[i];
            if (perDraw) fit.set(i, operands.get(i).repeatedOverDraws());
            if (perDraw && !symbol.isPerDraw()) nowPerDraw.add(symbol);
        }
        return perDraw(nowPerDraw);
    }

    /** The system with some shared invariants, and what depends on them, per draw. */
    private OdeSystem perDraw(Set<Expr> shared) {
        if (shared.isEmpty()) return this;
        LoopBody body = new LoopBody(state, List.of(time), invariants, List.of(rate), List.of()).perDraw(shared);
        return new OdeSystem(body.inputs.get(0), body.state, body.invariants, body.next.get(0));
    }
}
