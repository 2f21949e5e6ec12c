package org.fluvia.vi.chains;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.flows.training.Resumable;
import org.fluvia.flows.training.State;
import org.fluvia.vi.approximation.BaseSpace;
import org.fluvia.vi.approximation.Proposals;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.plan.FitPlan;
import org.fluvia.vi.population.Leapfrog;
import org.fluvia.vi.population.Metropolis;
import org.jspecify.annotations.Nullable;

/**
 * Many Markov chains, moved side by side. An iteration is a trajectory of Hamiltonian Monte Carlo and a jump (local and global moves: Samsonov et al.
 * 2022; Gabrie, Rotskoff and Vanden-Eijnden 2022).
 *
 * <p>Trajectories go by turns through the approximation's {@linkplain BaseSpace base space}, where the posterior is about normal, and, for what the
 * approximation does not reach, through the parameters' own space, whitened by the chains. In base space a trajectory takes the normal part of N(e) w(e)
 * exactly, as a rotation of position and momentum, between kicks by the gradient of log w (Shahbaba, Lan, Johnson and Neal 2014): where q is p, a quarter
 * turn makes an independent draw. A jump is proposed by q itself, and every so often by its defence, which reaches further out; it is accepted by
 * Metropolis' and Hastings' rule. Belongs to one thread.
 */
final class Chains implements Resumable {
    private static final double QUARTER = 0.5 * Math.PI;

    private final BaseSpace space;
    private final Target target;
    private final FitPlan.Chains plan;
    private final long seed;
    private final int n;
    private final int d;
    private final Proposals here;
    /** Of the chains' draws; null where it is not known of a draw. */
    private final @Nullable DMatrixRMaj noise;
    private final double[] logWeights;
    /** Of trajectories in base space, radians. */
    private double angle;
    /** Of trajectories in the parameters' space. */
    private double step;
    private DMatrixRMaj scale;
    private int iterations;

    /** @param origins at which superchains begin */
    Chains(BaseSpace space, Target target, List<double[]> origins, FitPlan.Chains plan, long seed) {
        this.space = space;
        this.target = target;
        this.plan = plan;
        this.seed = seed;
        DMatrixRMaj start = Origins.repeated(origins, plan.together());
        n = start.numCols;
        d = start.numRows;
        target.evaluate(start);
        BaseSpace.At at = space.of(start);
        here = proposals(start, at);
        noise = at.noise();
        logWeights = here.logRatios();
        angle = plan.step();
        step = plan.step();
        scale = Leapfrog.scale(here.z(), plan.shrinkage());
    }

    @Override
    public void state(State state) {
        here.state(state);
        if (noise != null) state.numbers(noise.data);
        state.numbers(logWeights);
        state.numbers(scale.data);
        angle = state.number(angle);
        step = state.number(step);
        iterations = state.whole(iterations);
    }

    int iterations() {
        return iterations;
    }

    /** Where the chains are: a copy. */
    Proposals now() {
        return here.chosen(IntStream.range(0, n).toArray());
    }

    /** Moves all chains. Step and scale are adapted in the first iterations, and stay afterwards. */
    void move() {
        long own = SplitMix.at(seed, iterations);
        boolean isAdapting = iterations < plan.adapting();
        double by = isAdapting ? plan.learning() / Math.sqrt(1 + iterations) : 0;
        if (noise != null && iterations % 2 == 0) {
            double accepted = turn(noise, SplitMix.at(own, 0));
            angle = Math.min(QUARTER, angle * StrictMath.exp(by * (accepted - plan.acceptance())));
        } else {
            double accepted = drift(SplitMix.at(own, 0));
            step *= StrictMath.exp(by * (accepted - plan.acceptance()));
        }
        jump(noise != null && iterations % plan.stretchedEvery() == 0, SplitMix.at(own, 1));
        if (isAdapting) scale = Leapfrog.scale(here.z(), plan.shrinkage());
        iterations++;
    }

    private int steps(double usual) {
        return (int) Math.max(1, Math.min(plan.mostSteps(), Math.rint(QUARTER / usual)));
    }

