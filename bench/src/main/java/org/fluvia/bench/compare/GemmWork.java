package org.fluvia.bench.compare;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixMatrixMult_DDRM;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;

/** C = op(A) op(B) in one of the three forms, op(A) m x k and op(B) k x n, on matrices filled by a formula. */
final class GemmWork {
    private final boolean transposeA;
    private final boolean transposeB;
    private final int m;
    private final int k;
    private final int n;
    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj c;
    private final Kernels kernels = KernelProvider.kernels();

    private GemmWork(boolean transposeA, boolean transposeB, int m, int k, int n) {
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.m = m;
        this.k = k;
        this.n = n;
        a = filled(transposeA ? k : m, transposeA ? m : k, 1);
        b = filled(transposeB ? n : k, transposeB ? k : n, 2);
        c = new DMatrixRMaj(m, n);
    }

    /** The shapes of the target, three forms each. */
    static List<GemmWork> all() {
        return List.of(shape(64, 64, 256), shape(128, 128, 512), shape(512, 512, 256)).stream().flatMap(List::stream).toList();
    }

    private static List<GemmWork> shape(int m, int k, int n) {
        return List.of(new GemmWork(false, false, m, k, n), new GemmWork(true, false, m, k, n),
                new GemmWork(false, true, m, k, n));
    }

    private static DMatrixRMaj filled(int rows, int columns, int offset) {
        DMatrixRMaj x = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < x.data.length; i++) x.data[i] = (i * 7919L + offset * 104729L) % 2003 / 1001.0 - 1;
        return x;
    }

    String name() {
        return "GEMM " + (transposeA ? "T" : "N") + (transposeB ? "T" : "N") + " (" + m + "x" + k + ")(" + k + "x" + n + ")";
    }

    double flops() {
        return 2.0 * m * k * n;
    }

    double run() {
        kernels.gemm(transposeA, transposeB, m, n, k, a.data, 0, a.numCols, b.data, 0, b.numCols, false, c.data, 0, n);
        return c.data[0];
    }

    double runEjml() {
        if (transposeA) MatrixMatrixMult_DDRM.multTransA_reorder(a, b, c);
        else if (transposeB) MatrixMatrixMult_DDRM.multTransB(a, b, c);
        else MatrixMatrixMult_DDRM.mult_reorder(a, b, c);
        return c.data[0];
    }

    double[] result() {
        run();
        return c.data.clone();
    }

    double[] resultOfEjml() {
        runEjml();
        return c.data.clone();
    }

    Contest againstOpenBlas(Peer peer, Turns turns) {
        Data answer = peer.prepare("gemm", new JsonObject().whole("m", m).whole("k", k).whole("n", n)
                .json("transposeA", Boolean.toString(transposeA)).json("transposeB", Boolean.toString(transposeB)));
        Agreement.require(name(), result(), answer.values("c"), 1e-12);
        return Contest.run(this::run, peer::time, turns);
    }
}
