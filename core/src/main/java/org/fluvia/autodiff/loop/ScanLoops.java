package org.fluvia.autodiff.loop;

import java.util.List;
import java.util.function.Consumer;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Solve;
import org.fluvia.autodiff.op.Recurrences;

/** What {@link Scan} records, loops that keep all their states, and what {@link Solve} does, loops that end when they have found it. */
public final class ScanLoops implements Recurrences<Expr, Scan.Body> {

    @Override
    public Expr record(int steps, List<Expr> initial, List<Expr> inputs, Scan.Body body, Consumer<Expr> emitted) {
        ScanRecording r = recording(initial, inputs, body);
        r.emitted.forEach(emitted);
        return loop(r, steps, initial, false);
    }

    @Override
    public Expr search(int most, List<Expr> initial, Scan.Body body) {
        return loop(recording(initial, List.of(), body), most, initial, true);
    }

    private static ScanRecording recording(List<Expr> initial, List<Expr> inputs, Scan.Body body) {
        boolean perDraw = false;
        for (Expr x : initial) perDraw |= x.isPerDraw();
        for (Expr x : inputs) perDraw |= x.isPerDraw();
        ScanRecording r = new ScanRecording(initial, inputs, body, true);
        // where the body uses nothing per draw either, the whole loop is shared
        return perDraw || r.isPerDraw() ? r : new ScanRecording(initial, inputs, body, false);
    }

    private static Expr loop(ScanRecording r, int steps, List<Expr> initial, boolean searches) {
        Expr first = Expr.concat(initial.toArray(new Expr[0]));
        return Loop.of(steps, false, !searches, searches, r.state, first, r.inputs, r.invariants, r.next, r.emitted);
    }
}
