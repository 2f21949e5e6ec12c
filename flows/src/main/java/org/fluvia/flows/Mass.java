package org.fluvia.flows;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.FlowCheck.Finding;
import org.fluvia.flows.bijection.Cost;

/**
 * The integral of a flow's density. In one and two dimensions by the trapezoidal rule on a box with nearly all draws, and the part of the
 * draws that lie outside it; above by importance sampling from a multivariate t distribution around the draws.
 */
final class Mass {
    private static final int DRAWS = 65536;
    private static final int[] GRID = {20000, 600};
    /** Where each density solves equations. */
    private static final int FEWER_DRAWS = 8192;
    private static final int[] COARSER = {2000, 120};
    private static final double OUTSIDE = 0.002;
    private static final double WIDER = 0.1;
    private static final double ALLOWED = 0.005;
    private static final int DEGREES = 5;
    private static final double SPREAD = 1.3;
    /** A standard error above this tells nothing. */
    private static final double TOO_NOISY = 0.05;

    private final BiFunction<Integer, Long, DMatrixRMaj> sample;
    private final Function<DMatrixRMaj, double[]> logDensity;
    private final int d;
    private final boolean isCostly;
    private final int draws;

    /**
     * @param sample so many draws of a seed
     * @param cost of either direction
     */
    Mass(int dimension, Cost cost, BiFunction<Integer, Long, DMatrixRMaj> sample, Function<DMatrixRMaj, double[]> logDensity) {
        this.sample = sample;
        this.logDensity = logDensity;
        d = dimension;
        isCostly = cost == Cost.ITERATIVE;
        draws = isCostly ? FEWER_DRAWS : DRAWS;
    }

    Finding integral() {
        String law = "the density integrates to 1";
        if (d > 2) return byWeights(law);
        DMatrixRMaj drawn = sample.apply(draws, 2L);
        double[] low = new double[d];
        double[] high = new double[d];
        for (int i = 0; i < d; i++) {
            double[] row = Arrays.copyOfRange(drawn.data, i * draws, (i + 1) * draws);
            Arrays.sort(row);
            double from = row[(int) (OUTSIDE / 2 * draws)];
            double to = row[(int) ((1 - OUTSIDE / 2) * draws)];
            low[i] = from - WIDER * (to - from);
            high[i] = to + WIDER * (to - from);
        }
        int outside = 0;
        for (int j = 0; j < draws; j++) {
            boolean inside = true;
            for (int i = 0; i < d; i++) inside &= drawn.get(i, j) >= low[i] && drawn.get(i, j) <= high[i];
            if (!inside) outside++;
        }
        int fine = (isCostly ? COARSER : GRID)[d - 1];
        double mass = trapezoidal(low, high, fine);
        double coarse = trapezoidal(low, high, fine / 2);
        double total = mass + (double) outside / draws;
        String note = String.format(Locale.ROOT, "%.5f in a box, %.5f of the draws outside%s", mass, (double) outside / draws,
                Math.abs(mass - coarse) <= ALLOWED ? "" : String.format(Locale.ROOT, "; too sharp for a grid: half as fine it is %.5f", coarse));
        return new Finding(law, Math.abs(total - 1), ALLOWED + Math.abs(mass - coarse), note);
    }

    private double trapezoidal(double[] low, double[] high, int steps) {
        int columns = d == 1 ? 1 : steps + 1;
        double volume = 1;
        for (int i = 0; i < d; i++) volume *= (high[i] - low[i]) / steps;
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            DMatrixRMaj grid = new DMatrixRMaj(d, steps + 1);
            for (int k = 0; k <= steps; k++) grid.set(0, k, low[0] + (high[0] - low[0]) * k / steps);
            if (d == 2) Arrays.fill(grid.data, steps + 1, 2 * (steps + 1), low[1] + (high[1] - low[1]) * c / steps);
            double[] densities = logDensity.apply(grid);
            double row = 0;
            for (int k = 0; k <= steps; k++) row += (k == 0 || k == steps ? 0.5 : 1) * StrictMath.exp(densities[k]);
            sum += (d == 2 && (c == 0 || c == steps) ? 0.5 : 1) * row;
        }
        return sum * volume;
    }

    private Finding byWeights(String law) {
        int n = draws / 4;
        DMatrixRMaj drawn = sample.apply(n, 2L);
        double[] mean = new double[d];
        for (int i = 0; i < d; i++) mean[i] = Arrays.stream(drawn.data, i * n, (i + 1) * n).average().orElse(0);
        DMatrixRMaj centred = drawn.copy();
        for (int i = 0; i < d; i++) for (int j = 0; j < n; j++) centred.add(i, j, -mean[i]);
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransB(SPREAD * SPREAD / n, centred, centred, covariance);
        var cholesky = DecompositionFactory_DDRM.chol(d, true);
        if (!cholesky.decompose(covariance)) return new Finding(law, Double.NaN, ALLOWED, "the covariance of its draws is singular or not finite");
        DMatrixRMaj lower = cholesky.getT(null);
        DMatrixRMaj z = NormalNoise.of(3).matrix(d, n);
        DMatrixRMaj chi = NormalNoise.of(SplitMix.at(3, 1)).matrix(DEGREES, n);
        double[] logProposal = new double[n];
        double constant = logGamma(DEGREES + d) - logGamma(DEGREES) - 0.5 * d * StrictMath.log(DEGREES * Math.PI);
        for (int i = 0; i < d; i++) constant -= StrictMath.log(lower.get(i, i));
        for (int j = 0; j < n; j++) {
            double square = 0;
            for (int k = 0; k < DEGREES; k++) square += chi.get(k, j) * chi.get(k, j);
            double scale = Math.sqrt(DEGREES / square);
            double length = 0;
            for (int i = 0; i < d; i++) {
                z.set(i, j, z.get(i, j) * scale);
                length += z.get(i, j) * z.get(i, j);
            }
            logProposal[j] = constant - 0.5 * (DEGREES + d) * StrictMath.log1p(length / DEGREES);
        }
        DMatrixRMaj proposals = new DMatrixRMaj(d, n);
        CommonOps_DDRM.mult(lower, z, proposals);
        for (int i = 0; i < d; i++) for (int j = 0; j < n; j++) proposals.add(i, j, mean[i]);
        double[] densities = logDensity.apply(proposals);
        double[] w = new double[n];
        for (int j = 0; j < n; j++) w[j] = StrictMath.exp(densities[j] - logProposal[j]);
        double mass = Arrays.stream(w).average().orElse(0);
        ToDoubleFunction<double[]> variance = v -> Arrays.stream(v).map(x -> (x - mass) * (x - mass)).sum() / (n - 1);
        double error = Math.sqrt(variance.applyAsDouble(w) / n);
        String note = String.format(Locale.ROOT, "%.4f +- %.4f by importance sampling%s", mass, error,
                error <= TOO_NOISY ? "" : ", too noisy to tell");
        return new Finding(law, Math.abs(mass - 1), ALLOWED + 4 * error, note);
    }

    /** log Gamma(n / 2) of a whole n. */
    private static double logGamma(int n) {
        double log = n % 2 == 0 ? 0 : 0.5 * StrictMath.log(Math.PI);
        for (double k = n % 2 == 0 ? 1 : 0.5; k < n / 2.0; k++) log += StrictMath.log(k);
        return log;
    }
}
