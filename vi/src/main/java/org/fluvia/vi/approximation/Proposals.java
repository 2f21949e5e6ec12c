package org.fluvia.vi.approximation;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.training.State;
import org.fluvia.vi.density.BrokenDraws;

/**
 * Draws on the unconstrained scale, of an approximation or of its defence.
 *
 * @param z dimension x draws
 * @param logDensity the model's, of each draw
 * @param logApproximation q's, of each draw
 * @param logStretch log density of the defensive draws over q's, of each draw: see {@link Defence#logStretch}
 */
public record Proposals(DMatrixRMaj z, double[] logDensity, double[] logApproximation, double[] logStretch) {
    /** Passes all of it, which a state that is put back overwrites. */
    public void state(State state) {
        state.numbers(z.data);
        state.numbers(logDensity);
        state.numbers(logApproximation);
        state.numbers(logStretch);
    }

    public int count() {
        return z.numCols;
    }

    /** log p - log q of each draw; -infinity where it is NaN or +infinity, or the draw itself is not finite. */
    public double[] logRatios() {
        double[] ratios = new double[count()];
        for (int j = 0; j < ratios.length; j++) {
            ratios[j] = isProper(j) ? logDensity[j] - logApproximation[j] : Double.NEGATIVE_INFINITY;
        }
        return ratios;
    }

    /**
     * log q - log m of each draw, where m is the mixture of q and its {@link Defence}.
     *
     * @param share defensive draws for each of the approximation's own
     */
    public double[] logOwnShares(double share) {
        Defence.Mixture mixture = Defence.mixture(share);
        double[] shares = new double[count()];
        for (int j = 0; j < shares.length; j++) shares[j] = -mixture.logDensity(logStretch[j]);
        return shares;
    }

    /** Whether a draw is finite and its ratio not NaN or +infinity. */
    private boolean isProper(int draw) {
        return logDensity[draw] - logApproximation[draw] < Double.POSITIVE_INFINITY && isFinite(draw);
    }

    /** The number of draws, of the first ones, whose log-density is NaN or plus infinity. */
    public int broken(int of) {
        int count = 0;
        for (int j = 0; j < of; j++) if (isBroken(j)) count++;
        return count;
    }

    /** The first of all draws whose log-density is. */
    public double[] firstBroken() {
        int j = 0;
        while (!isBroken(j)) j++;
        return draw(j);
    }

    /** The elements of a draw. */
    public double[] draw(int j) {
        double[] x = new double[z.numRows];
        for (int i = 0; i < x.length; i++) x[i] = z.get(i, j);
        return x;
    }

    /** Whether a draw is finite and its log-density is NaN or plus infinity. */
    public boolean isBroken(int draw) {
        return BrokenDraws.isBroken(logDensity[draw]) && isFinite(draw);
    }

    /** Whether all elements of a draw are finite. */
    private boolean isFinite(int draw) {
        for (int i = 0; i < z.numRows; i++) if (!Double.isFinite(z.get(i, draw))) return false;
        return true;
    }

    /** These and others behind them. */
    public Proposals with(Proposals more) {
        return joined(List.of(this, more));
    }

    /** Of one approximation, one behind the other; at least one. */
    public static Proposals joined(List<Proposals> parts) {
        int dimension = parts.get(0).z.numRows;
        int n = parts.stream().mapToInt(Proposals::count).sum();
        Proposals all = new Proposals(new DMatrixRMaj(dimension, n), new double[n], new double[n], new double[n]);
        int at = 0;
        for (Proposals part : parts) {
            int count = part.count();
            for (int i = 0; i < dimension; i++) System.arraycopy(part.z.data, i * count, all.z.data, i * n + at, count);
            System.arraycopy(part.logDensity, 0, all.logDensity, at, count);
            System.arraycopy(part.logApproximation, 0, all.logApproximation, at, count);
            System.arraycopy(part.logStretch, 0, all.logStretch, at, count);
            at += count;
        }
        return all;
    }

    /** Chosen draws, in this order. */
    public Proposals chosen(int[] draws) {
        return new Proposals(columns(z, draws), chosen(logDensity, draws), chosen(logApproximation, draws), chosen(logStretch, draws));
    }

    /** Chosen columns of a matrix, in this order. */
    static DMatrixRMaj columns(DMatrixRMaj of, int[] chosen) {
        DMatrixRMaj some = new DMatrixRMaj(of.numRows, chosen.length);
        for (int i = 0; i < of.numRows; i++) {
            for (int j = 0; j < chosen.length; j++) some.set(i, j, of.get(i, chosen[j]));
        }
        return some;
    }

    private static double[] chosen(double[] from, int[] draws) {
        return Arrays.stream(draws).mapToDouble(j -> from[j]).toArray();
    }
}
