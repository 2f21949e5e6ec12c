package org.fluvia.vi.population;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.SplitMix;
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
        DMatrixRMaj scale = Leapfrog.scale(points, plan.shrinkage());
        density.evaluate(points, beta);
        gradients = density.gradients().copy();
        replays += 1 + plan.moves() * plan.leapfrogs();
        for (int m = 0; m < plan.moves(); m++) {
            double accepted = hamiltonian(scale, SplitMix.at(seed, 2L * ++moves));
            step *= StrictMath.exp(plan.learning() * (accepted - plan.acceptance()));
        }
    }

    /** One trajectory for each particle; the mean of the chances of acceptance. */
    private double hamiltonian(DMatrixRMaj scale, long own) {
        double[] steps = Leapfrog.steps(n, step, plan.jitter(), SplitMix.at(own, 1));
        Leapfrog moved = Leapfrog.of(density.at(beta), points, gradients, scale, steps, plan.leapfrogs(), SplitMix.at(own, 0));
        DMatrixRMaj x = moved.end();
        double[] targets = known(density.logTargets());
        double[] bases = density.logBases();
        double chances = 0;
        for (int j = 0; j < n; j++) {
            double gain = beta * (targets[j] - logTargets[j]) + (1 - beta) * (bases[j] - logBases[j]) + moved.gain()[j];
            double chance = Metropolis.chance(gain);
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
