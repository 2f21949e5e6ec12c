package org.fluvia.vi.diagnostics;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Turns weighted draws into equally weighted ones. */
public final class Resampling {

    /** A share this close below a whole number is that number, so that equal weights and n = S take each draw once. */
    private static final double WHOLE = 1e-9;

    private Resampling() {}

    /**
     * Systematic resampling: n indices of draws, in random order, where draw i comes up floor(n w_i) or ceil(n w_i) times and n w_i
     * times in expectation. So no draw is repeated unless n w_i > 1.
     *
     * <p>Each draw is taken floor(n w_i) times. What is left of the n w_i cuts [0, R] into pieces, R the number of indices still missing;
     * one uniform u places the points u + j, j = 0 ... R - 1, and a draw comes up once more if its piece holds one (Kitagawa 1996;
     * Douc, Cappé and Moulines 2005). n - 1 more uniforms shuffle the result (Fisher and Yates), so that what is written to a file has no
     * order.
     *
     * @param logWeights normalised log weights; -infinity for a draw never to be taken; not modified
     * @param n how many indices, at least 0
     * @param uniforms independent uniforms on [0, 1), for instance {@code generator::nextDouble}; asked max(n, 1) times, so the result
     *     is a function of the weights and of the generator's seed
     * @throws IllegalArgumentException if the weights do not sum to one, n is negative, or a uniform is outside [0, 1)
     */
    public static int[] systematic(double[] logWeights, int n, DoubleSupplier uniforms) {
        if (n < 0) {
            throw new IllegalArgumentException("Resampling: n must be at least 0, but was " + n + ". Ask for that many indices.");
        }
        double[] rest = LogRatios.weights("Resampling", logWeights);
        double u = next(uniforms);
        int[] indices = new int[n];
        int taken = 0;
        for (int i = 0; i < rest.length; i++) {
            double share = n * rest[i];
            int whole = (int) Math.min(n - taken, Math.floor(share + WHOLE));
            Arrays.fill(indices, taken, taken + whole, i);
            taken += whole;
            rest[i] = Math.max(0, share - whole);
        }
        double end = 0;
        double point = u;
        int last = 0;
        for (int i = 0; i < rest.length && taken < n; i++) {
            end += rest[i];
            last = rest[i] > 0 ? i : last;
            if (point < end) {
                indices[taken++] = i;
                point++;
            }
        }
        // Rounding may leave the end of the last piece a little short of R.
        if (taken < n) {
            indices[taken] = last;
        }
        shuffle(indices, uniforms);
        return indices;
    }

    /**
     * The effective number of weighted draws, (sum w)^2 / sum w^2 (Kish 1965): between 1 and as many as there are. NaN where all weights are 0.
     *
     * @param logWeights normalised or not; -infinity for a weight of 0; not modified
     */
    public static double effective(double[] logWeights) {
        double max = Double.NEGATIVE_INFINITY;
        for (double x : logWeights) max = Math.max(max, x);
        double sum = 0;
        double squares = 0;
        for (double x : logWeights) {
            double weight = StrictMath.exp(x - max);
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }

    private static void shuffle(int[] values, DoubleSupplier uniforms) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = (int) (next(uniforms) * (i + 1));
            int value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }

    private static double next(DoubleSupplier uniforms) {
        double u = uniforms.getAsDouble();
        if (!(u >= 0 && u < 1)) {
            throw new IllegalArgumentException("Resampling: uniforms must be in [0, 1), but was " + u + ". Pass generator::nextDouble.");
        }
        return u;
    }
}
