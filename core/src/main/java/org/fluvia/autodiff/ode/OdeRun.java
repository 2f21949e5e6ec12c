package org.fluvia.autodiff.ode;

import java.util.Arrays;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;

/**
 * Solves a system for the draws of a tile, one a lane. Lanes go side by side, each with its own time and step size, until all
 * are through; what a lane computes depends on no other.
 *
 * <p>Belongs to one frame and is used again for every tile.
 */
@SuppressWarnings("NullAway.Init") // what belongs to a tile is set when one begins
final class OdeRun {
    /** Why a lane could not go on; the status rows of the result hold one of these and the time. */
    static final int TOO_MANY_STEPS = 1;
    static final int STEP_VANISHED = 2;
    static final int NOT_FINITE = 3;

    /** Of what is left: a lane that would go in shorter steps gets nowhere. */
    private static final double SHORTEST_STEP = 1e-40;

    private final OdeBlocks blocks;
    private final OdeSettings settings;
    private final OdeStepper stepper;
    final OdeEvaluation evaluation;
    private final OdeOutput output;
    /** Elements of y, columns of sensitivities, elements of both. */
    final int n;
    final int q;
    final int m;

    // of the tile under way
    Frame f;
    /** All rows are in this array, w doubles each. */
    double[] a;
    int w;
    private int free;
    /** The state before and after a step, its derivative before, the estimate of the error. */
    int z;
    int zNew;
    int rate;
    int error;
    /** Time, step and next step of each lane. */
    int t;
    int step;
    int proposed;
    private int norm;
    private int factor;
    private int accepted;
    private int scale;
    private int scaled;
    private boolean[] landing = new boolean[0];
    private boolean[] rejected = new boolean[0];
    private long[] taken = new long[0];

    OdeRun(OdeBlocks blocks, OdeSettings settings, OdeStepper stepper, OdeOutput output) {
        this.blocks = blocks;
        this.settings = settings;
        this.output = output;
        evaluation = new OdeEvaluation(blocks);
        this.stepper = stepper;
        n = blocks.size();
        q = blocks.columns();
        m = blocks.width();
    }

    /** Rows of memory that a run needs. */
    public static int rows(OdeBlocks blocks, OdeStepper stepper, boolean perDraw) {
        return 6 * blocks.width() + 6 + stepper.rows(blocks) + OdeEvaluation.rows(blocks, perDraw);
    }

    /** Rows of the run's memory, for good. */
    int take(int rows) {
        int at = free;
        free += rows * w;
        return at;
    }

    /**
     * @param in y0, t0, times, invariants, constants, ..., memory to work in
     */
    void run(Frame f, Slot[] in, Slot out) {
        this.f = f;
        w = f.stride(out);
        Slot scratch = in[in.length - 1];
        a = f.array(scratch);
        free = f.at(scratch);
        z = take(m);
        zNew = take(m);
        rate = take(m);
        error = take(m);
        scale = take(m);
        scaled = take(m);
        t = take(1);
        step = take(1);
        proposed = take(1);
        norm = take(1);
        factor = take(1);
        accepted = take(1);
        if (taken.length < w) {
            taken = new long[w];
            landing = new boolean[w];
            rejected = new boolean[w];
        }
        stepper.place(this);
        int outer = f.base;
        int top = f.top;
        try {
            evaluation.place(this, f, in, out.perDraw());
            solve(f, in, out);
        } finally {
            f.base = outer;
            f.top = top;
        }
    }

    // For the steppers

    /** y += a row's values times x, for rows of x and y. */
    void addScaled(int row, int x, int y, int rows) {
        for (int i = 0; i < rows; i++) f.kernels.addProduct(a, row, a, x + i * w, a, y + i * w, w);
    }

    /** Copies a state in the lanes that were accepted. */
    void selectAccepted(int from, int to) {
        for (int i = 0; i < m; i++) f.kernels.where(a, accepted, a, from + i * w, a, to + i * w, a, to + i * w, w);
    }

    // The run

