package org.fluvia.vi.population;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.autodiff.Workers;
import org.fluvia.vi.approximation.SpdMatrix;
import org.fluvia.vi.diagnostics.Resampling;
import org.fluvia.vi.plan.FitPlan;

/**
 * Particles that go from a wide base to a density through rising temperatures: weighted, resampled and moved by Hamiltonian Monte Carlo at
 * each (Del Moral, Doucet and Jasra 2006, section 3; temperatures by the effective number of particles as in Jasra et al. 2011). The
 * mean of their weights is an estimate of the density's integral without bias. Belongs to one thread.
 */
final class TemperedParticles {
    /** Halvings of an interval of temperatures. */
    private static final int HALVINGS = 40;

    private final TemperedDensity density;
    private final FitPlan.Population plan;
    private final long seed;
    private final int n;
    private final int d;
    private DMatrixRMaj points;
    private double[] logTargets;
    private double[] logBases;
    private DMatrixRMaj gradients = new DMatrixRMaj(0, 0);
    private double beta;
    private double logEvidence;
    private double step;
    private int replays;
    private int moves;

    TemperedParticles(TemperedDensity density, FitPlan.Population plan, long seed) {
        this.density = density;
        this.plan = plan;
        this.seed = seed;
        n = plan.particles();
        d = density.dimension();
        step = plan.step();
        points = density.base(n, SplitMix.at(seed, 0));
        density.evaluate(points, 0);
        logTargets = known(density.logTargets());
        logBases = Arrays.copyOf(density.logBases(), n);
    }

    /** What is not known of the density counts as nothing. */
    private double[] known(double[] logDensities) {
        double[] known = Arrays.copyOf(logDensities, n);
        for (int j = 0; j < n; j++) if (!(known[j] < Double.POSITIVE_INFINITY)) known[j] = Double.NEGATIVE_INFINITY;
        return known;
    }

    /** Goes on until the density is reached, or the plan's work is done. */
    void run(BooleanSupplier goOn) {
        while (beta < 1 && replays < plan.mostReplays() && goOn.getAsBoolean()) {
            double next = next();
            if (Double.isNaN(next)) return;
            double[] weights = weights(next);
            double largest = Arrays.stream(weights).max().orElseThrow();
            double sum = 0;
            for (int j = 0; j < n; j++) {
                weights[j] -= largest;
                sum += StrictMath.exp(weights[j]);
            }
            for (int j = 0; j < n; j++) weights[j] -= StrictMath.log(sum);
            logEvidence += largest + StrictMath.log(sum / n);
            SplittableRandom random = new SplittableRandom(SplitMix.at(seed, 2L * moves + 1));
            take(Resampling.systematic(weights, n, random::nextDouble));
            beta = next;
            move();
        }
    }

    /** The next temperature, at which half of the particles are effective; NaN where none has a density. */
    private double next() {
        if (!(effective(1) >= 0)) return Double.NaN;
        if (effective(1) >= plan.effective() * n) return 1;
        double low = beta;
        double high = 1;
        for (int h = 0; h < HALVINGS; h++) {
            double middle = 0.5 * (low + high);
            if (effective(middle) >= plan.effective() * n) {
                low = middle;
            } else {
                high = middle;
            }
        }
        // particles without a density may be more than half: then the smallest step sheds them
        return low > beta ? low : high;
    }

    private double[] weights(double next) {
        double[] w = new double[n];
        for (int j = 0; j < n; j++) w[j] = (next - beta) * (logTargets[j] - logBases[j]);
        return w;
    }

    /** The effective number of particles at a temperature; NaN where none has a density. */
    private double effective(double next) {
        return Resampling.effective(weights(next));
    }

