package org.fluvia.autodiff.ode;

import java.util.List;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.loop.LoopPlan;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;

/** Functions of a system's time and state, and of further inputs, evaluated for all lanes of a tile. */
@SuppressWarnings("NullAway.Init") // what belongs to a tile is set when one begins
final class OdeCall {
    private final LoopBody body;
    /** What the body's invariants and constants are of the solver's operands. */
    private final int[] operands;

    // of the tile under way
    private Frame f;
    private double[] a;
    private int w;
    private int base;

    /**
     * @param first operand of the invariants, which constants follow
     * @param constants each once
     */
    OdeCall(LoopBody body, int first, List<Expr> constants) {
        this.body = body;
        List<Op<Expr>> known = constants.stream().map(x -> x.op()).toList();
        int n = body.invariants.size();
        operands = IntStream.concat(IntStream.range(first, first + n),
                body.constants.stream().mapToInt(c -> first + n + known.indexOf(c.op()))).toArray();
    }

    /** Rows of memory that it works in. */
    static int rows(LoopBody body, boolean perDraw) {
        LoopPlan plan = body.plan;
        // rows of a tile have at least 8 doubles
        return perDraw ? plan.rows + (plan.sharedSize + 7) / 8 : plan.sharedSize;
    }

    /** How many rows it gives. */
    static int results(LoopBody body) {
        return body.next.stream().mapToInt(x -> x.shape().size()).sum();
    }

    static int places(LoopBody body) {
        return body.plan.pointers;
    }

    /**
     * Sets the pointers to what does not move.
     *
     * @param a where it works, from {@code at} on, where states are and results go; rows are of w doubles
     */
    void place(Frame f, double[] a, int at, int w, Slot[] in) {
        this.f = f;
        this.a = a;
        this.w = w;
        base = f.top;
        f.top += body.plan.pointers;
        set(LoopPlan.ROWS, a, at);
        set(LoopPlan.SHARED, a, at + body.plan.rows * w);
        int p = LoopPlan.EMITTED + body.inputs.size();
        for (int k : operands) set(p++, f.array(in[k]), f.at(in[k]));
    }

    /** Where sums over draws gather, which begin with what is there. */
    void sums(double[] array, int at) {
        set(LoopPlan.SUMS, array, at);
    }

    /** Where an input other than the time is. */
    void input(int i, int at) {
        set(LoopPlan.EMITTED + i, a, at);
    }

    private void set(int pointer, double[] array, int at) {
        f.arrays[base + pointer] = array;
        f.places[base + pointer] = at;
    }

    /** The functions at times and states of the lanes. */
    void evaluate(int time, int state, int to) {
        set(LoopPlan.STATE, a, state);
        set(LoopPlan.NEXT, a, to);
        set(LoopPlan.EMITTED, a, time);
        int outer = f.base;
        f.base = base;
        body.plan.run(f);
        f.worked(body.plan.work * w);
        f.base = outer;
    }
}
