package org.fluvia.kernel;

import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The way of one loop by vectors from the interpreter to registers.
 *
 * <p>Until the optimising compiler has compiled such a loop, each vector in it is an object and each operation a call: a
 * thousand times slower than afterwards, a hundred times slower than scalars, for the loop's first 5,000 calls. So at
 * first the scalar twin serves, which gives the same bits, and a background thread runs the loop on numbers of its own
 * until it is as fast as the twin. Only loops that are in use are warmed up, one after the other; the thread ends when
 * there are none.
 */
final class WarmUp {
    enum Kind {
        UNARY, ARRAY_ARRAY, ARRAY_NUMBER, NUMBER_ARRAY, ADD_PRODUCT, AXPY, WHERE, SUM, DOT, LOG_SUM_EXP, SUM_ROWS, DOT_ROWS,
        LOG_SUM_EXP_ROWS, GEMM, GEMM_ROWS
    }

    /** A loop that is called less often is not worth the compiler's time. */
    private static final int CALLS_IN_USE = 20;
    /** Calls between two looks at the clock; the compiler acts after about 5,000. */
    private static final int CALLS_A_ROUND = 250;
    private static final int ROUNDS_WITHOUT_PAUSE = 24;
    private static final long GIVE_UP_NANOS = 30_000_000_000L;
    private static final int LANES = VectorLanes.SPECIES.length();
    /** Elements of a measured call, calls of a measurement, and what the clock may be wrong by. */
    private static final int MEASURED = 64;
    private static final int MEASURED_CALLS = 20;
    private static final long CLOCK_NANOS = 500;
    private static final int ROWS = 3;
    private static final int LENGTH = 1024;

    /** Rows of products that between them use tiles of each height. */
    private static final int[] GEMM_ROWS = {1, 2, 4, 13};

    private static final ThreadPoolExecutor THREAD = thread();
    private static final UnaryOp[] UNARY = UnaryOp.values();
    private static final BinaryOp[] BINARY = BinaryOp.values();

    private final Kind kind;
    private final int op;
    private int calls;
    private volatile boolean fast;

    private WarmUp(Kind kind, int op, boolean fast) {
        this.kind = kind;
        this.op = op;
        this.fast = fast;
    }

    /** @param done whether to go by vectors from the first call on */
    static WarmUp of(Kind kind, int op, boolean done) {
        return new WarmUp(kind, op, done);
    }

    /** Whether to go by vectors. Counts the calls until then; a lost count does no harm. */
    boolean fast() {
        return fast || request();
    }

    private boolean request() {
        if (++calls == CALLS_IN_USE) {
            THREAD.execute(this::run);
        }
        return false;
    }

    private static ThreadPoolExecutor thread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "fluvia-kernel-warm-up");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private void run() {
        Kernels vector = new VectorKernels(true);
        Kernels scalar = new ScalarKernels("warm-up");
        double[] x = new double[LENGTH];
        double[] y = new double[LENGTH];
        double[] z = new double[LENGTH];
        Arrays.fill(x, 0.5);
        Arrays.fill(y, 1.5);
        long start = System.nanoTime();
        for (int round = 0; !fast && System.nanoTime() - start < GIVE_UP_NANOS; round++) {
            boolean all = true;
            for (int variant = 0; variant < (kind == Kind.GEMM ? GEMM_ROWS.length : 1); variant++) {
                for (int call = 0; call < CALLS_A_ROUND; call++) {
                    // Mostly one vector, to be called often; sometimes several and a rest, so that the profile knows them.
                    exercise(vector, variant, call % 8 == 7 ? 3 * LANES + 1 : LANES, x, y, z);
                }
                // Where vectors are objects they take ten times as long.
                all &= fastest(vector, variant, x, y, z) <= fastest(scalar, variant, x, y, z) + CLOCK_NANOS;
            }
            fast = all;
            if (round > ROUNDS_WITHOUT_PAUSE && !pause()) {
                return;
            }
        }
    }

    private long fastest(Kernels kernels, int variant, double[] x, double[] y, double[] z) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            for (int call = 0; call < MEASURED_CALLS; call++) {
                exercise(kernels, variant, MEASURED, x, y, z);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private static boolean pause() {
        try {
            Thread.sleep(5);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void exercise(Kernels kernels, int variant, int n, double[] x, double[] y, double[] z) {
        switch (kind) {
            case UNARY -> kernels.unary(UNARY[op], x, 0, z, 0, n);
            case ARRAY_ARRAY -> kernels.binary(BINARY[op], x, 0, y, 0, z, 0, n);
            case ARRAY_NUMBER -> kernels.binary(BINARY[op], x, 0, 1.5, z, 0, n);
            case NUMBER_ARRAY -> kernels.binary(BINARY[op], 0.5, y, 0, z, 0, n);
            case ADD_PRODUCT -> kernels.addProduct(x, 0, y, 0, z, 0, n);
            case AXPY -> kernels.axpy(0.5, x, 0, z, 0, n);
            case WHERE -> kernels.where(x, 0, x, 0, y, 0, z, 0, n);
            case SUM -> z[0] = kernels.sum(x, 0, n);
            case DOT -> z[0] = kernels.dot(x, 0, y, 0, n);
            case LOG_SUM_EXP -> z[0] = kernels.logSumExp(x, 0, n);
            case SUM_ROWS -> kernels.sumRows(x, 0, ROWS, n, z, 0);
            case DOT_ROWS -> kernels.dotRows(x, 0, y, 0, ROWS, n, z, 0);
            case LOG_SUM_EXP_ROWS -> kernels.logSumExpRows(x, 0, ROWS, n, z, 0);
            case GEMM -> exerciseGemm(kernels, GEMM_ROWS[variant], x, y, z);
            // tiles of all four shapes
            case GEMM_ROWS -> kernels.gemmRows(true, 5, 5, ROWS, n, x, 0, 0, 0, y, 0, 0, 0, z, 0, 0, 0);
        }
    }

    /** Tiles of every width; B is packed for the greatest number of rows. */
    private static void exerciseGemm(Kernels kernels, int rows, double[] x, double[] y, double[] z) {
        int columns = 3 * LANES + 1;
        int depth = rows < 8 ? 4 : VectorGemm.PACK_DEPTH;
        kernels.gemm(false, false, rows, columns, depth, x, 0, depth, y, 0, columns, true, z, 0, columns);
    }
}
