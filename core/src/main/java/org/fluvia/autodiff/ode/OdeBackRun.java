package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.kernel.BinaryOp;

/**
 * Goes back along the ways of a tile's draws, one a lane, step by step from the last: the stages of a step are computed again, and
 * the adjoint goes through them in reverse. A lane whose way is shorter begins later, and stands still until then.
 *
 * <p>A lane that had no way to the end has no derivative: 0, and no part in the sums.
 */
@SuppressWarnings("NullAway.Init") // what belongs to a tile is set when one begins
final class OdeBackRun {
    /** The stages that the state after a step is made of. */
    private static final int STAGES = 6;
    private static final double[] C = DormandPrince.C;
    private static final double[][] A = DormandPrince.A;

    private final OdeCall stage;
    private final OdeCall pullback;
    private final int n;
    private final int stageRows;
    private final int results;
    private final int sums;

    // of the tile under way
    private Frame f;
    private double[] a;
    private int w;
    private int free;
    private double[] way;
    private int wayAt;
    /** States, derivatives and adjoints of the stages, n rows each. */
    private int x;
    private int k;
    private int mu;
    /** Of the step: its time and length, and a stage's time. */
    private int time;
    private int step;
    private int stageTime;
    private int sum;
    private int cotangent;
    private int derivatives;

    OdeBackRun(OdeBack op) {
        stage = new OdeCall(op.stage(), 2, op.constants());
        pullback = new OdeCall(op.pullback(), 2, op.constants());
        n = op.stage().stateSize();
        stageRows = OdeCall.rows(op.stage(), true);
        results = OdeCall.results(op.pullback());
        sums = OdePullback.sumRows(op.pullback());
    }

    static int rows(OdeBack op, boolean perDraw) {
        return (3 * STAGES + 2) * op.stage().stateSize() + 3 + OdeCall.results(op.pullback()) + OdeCall.rows(op.stage(), perDraw)
                + OdeCall.rows(op.pullback(), perDraw);
    }

    private int take(int rows) {
        int at = free;
        free += rows * w;
        return at;
    }

    /** @param in the way, c, invariants, constants, memory to work in */
    void run(Frame f, Slot[] in, Slot out) {
        this.f = f;
        w = f.stride(out);
        Slot scratch = in[in.length - 1];
        a = f.array(scratch);
        free = f.at(scratch);
        way = f.array(in[0]);
        wayAt = f.at(in[0]);
        x = take(STAGES * n);
        k = take(STAGES * n);
        mu = take(STAGES * n);
        sum = take(n);
        cotangent = take(n);
        time = take(1);
        step = take(1);
        stageTime = take(1);
        derivatives = take(results);
        int top = f.top;
        boolean first = f.firstOfGroup;
        f.firstOfGroup = false;
        try {
            stage.place(f, a, take(stageRows), w, in);
            pullback.place(f, a, free, w, in);
            pullback.input(1, cotangent);
            pullback.sums(f.array(out), f.at(out) + results * w);
            f.copy(in[1], n, out.perDraw(), f.array(out), f.at(out));
            f.kernels.fill(0, f.array(out), f.at(out) + n * w, (results - n + sums) * w);
            back(f.array(out), f.at(out));
        } finally {
            f.top = top;
            f.firstOfGroup = first;
        }
    }

    private int count(int lane) {
        return (int) way[wayAt + OdePath.count(n) * w + lane];
    }

    private void back(double[] result, int adjoint) {
        int most = 0;
        int good = -1;
        for (int j = 0; j < w; j++) {
            most = Math.max(most, count(j));
            if (good < 0 && count(j) > 0) good = j;
            boolean failed = way[wayAt + OdePath.reason(n) * w + j] != 0;
            if (failed) for (int e = 0; e < n; e++) result[adjoint + e * w + j] = 0;
        }
        for (int i = most - 1; i >= 0; i--) {
            begin(i, good);
            for (int s = 0; s < STAGES; s++) forward(s);
            for (int s = STAGES - 1; s >= 0; s--) reverse(s, result, adjoint);
            for (int s = 0; s < STAGES; s++) f.kernels.axpy(1, a, mu + s * n * w, result, adjoint, n * w);
        }
    }

    /** The state before a step. Lanes that have none stand where they began, and those that never did where another did. */
    private void begin(int i, int good) {
        int from = wayAt + (int) OdePath.step(n, i) * w;
        System.arraycopy(way, from, a, x, n * w);
        System.arraycopy(way, from + n * w, a, time, w);
        System.arraycopy(way, from + (n + 1) * w, a, step, w);
        int start = wayAt + (int) OdePath.step(n, 0) * w;
        for (int j = 0; j < w; j++) {
            if (i < count(j)) continue;
            int lane = count(j) > 0 ? j : good;
            for (int e = 0; e < n; e++) a[x + e * w + j] = way[start + e * w + lane];
            a[time + j] = way[start + n * w + lane];
            a[step + j] = 0;
        }
    }

    /** The state of a stage, as the solver computed it, and the derivative there. */
    private void forward(int s) {
        int state = x + s * n * w;
        if (s > 0) {
            f.kernels.fill(0, a, sum, n * w);
            for (int j = 0; j < s; j++) if (A[s][j] != 0) f.kernels.axpy(A[s][j], a, k + j * n * w, a, sum, n * w);
            System.arraycopy(a, x, a, state, n * w);
            for (int e = 0; e < n; e++) f.kernels.addProduct(a, step, a, sum + e * w, a, state + e * w, w);
        }
        if (s == STAGES - 1) return;
        at(s);
        stage.evaluate(stageTime, state, k + s * n * w);
    }

    private void at(int s) {
        System.arraycopy(a, time, a, stageTime, w);
        f.kernels.axpy(C[s], a, step, a, stageTime, w);
    }

    /** The adjoint of a stage's state, from those of later stages and of the state after the step. */
    private void reverse(int s, double[] result, int adjoint) {
        int length = n * w;
        f.kernels.fill(0, a, sum, length);
        if (A[STAGES][s] != 0) f.kernels.axpy(A[STAGES][s], result, adjoint, a, sum, length);
        for (int j = s + 1; j < STAGES; j++) if (A[j][s] != 0) f.kernels.axpy(A[j][s], a, mu + j * length, a, sum, length);
        for (int e = 0; e < n; e++) f.kernels.binary(BinaryOp.MUL, a, step, a, sum + e * w, a, cotangent + e * w, w);
        at(s);
        pullback.evaluate(stageTime, x + s * length, derivatives);
        System.arraycopy(a, derivatives, a, mu + s * length, length);
        f.kernels.axpy(1, a, derivatives + length, result, adjoint + length, (results - n) * w);
    }
}
