package org.fluvia.autodiff.loop;

import java.util.List;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.op.Recurrences;

/** What {@link Scan} records: loops that keep all their states. */
public final class ScanLoops implements Recurrences<Expr, Scan.Body> {

    @Override
    public Expr record(int steps, List<Expr> initial, List<Expr> inputs, Scan.Body body, Consumer<Expr> emitted) {
        boolean perDraw = false;
        for (Expr x : initial) perDraw |= x.isPerDraw();
        for (Expr x : inputs) perDraw |= x.isPerDraw();
        ScanRecording r = new ScanRecording(initial, inputs, body, true);
        // where the body uses nothing per draw either, the whole loop is shared
        if (!perDraw && !r.isPerDraw()) r = new ScanRecording(initial, inputs, body, false);
        r.emitted.forEach(emitted);
        Expr[] parts = initial.toArray(new Expr[0]);
        return Loop.of(steps, false, true, r.state, Expr.concat(parts), r.inputs, r.invariants, r.next, r.emitted);
    }
}
