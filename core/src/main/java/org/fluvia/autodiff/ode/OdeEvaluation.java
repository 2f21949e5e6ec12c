package org.fluvia.autodiff.ode;

import java.util.List;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
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
    private final OdeCall[] calls;
    private final int n;
    private final int q;

    // of the tile under way
    private Frame f;
    private double[] a;
    private int w;
    private final int[] results = new int[3];

    OdeEvaluation(OdeBlocks blocks) {
        this.blocks = blocks;
        all = blocks.all().toArray(new OdeBlock[0]);
        calls = blocks.all().stream().map(b -> new OdeCall(b.body(), 3, blocks.constants())).toArray(OdeCall[]::new);
        n = blocks.size();
        q = blocks.columns();
    }

    /** Rows that {@link #place} takes. */
    static int rows(OdeBlocks blocks, boolean perDraw) {
        int rows = 0;
        for (OdeBlock b : blocks.all()) rows += b.results() + OdeCall.rows(b.body(), perDraw);
        return rows;
    }

    static int places(OdeBlocks blocks) {
        int places = 0;
        int inner = 0;
        for (OdeBlock b : blocks.all()) {
            places += OdeCall.places(b.body());
            inner = Math.max(inner, b.body().plan.innerPlaces);
        }
        return places + inner;
    }

    /** Sets the blocks' pointers to what does not move. */
    void place(OdeRun r, Frame f, Slot[] in, boolean perDraw) {
        this.f = f;
        a = r.a;
        w = r.w;
        for (int b = 0; b < all.length; b++) {
            results[b] = r.take(all[b].results());
            calls[b].place(f, a, r.take(OdeCall.rows(all[b].body(), perDraw)), w, in);
        }
    }

    int results(int block) {
        return results[block];
    }

    /** Evaluates a block at times and states of the lanes. */
    void evaluate(int block, int time, int state) {
        calls[block].evaluate(time, state, results[block]);
    }

    void evaluateCurvature(int time, int state, int direction, int timeDirection) {
        calls[CURVATURE].input(1, direction);
        calls[CURVATURE].input(2, timeDirection);
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
