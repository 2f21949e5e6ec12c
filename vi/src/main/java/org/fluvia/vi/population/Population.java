package org.fluvia.vi.population;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.vi.approximation.Gaussian;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.plan.FitPlan;
import org.jspecify.annotations.Nullable;

/**
 * Independent runs of {@link TemperedParticles}: an opinion on where the mass of a density is and how much there is of it, which does not come
 * from the approximation that is judged. Its evidence is rough: kernels that adapt to the particles
 * leave a bias of up to a nat or two, of either sign.
 *
 * @param points some of the particles, those of one run after those of another in turn
 * @param logEvidence the log of the mean of the runs' evidence, with the spread among them; null if not all of them arrived, or it is infinite
 */
public record Population(List<double[]> points, @Nullable Estimate logEvidence) {

    /**
     * @param whitening tells how far the base has to reach at least
     * @param goOn asked at each temperature
     */
    public static Population of(Target target, Gaussian whitening, FitPlan.Population plan, long seed, BooleanSupplier goOn) {
        TemperedDensity density = new TemperedDensity(target, scale(whitening, plan));
        List<TemperedParticles> runs = new ArrayList<>();
        for (int r = 0; r < plan.runs(); r++) {
            TemperedParticles run = new TemperedParticles(density, plan, SplitMix.at(seed, r));
            run.run(goOn);
            runs.add(run);
        }
        return new Population(points(runs, plan), evidence(runs));
    }

    /** With the points of others, whose evidence is left out. */
    public Population with(Population others) {
        List<double[]> all = new ArrayList<>(points);
        all.addAll(others.points);
        return new Population(all, logEvidence);
    }

    private static double[] scale(Gaussian whitening, FitPlan.Population plan) {
        double[] scale = new double[whitening.dimension()];
        for (int i = 0; i < scale.length; i++) {
            double variance = 0;
            for (int k = 0; k <= i; k++) variance += whitening.scale().get(i, k) * whitening.scale().get(i, k);
            scale[i] = Math.max(plan.width(), plan.wider() * (Math.abs(whitening.mean()[i]) + Math.sqrt(variance)));
        }
        return scale;
    }

    private static List<double[]> points(List<TemperedParticles> runs, FitPlan.Population plan) {
        List<double[]> points = new ArrayList<>();
        int stride = Math.max(1, plan.particles() * runs.size() / plan.shown());
        for (int j = 0; j < plan.particles(); j += stride) {
            for (TemperedParticles run : runs) {
                double[] x = new double[run.points().numRows];
                for (int i = 0; i < x.length; i++) x[i] = run.points().get(i, j);
                points.add(x);
            }
        }
        return points;
    }

    private static @Nullable Estimate evidence(List<TemperedParticles> runs) {
        if (!runs.stream().allMatch(TemperedParticles::hasArrived)) return null;
        double max = runs.stream().mapToDouble(TemperedParticles::logEvidence).max().orElseThrow();
        double[] shares = runs.stream().mapToDouble(r -> StrictMath.exp(r.logEvidence() - max)).toArray();
        double mean = 0;
        for (double s : shares) mean += s / shares.length;
        double squares = 0;
        for (double s : shares) squares += (s - mean) * (s - mean);
        double error = Math.sqrt(squares / (shares.length - 1) / shares.length) / mean;
        // a density without bound, or one that rounding has lost, has none
        return Double.isNaN(error) ? null : new Estimate(max + StrictMath.log(mean), error);
    }
}
