package org.fluvia.autodiff.ode;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.loop.LoopPlan;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;

/** Evaluates a system's blocks for all lanes of a run. */
@SuppressWarnings("NullAway.Init") // what belongs to a tile is set when one begins
final class OdeEvaluation {
    /** Positions of the blocks. */
    static final int STAGE = 0;
    static final int START = 1;
    static final int CURVATURE = 2;

    private final OdeBlocks blocks;
    private final OdeBlock[] all;
    /** The operand that each block's constants are. */
    private final int[][] constantOperands;
    private final int n;
    private final int q;

    // of the tile under way
    private Frame f;
    private double[] a;
    private int w;
    private final int[] results = new int[3];
    private final int[] base = new int[3];

    OdeEvaluation(OdeBlocks blocks) {
        this.blocks = blocks;
        all = blocks.all().toArray(new OdeBlock[0]);
        constantOperands = blocks.all().stream().map(b -> constantOperands(blocks, b)).toArray(int[][]::new);
        n = blocks.size();
        q = blocks.columns();
    }

    private static int[] constantOperands(OdeBlocks blocks, OdeBlock b) {
        List<Op<Expr>> known = blocks.constants().stream().map(x -> x.op()).toList();
        int first = 3 + b.body().invariants.size();
        return b.body().constants.stream().mapToInt(c -> first + known.indexOf(c.op())).toArray();
    }

    /** Rows that {@link #place} takes. */
    static int rows(OdeBlocks blocks, boolean perDraw) {
        int rows = 0;
        for (OdeBlock b : blocks.all()) rows += b.results() + bodyRows(b, perDraw);
        return rows;
    }

    private static int bodyRows(OdeBlock b, boolean perDraw) {
        LoopPlan plan = b.body().plan;
        return perDraw ? plan.rows + (plan.sharedSize + 7) / 8 : plan.sharedSize;
    }

    static int places(OdeBlocks blocks) {
        int places = 0;
        int inner = 0;
        for (OdeBlock b : blocks.all()) {
            places += b.body().plan.pointers;
            inner = Math.max(inner, b.body().plan.innerPlaces);
        }
        return places + inner;
    }

    /** Sets the blocks' pointers to what does not move. */
    void place(OdeRun r, Frame f, Slot[] in, boolean perDraw) {
        this.f = f;
        a = r.a;
        w = r.w;
        int invariants = all[0].body().invariants.size();
        for (int b = 0; b < all.length; b++) {
            LoopBody body = all[b].body();
            base[b] = f.top;
            f.top += body.plan.pointers;
            results[b] = r.take(all[b].results());
            int own = r.take(bodyRows(all[b], perDraw));
            set(base[b] + LoopPlan.ROWS, a, own);
            set(base[b] + LoopPlan.SHARED, a, own + body.plan.rows * w);
            set(base[b] + LoopPlan.NEXT, a, results[b]);
            int p = base[b] + LoopPlan.EMITTED + body.inputs.size();
            for (int i = 0; i < invariants; i++, p++) set(p, f.array(in[3 + i]), f.at(in[3 + i]));
            for (int k : constantOperands[b]) {
                set(p, f.array(in[k]), f.at(in[k]));
                p++;
            }
        }
    }

    private void set(int entry, double[] array, int at) {
        f.arrays[entry] = array;
        f.places[entry] = at;
    }

    int results(int block) {
        return results[block];
    }

    /** Evaluates a block at times and states of the lanes. */
    void evaluate(int block, int time, int state) {
        set(base[block] + LoopPlan.STATE, a, state);
        set(base[block] + LoopPlan.EMITTED, a, time);
        int outer = f.base;
        f.base = base[block];
        LoopPlan plan = all[block].body().plan;
        plan.run(f);
        f.worked(plan.work * w);
        f.base = outer;
    }

    void evaluateCurvature(int time, int state, int direction, int timeDirection) {
        set(base[CURVATURE] + LoopPlan.EMITTED + 1, a, direction);
        set(base[CURVATURE] + LoopPlan.EMITTED + 2, a, timeDirection);
        evaluate(CURVATURE, time, state);
    }

    /** The derivative of the state, sensitivities included. */
    void rates(int time, int state, int to) {
        evaluate(STAGE, time, state);
        System.arraycopy(a, results[STAGE], a, to, n * w);
        if (q == 0) return;
        f.kernels.fill(0, a, to + n * w, n * q * w);
        addDerivatives(STAGE, state + n * w, to + n * w);
    }

    /** Adds a block's derivatives by y times S, and those by the invariants, to a matrix like S. */
    void addDerivatives(int block, int s, int to) {
        int invariants = blocks.ofState() ? n : 0;
        List<OdeBlock.Entry> entries = all[block].entries();
        for (int e = 0; e < entries.size(); e++) {
            OdeBlock.Entry entry = entries.get(e);
            int row = to + entry.row() * q * w;
            for (int i = 0; i < entry.count(); i++) {
                int derivative = results[block] + (entry.at() + i) * w;
                int column = entry.column() + i;
                if (column < n) {
                    for (int c = 0; c < q; c++) f.kernels.addProduct(a, derivative, a, s + (column * q + c) * w, a, row + c * w, w);
                } else {
                    int x = row + (invariants + column - n) * w;
                    f.kernels.binary(BinaryOp.ADD, a, x, a, derivative, a, x, w);
                }
            }
        }
    }

    /** Subtracts the derivatives of f by y at the start of the step from a matrix (n x n). */
    void subtractJacobian(int matrix) {
        List<OdeBlock.Entry> entries = all[START].entries();
        for (int e = 0; e < entries.size(); e++) {
            OdeBlock.Entry entry = entries.get(e);
            int x = matrix + (entry.row() * n + entry.column()) * w;
            int length = entry.count() * w;
            f.kernels.binary(BinaryOp.SUB, a, x, a, results[START] + entry.at() * w, a, x, length);
        }
    }
}
