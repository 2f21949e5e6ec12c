package org.fluvia.autodiff;

import org.fluvia.autodiff.lanes.LaneLu;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.BinaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The exponentials of {@code count} square matrices (n x n), by scaling and squaring and a Pade approximant: Higham (2005), "The scaling and
 * squaring method for the matrix exponential revisited", with degree 7 for all. A draw is squared as often as it
 * needs, however often its neighbours are.
 */
record MatrixExponential(int count, int n) implements Op<Expr> {
    /** The norm up to which the approximant is as good as double precision (Higham, table 2.3). */
    private static final double LARGEST_NORM = 0.9504178996162932;
    private static final double[] PADE = {17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1};

    @Override
    public String label() {
        return "matrixExponential";
    }

    /** Six matrices, and a row each for the exchanges of their rows, norms and numbers of squarings. */
    @Override
    public int scratch(boolean perDraw) {
        return 6 * n * n + n + 2;
    }

    @Override
    public long work(int elements) {
        return 10L * elements * n;
    }

    /**
     * A gets the derivative of exp at A' in the direction g (Najfeld and Havel 1995): the upper right block of
     * exp([A' g; 0 A']). It is linear in g, which is scaled so that its size does not matter.
     */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr a = y.operand(0);
        Stack s = Stack.of(label(), a);
        Expr full = g.materialize(y);
        Expr size = Functions.max(full.abs().flatten()).stopGradient();
        Expr unit = Expr.where(size.eq(0), Expr.of(1), size);
        int blocks = 4 * n * n;
        int[] from = new int[count * blocks];
        int[] corner = new int[count * n * n];
        for (int i = 0; i < count; i++) {
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                    int at = i * blocks + row * 2 * n + column;
                    int transposed = (i * n + column) * n + row;
                    from[at] = transposed;
                    from[at + n] = (count + i) * n * n + row * n + column;
                    from[at + 2 * n * n] = -1;
                    from[at + 2 * n * n + n] = transposed;
                    corner[(i * n + row) * n + column] = at + n;
                }
            }
        }
        Expr both = Along.select(Expr.concat(a.flatten(), full.div(unit).flatten()), s.with(2 * n, 2 * n), from);
        Expr exp = Expr.of(new MatrixExponential(count, 2 * n), both.shape(), both);
        return new Expr[] {Along.select(exp, a.shape(), corner).times(unit)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        Slot scratch = in[in.length - 1];
        for (int i = 0; i < count; i++) {
            int from = f.at(in[0]) + i * n * n * w;
            compute(f, f.array(in[0]), from, f.array(out), f.at(out) + i * n * n * w, f.array(scratch), f.at(scratch), w);
        }
    }

    private void compute(Frame f, double[] in, int from, double[] out, int to, double[] a, int x, int w) {
        int size = n * n * w;
        int x2 = x + size;
        int x4 = x2 + size;
        int x6 = x4 + size;
        int even = x6 + size;
        int odd = even + size;
        int exchanged = odd + size;
        int norm = exchanged + n * w;
        int squarings = norm + w;
        double most = scale(f, in, from, a, x, norm, squarings, w);
        product(f, a, x, a, x, a, x2, w);
        product(f, a, x2, a, x2, a, x4, w);
        product(f, a, x2, a, x4, a, x6, w);
        polynomial(f, a, 1, x2, x4, x6, odd, w);
        product(f, a, x, a, odd, a, even, w);
        System.arraycopy(a, even, a, odd, size);
        polynomial(f, a, 0, x2, x4, x6, even, w);
        f.kernels.binary(BinaryOp.ADD, a, even, a, odd, out, to, size);
        f.kernels.axpy(-1, a, odd, a, even, size);
        LaneLu.factor(f, a, even, n, w, a, exchanged);
        LaneLu.solve(f, a, even, n, w, a, exchanged, out, to, n);
        for (int i = 1; i <= most; i++) {
            product(f, out, to, out, to, a, x, w);
            for (int e = 0; e < n * n; e++) {
                for (int lane = 0; lane < w; lane++) {
                    if (a[squarings + lane] >= i) out[to + e * w + lane] = a[x + e * w + lane];
                }
            }
        }
    }

    /** Writes the matrices, divided by powers of 2 to a small norm, and how often to square; returns the most of these. */
    private double scale(Frame f, double[] in, int from, double[] a, int x, int norm, int squarings, int w) {
        f.kernels.fill(0, a, norm, w);
        for (int i = 0; i < n; i++) {
            f.kernels.fill(0, a, squarings, w);
            for (int j = 0; j < n; j++) {
                for (int lane = 0; lane < w; lane++) a[squarings + lane] += Math.abs(in[from + (i * n + j) * w + lane]);
            }
            f.kernels.binary(BinaryOp.MAX, a, norm, a, squarings, a, norm, w);
        }
        double most = 0;
        for (int lane = 0; lane < w; lane++) {
            double ratio = a[norm + lane] / LARGEST_NORM;
            int s = ratio > 1 && ratio < Double.POSITIVE_INFINITY ? Math.getExponent(ratio) + 1 : 0;
            a[squarings + lane] = s;
            a[norm + lane] = Math.scalb(1.0, -s);
            most = Math.max(most, s);
        }
        for (int e = 0; e < n * n; e++) {
            f.kernels.binary(BinaryOp.MUL, in, from + e * w, a, norm, a, x + e * w, w);
        }
        return most;
    }

    private void product(Frame f, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int w) {
        f.gemmRows(false, n, n, n, w, a, aAt, n * w, w, b, bAt, n * w, w, c, cAt, n * w, w);
    }

    /** The even or odd terms of the approximant: PADE[k] I + PADE[k + 2] A^2 + PADE[k + 4] A^4 + PADE[k + 6] A^6. */
    private void polynomial(Frame f, double[] a, int k, int x2, int x4, int x6, int to, int w) {
        int size = n * n * w;
        f.kernels.fill(0, a, to, size);
        for (int i = 0; i < n; i++) f.kernels.fill(PADE[k], a, to + i * (n + 1) * w, w);
        f.kernels.axpy(PADE[k + 2], a, x2, a, to, size);
        f.kernels.axpy(PADE[k + 4], a, x4, a, to, size);
        f.kernels.axpy(PADE[k + 6], a, x6, a, to, size);
    }
}
