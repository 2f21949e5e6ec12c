package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An ordinary differential equation y' = f(t, y), closed: f in terms of symbols for t, y and invariants. */
record OdeSystem(Expr time, Expr state, List<Expr> invariants, Expr rate) {

    int size() {
        return state.shape().size();
    }

    /** The elements of f, scalars. A concatenation gives back its parts, which depend on less than all of it. */
    List<Expr> rates() {
        Expr whole = rate;
        while (whole.op instanceof Reshape) whole = whole.operand(0);
        List<Expr> parts = new ArrayList<>();
        if (whole.op instanceof Concat) {
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

    /** The system with some shared invariants, and what depends on them, per draw. */
    OdeSystem perDraw(Set<Expr> shared) {
        if (shared.isEmpty()) return this;
        LoopBody body = new LoopBody(state, List.of(time), invariants, List.of(rate), List.of()).perDraw(shared);
        return new OdeSystem(body.inputs.get(0), body.state, body.invariants, body.next.get(0));
    }
}
