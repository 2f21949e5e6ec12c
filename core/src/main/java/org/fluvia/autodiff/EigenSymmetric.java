package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues and eigenvectors of {@code count} symmetric matrices (n x n), of which the lower triangle is read, by Jacobi's cyclic
 * rotations. A draw whose rotations are done is left alone, so that it does not matter how many its neighbours need.
 *
 * <p>The result holds for each matrix its n eigenvalues, ascending, and then the eigenvectors as rows, each with its largest
 * element positive; at the end there is room to work in.
 */
record EigenSymmetric(int count, int n) implements Op<Expr> {
    private static final int MOST_SWEEPS = 40;

    static Shape shape(int count, int n) {
        return Shape.of(count * n * (n + 1) + n * n + 2);
    }

    @Override
    public String label() {
        return "eigenSymmetric";
    }

    @Override
    public long work(int elements) {
        return 24L * count * n * n * n;
    }

    /** Not used: {@link EigenPart} has the derivatives. */
    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        throw new IllegalStateException("the derivatives are those of its parts");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        double[] y = f.array(out);
        int work = f.at(out) + count * n * (n + 1) * w;
        for (int i = 0; i < count; i++) {
            int values = f.at(out) + i * n * (n + 1) * w;
            start(f, f.array(in[0]), f.at(in[0]) + i * n * n * w, y, values + n * w, work, w);
            boolean rotated = true;
            for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
                rotated = false;
                for (int p = 0; p < n; p++) {
                    f.worked(4L * n * n * w);
                    for (int q = p + 1; q < n; q++) rotated |= rotate(y, values + n * w, work, p, q, w);
                }
            }
            for (int k = 0; k < n; k++) System.arraycopy(y, work + k * (n + 1) * w, y, values + k * w, w);
            for (int lane = 0; lane < w; lane++) arrange(y, values + lane, w);
        }
    }

    private void start(Frame f, double[] a, int aAt, double[] y, int vectors, int work, int w) {
        f.kernels.fill(0, y, vectors, n * n * w);
        for (int i = 0; i < n; i++) {
            f.kernels.fill(1, y, vectors + i * (n + 1) * w, w);
            for (int j = 0; j <= i; j++) {
                System.arraycopy(a, aAt + (i * n + j) * w, y, work + (i * n + j) * w, w);
                System.arraycopy(a, aAt + (i * n + j) * w, y, work + (j * n + i) * w, w);
            }
        }
    }

    /** Makes element (p, q) zero; returns whether it was not. */
    private boolean rotate(double[] y, int vectors, int work, int p, int q, int w) {
        int cosines = work + n * n * w;
        int sines = cosines + w;
        int pp = work + p * (n + 1) * w;
        int qq = work + q * (n + 1) * w;
        int pq = work + (p * n + q) * w;
        int qp = work + (q * n + p) * w;
        boolean any = false;
        for (int l = 0; l < w; l++) {
            double x = y[pp + l];
            double z = y[qq + l];
            double size = Math.abs(y[pq + l]);
            double t = 0;
            if (size > 0 && !(Math.abs(x) + size == Math.abs(x) && Math.abs(z) + size == Math.abs(z))) {
                double ratio = (z - x) / (2 * y[pq + l]);
                t = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
                any = true;
            }
            y[pp + l] = x - t * y[pq + l];
            y[qq + l] = z + t * y[pq + l];
            y[pq + l] = size >= 0 ? 0 : size;
            y[qp + l] = y[pq + l];
            double c = 1 / Math.sqrt(t * t + 1);
            y[cosines + l] = c;
            y[sines + l] = t * c;
        }
        if (!any) return false;
        for (int r = 0; r < n; r++) {
            turn(y, cosines, sines, vectors + (p * n + r) * w, vectors + (q * n + r) * w, w);
            if (r == p || r == q) continue;
            int rp = work + (p * n + r) * w;
            int rq = work + (q * n + r) * w;
            turn(y, cosines, sines, rp, rq, w);
            System.arraycopy(y, rp, y, work + (r * n + p) * w, w);
            System.arraycopy(y, rq, y, work + (r * n + q) * w, w);
        }
        return true;
    }

    private static void turn(double[] y, int cosines, int sines, int xAt, int zAt, int w) {
        for (int l = 0; l < w; l++) {
            double x = y[xAt + l];
            double z = y[zAt + l];
            y[xAt + l] = y[cosines + l] * x - y[sines + l] * z;
            y[zAt + l] = y[sines + l] * x + y[cosines + l] * z;
        }
    }

    /** Sorts one draw's eigenvalues with their vectors, and turns the vectors. */
    private void arrange(double[] y, int values, int w) {
        int vectors = values + n * w;
        for (int i = 0; i < n; i++) {
            int least = i;
            for (int k = i + 1; k < n; k++) if (y[values + k * w] < y[values + least * w]) least = k;
            if (least != i) {
                swap(y, values + i * w, values + least * w);
                for (int r = 0; r < n; r++) swap(y, vectors + (i * n + r) * w, vectors + (least * n + r) * w);
            }
            int largest = 0;
            for (int r = 1; r < n; r++) {
                if (Math.abs(y[vectors + (i * n + r) * w]) > Math.abs(y[vectors + (i * n + largest) * w])) largest = r;
            }
            if (y[vectors + (i * n + largest) * w] < 0) {
                for (int r = 0; r < n; r++) y[vectors + (i * n + r) * w] *= -1;
            }
        }
    }

    private static void swap(double[] y, int i, int j) {
        double x = y[i];
        y[i] = y[j];
        y[j] = x;
    }
}