    private void solve(Frame f, Slot[] in, Slot out) {
        begin(in, out.perDraw());
        output.begin(this, f, in, out);
        int open = 0;
        for (int j = 0; j < w; j++) open += output.start(j, a[t + j]) ? 1 : 0;
        if (open == 0) return;
        evaluation.rates(t, z, rate);
        f.kernels.fill(0, a, step, w);
        System.arraycopy(a, z, a, zNew, m * w);
        norm(rate, norm);
        for (int j = 0; j < w; j++) {
            if (output.isDone(j) || a[norm + j] < Double.POSITIVE_INFINITY) continue;
            output.fail(j, a[t + j], NOT_FINITE);
            open--;
        }
        stepper.first(this);
        while (open > 0) {
            for (int j = 0; j < w; j++) a[step + j] = nextStep(j);
            f.worked((long) m * w * (1 + q));
            stepper.attempt(this);
            norm(error, norm);
            stepper.change(this, norm, factor);
            boolean allAccepted = true;
            for (int j = 0; j < w; j++) {
                if (output.isDone(j)) continue;
                allAccepted &= judge(j);
                open -= output.isDone(j) ? 1 : 0;
            }
            if (allAccepted) {
                int old = z;
                z = zNew;
                zNew = old;
            } else {
                selectAccepted(zNew, z);
            }
            stepper.moved(this, allAccepted);
        }
    }

    private void begin(Slot[] in, boolean draws) {
        f.copy(in[0], n, draws, a, z);
        f.copy(in[1], 1, draws, a, t);
        f.kernels.fill(0, a, z + n * w, n * q * w);
        if (blocks.ofState()) {
            for (int i = 0; i < n; i++) f.kernels.fill(1, a, z + (n + i * q + i) * w, w);
        }
        f.kernels.fill(1, a, accepted, w);
        Arrays.fill(taken, 0, w, 0);
        Arrays.fill(rejected, 0, w, false);
    }

    /** norm[j] = the largest |v| / (absolute + relative size) of lane j. */
    void norm(int v, int to) {
        int length = m * w;
        stepper.scale(this, scale);
        f.kernels.binary(BinaryOp.MUL, a, scale, settings.relativeTolerance(), a, scale, length);
        f.kernels.binary(BinaryOp.ADD, a, scale, settings.absoluteTolerance(), a, scale, length);
        f.kernels.unary(UnaryOp.ABS, a, v, a, scaled, length);
        f.kernels.binary(BinaryOp.DIV, a, scaled, a, scale, a, scaled, length);
        System.arraycopy(a, scaled, a, to, w);
        for (int i = 1; i < m; i++) f.kernels.binary(BinaryOp.MAX, a, to, a, scaled + i * w, a, to, w);
    }

    /** The step of a lane, which goes no further than the last time, or the next where the method does not interpolate. */
    private double nextStep(int j) {
        if (output.isDone(j)) return 0;
        double h = a[proposed + j];
        if (stepper.interpolates()) {
            landing[j] = !rejected[j] && a[t + j] + h - output.last() > Math.ulp(1.0);
            return landing[j] ? output.last() - a[t + j] : h;
        }
        double left = output.next(j) - a[t + j];
        landing[j] = h >= left;
        // no tiny step is left
        return landing[j] ? left : h > 0.5 * left ? 0.5 * left : h;
    }

    /** Decides on a lane's step, moves its time and delivers what it has reached; whether the step was accepted. */
    private boolean judge(int j) {
        double h = a[step + j];
        double change = a[factor + j];
        boolean ok = a[norm + j] <= 1;
        a[accepted + j] = ok ? 1 : 0;
        if (ok) {
            // a step cut short says little of the longest possible
            boolean cut = !stepper.interpolates() && h < a[proposed + j];
            double next = h * (rejected[j] && !stepper.interpolates() ? Math.min(change, 1) : change);
            a[proposed + j] = cut ? Math.max(next, a[proposed + j]) : next;
            double before = a[t + j];
            a[t + j] = !landing[j] ? before + h : stepper.interpolates() ? output.last() : output.next(j);
            taken[j] = output.deliver(stepper, j, before, a[t + j]) ? 0 : taken[j] + 1;
        } else {
            a[proposed + j] = h * change;
        }
        rejected[j] = !ok;
        if (!output.isDone(j)) giveUp(j);
        return ok;
    }

    private void giveUp(int j) {
        double h = a[proposed + j];
        boolean vanished = a[t + j] + h == a[t + j] || h < SHORTEST_STEP * (output.last() - a[t + j]);
        if (!vanished && taken[j] < settings.maxSteps()) return;
        output.fail(j, a[t + j], !vanished ? TOO_MANY_STEPS : a[norm + j] >= 0 ? STEP_VANISHED : NOT_FINITE);
    }
}