    private void take(int[] chosen) {
        DMatrixRMaj from = points;
        points = new DMatrixRMaj(d, n);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < n; j++) points.data[i * n + j] = from.data[i * n + chosen[j]];
        }
        logTargets = Arrays.stream(chosen).mapToDouble(j -> logTargets[j]).toArray();
        logBases = Arrays.stream(chosen).mapToDouble(j -> logBases[j]).toArray();
    }

    private void move() {
        DMatrixRMaj scale = scale();
        density.evaluate(points, beta);
        gradients = density.gradients().copy();
        replays += 1 + plan.moves() * plan.leapfrogs();
        for (int m = 0; m < plan.moves(); m++) {
            double accepted = hamiltonian(scale, SplitMix.at(seed, 2L * ++moves));
            step *= StrictMath.exp(plan.learning() * (accepted - plan.acceptance()));
        }
    }

    /** A factor of the particles' covariance, drawn towards its diagonal. */
    private DMatrixRMaj scale() {
        DMatrixRMaj centred = points.copy();
        for (int i = 0; i < d; i++) {
            double mean = 0;
            for (int j = 0; j < n; j++) mean += points.data[i * n + j] / n;
            for (int j = 0; j < n; j++) centred.data[i * n + j] -= mean;
        }
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransB(1.0 / n, centred, centred, covariance);
        double kept = n / (n + plan.shrinkage() * d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) if (k != i) covariance.data[i * d + k] *= kept;
        }
        DMatrixRMaj factor = SpdMatrix.cholesky(covariance, Workers.none());
        if (factor != null) return factor;
        DMatrixRMaj diagonal = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) diagonal.set(i, i, Math.sqrt(Math.max(Double.MIN_NORMAL, covariance.get(i, i))));
        return diagonal;
    }

    /** One trajectory for each particle; the mean of the chances of acceptance. */
    private double hamiltonian(DMatrixRMaj scale, long own) {
        DMatrixRMaj momentum = new DMatrixRMaj(d, n);
        NormalNoise.of(SplitMix.at(own, 0)).fill(0, n, d, momentum.data, 0, n);
        double[] steps = new double[n];
        double[] jitter = NormalNoise.of(SplitMix.at(own, 1)).values(n);
        for (int j = 0; j < n; j++) steps[j] = step * StrictMath.exp(plan.jitter() * jitter[j]);
        double[] before = kinetic(momentum);
        DMatrixRMaj x = points.copy();
        push(momentum, gradients, scale, steps, 0.5);
        for (int l = 1; l <= plan.leapfrogs(); l++) {
            drift(x, momentum, scale, steps);
            density.evaluate(x, beta);
            push(momentum, density.gradients(), scale, steps, l < plan.leapfrogs() ? 1 : 0.5);
        }
        double[] after = kinetic(momentum);
        double[] targets = known(density.logTargets());
        double[] bases = density.logBases();
        double chances = 0;
        for (int j = 0; j < n; j++) {
            double gain = beta * (targets[j] - logTargets[j]) + (1 - beta) * (bases[j] - logBases[j]) + before[j] - after[j];
            double chance = gain >= 0 ? 1 : gain < 0 ? StrictMath.exp(gain) : 0;
            chances += chance;
            if (!(SplitMix.uniform(SplitMix.at(own, 2), j) < chance)) continue;
            for (int i = 0; i < d; i++) {
                points.data[i * n + j] = x.data[i * n + j];
                gradients.data[i * n + j] = density.gradients().data[i * n + j];
            }
            logTargets[j] = targets[j];
            logBases[j] = bases[j];
        }
        return chances / n;
    }

    private double[] kinetic(DMatrixRMaj momentum) {
        double[] sum = new double[n];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < n; j++) sum[j] += 0.5 * momentum.data[i * n + j] * momentum.data[i * n + j];
        }
        return sum;
    }

    /** momentum += part step scale' gradient. A gradient that is not finite makes the momentum so, and the particle stays. */
    private void push(DMatrixRMaj momentum, DMatrixRMaj gradients, DMatrixRMaj scale, double[] steps, double part) {
        DMatrixRMaj whitened = new DMatrixRMaj(d, n);
        CommonOps_DDRM.multTransA(scale, gradients, whitened);
        for (int k = 0; k < whitened.data.length; k++) momentum.data[k] += part * steps[k % n] * whitened.data[k];
    }

    private void drift(DMatrixRMaj x, DMatrixRMaj momentum, DMatrixRMaj scale, double[] steps) {
        DMatrixRMaj move = new DMatrixRMaj(d, n);
        CommonOps_DDRM.mult(scale, momentum, move);
        for (int k = 0; k < move.data.length; k++) x.data[k] += steps[k % n] * move.data[k];
    }

    /** Whether they are of the density itself. */
    boolean hasArrived() {
        return beta == 1;
    }

    /** The log of the density's integral, which is right on average without the logarithm. */
    double logEvidence() {
        return logEvidence;
    }

    /** Equally weighted: dimension x particles; not a copy. */
    DMatrixRMaj points() {
        return points;
    }
}
