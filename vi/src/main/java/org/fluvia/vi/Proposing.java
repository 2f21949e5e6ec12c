package org.fluvia.vi;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Stopped;

/**
 * Makes as many draws of an approximation as there is time for: some at a time, so that there are some where time is short. Each is what
 * it would be among all.
 */
final class Proposing {
    /** Fewer cannot be judged. */
    static final int LEAST = 4_000;
    private static final int AT_FIRST = 512;
    private static final int AT_A_TIME = 8_192;
    /** The share of the time left that may pass: what is made of the draws may take longer. */
    private static final double SHARE = 0.4;

    private final DMatrixRMaj z;
    private final double[] logDensity;
    private final double[] logApproximation;
    private final double[] logStretch;
    private int done;

    private Proposing(int dimension, int n) {
        z = new DMatrixRMaj(dimension, n);
        logDensity = new double[n];
        logApproximation = new double[n];
        logStretch = new double[n];
    }

    /**
     * The first n draws of a seed, or as many as there is time for.
     *
     * @throws Stopped if these are fewer than {@link #LEAST}, and fewer than n
     */
    static Approximation.Proposals within(Budget budget, Approximation.Evaluator evaluator, int dimension, int n, long seed) {
        Proposing p = new Proposing(dimension, n);
        p.run(budget, evaluator, NormalNoise.of(seed), n);
        if (p.done < n) budget.cut("judgement");
        return p.first();
    }

    private void run(Budget budget, Approximation.Evaluator evaluator, NormalNoise noise, int n) {
        double until = budget.secondsLeft() * (1 - SHARE);
        try {
            for (int count = AT_FIRST; done < n && (done < LEAST || budget.secondsLeft() > until); count = Math.min(AT_A_TIME, 2 * count)) {
                int from = done;
                add(evaluator.at(Math.min(count, n - from), (first, some, elements, x, offset, stride) ->
                        noise.fill(from + first, some, elements, x, offset, stride)));
            }
        } catch (Stopped e) {
            if (done < LEAST) throw e;
        }
    }

    private void add(Approximation.Proposals some) {
        int count = some.count();
        for (int i = 0; i < z.numRows; i++) System.arraycopy(some.z().data, i * count, z.data, i * z.numCols + done, count);
        System.arraycopy(some.logDensity(), 0, logDensity, done, count);
        System.arraycopy(some.logApproximation(), 0, logApproximation, done, count);
        System.arraycopy(some.logStretch(), 0, logStretch, done, count);
        done += count;
    }

    private Approximation.Proposals first() {
        if (done == z.numCols) return new Approximation.Proposals(z, logDensity, logApproximation, logStretch);
        DMatrixRMaj first = new DMatrixRMaj(z.numRows, done);
        for (int i = 0; i < z.numRows; i++) System.arraycopy(z.data, i * z.numCols, first.data, i * done, done);
        return new Approximation.Proposals(first, Arrays.copyOf(logDensity, done), Arrays.copyOf(logApproximation, done),
                Arrays.copyOf(logStretch, done));
    }
}