    /** One trajectory through base space for each chain; the mean of the chances of acceptance. */
    private double turn(DMatrixRMaj from, long own) {
        DMatrixRMaj e = from.copy();
        DMatrixRMaj momentum = NormalNoise.of(SplitMix.at(own, 0)).matrix(d, n);
        double[] angles = Leapfrog.steps(n, angle, plan.jitter(), SplitMix.at(own, 1));
        for (int j = 0; j < n; j++) angles[j] = Math.min(QUARTER, angles[j]);
        double[] before = energy(e, momentum);
        int steps = steps(angle);
        Proposals there = space.at(e);
        kick(momentum, space.gradients(), angles, 0.5);
        for (int s = 1; s <= steps; s++) {
            rotate(e, momentum, angles);
            there = space.at(e);
            kick(momentum, space.gradients(), angles, s < steps ? 1 : 0.5);
        }
        double[] after = energy(e, momentum);
        double[] ratios = there.logRatios();
        double[] logChances = new double[n];
        for (int j = 0; j < n; j++) logChances[j] = ratios[j] - logWeights[j] + before[j] - after[j];
        return accept(logChances, there, e, SplitMix.at(own, 2));
    }

    /** One trajectory through the parameters' space for each chain; the mean of the chances of acceptance. */
    private double drift(long own) {
        target.evaluate(here.z());
        double[] steps = Leapfrog.steps(n, step, plan.jitter(), SplitMix.at(own, 1));
        Leapfrog moved = Leapfrog.of(target, here.z(), target.gradients().copy(), scale, steps, steps(step), SplitMix.at(own, 0));
        BaseSpace.At at = space.of(moved.end());
        Proposals there = proposals(moved.end(), at);
        double[] ratios = there.logRatios();
        double[] logChances = new double[n];
        for (int j = 0; j < n; j++) {
            // where q has no density there is no way back by a jump
            logChances[j] = Double.isFinite(ratios[j]) ? there.logDensity()[j] - here.logDensity()[j] + moved.gain()[j] : Double.NEGATIVE_INFINITY;
        }
        return accept(logChances, there, at.noise(), SplitMix.at(own, 2));
    }

    /** At the points that the target was last evaluated at. */
    private Proposals proposals(DMatrixRMaj z, BaseSpace.At at) {
        return new Proposals(z, Arrays.copyOf(target.logDensities(), n), at.logQ(), at.logStretch());
    }

    private void jump(boolean isStretched, long own) {
        long ofNoise = SplitMix.at(own, 0);
        DMatrixRMaj e = isStretched ? space.stretched(n, ofNoise) : NormalNoise.of(ofNoise).matrix(d, n);
        Proposals there = space.at(e);
        double[] ratios = there.logRatios();
        double[] logChances = new double[n];
        for (int j = 0; j < n; j++) {
            logChances[j] = ratios[j] - logWeights[j] - (isStretched ? there.logStretch()[j] - here.logStretch()[j] : 0);
        }
        accept(logChances, there, e, SplitMix.at(own, 1));
    }

    /**
     * Moves each chain with its chance; the mean chance. One that is not known is none.
     *
     * @param e the noise there, if it is known
     */
    private double accept(double[] logChances, Proposals there, @Nullable DMatrixRMaj e, long own) {
        double[] ratios = there.logRatios();
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double chance = Metropolis.chance(logChances[j]);
            sum += chance;
            if (!(SplitMix.uniform(own, j) < chance)) continue;
            for (int at = j; at < d * n; at += n) {
                here.z().data[at] = there.z().data[at];
                if (noise != null && e != null) noise.data[at] = e.data[at];
            }
            here.logDensity()[j] = there.logDensity()[j];
            here.logApproximation()[j] = there.logApproximation()[j];
            here.logStretch()[j] = there.logStretch()[j];
            logWeights[j] = ratios[j];
        }
        return sum / n;
    }

    private double[] energy(DMatrixRMaj e, DMatrixRMaj momentum) {
        double[] sum = new double[n];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < n; j++) {
                double x = e.data[i * n + j];
                double m = momentum.data[i * n + j];
                sum[j] += 0.5 * (x * x + m * m);
            }
        }
        return sum;
    }

    /** A gradient that is not finite makes the momentum so, and the chain stays. */
    private void kick(DMatrixRMaj momentum, DMatrixRMaj gradient, double[] angles, double part) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < n; j++) momentum.data[i * n + j] += part * angles[j] * gradient.data[i * n + j];
        }
    }

    private void rotate(DMatrixRMaj e, DMatrixRMaj momentum, double[] angles) {
        double[] cos = Arrays.stream(angles).map(StrictMath::cos).toArray();
        double[] sin = Arrays.stream(angles).map(StrictMath::sin).toArray();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < n; j++) {
                int at = i * n + j;
                double x = e.data[at];
                double m = momentum.data[at];
                e.data[at] = cos[j] * x + sin[j] * m;
                momentum.data[at] = cos[j] * m - sin[j] * x;
            }
        }
    }
}
