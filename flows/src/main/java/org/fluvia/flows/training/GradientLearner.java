package org.fluvia.flows.training;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Weights that an optimiser moves against a gradient, cut where it is far longer than usual; a step whose gradient is not finite moves nothing.
 *
 * @param <S> what the weights are judged by
 */
public final class GradientLearner<S extends Score<S>> implements Learner<S> {
    private final double[] weights;
    private final double[] best;
    private final double[] gradient;
    private final Slope slope;
    private final Supplier<Optimiser> optimisers;
    private final Function<double[], S> scorer;
    private final double longest;
    private final double newest;
    private Optimiser optimiser;
    private double usualNorm;
    private int taken;

    /**
     * @param initial weights, not modified
     * @param optimisers makes one in its first state
     * @param scorer of weights, which it does not modify
     * @param longest a gradient of more than this many times the usual length is cut to it
     * @param newest the share of the newest gradient in the usual length, an exponential average
     */
    public GradientLearner(double[] initial, Slope slope, Supplier<Optimiser> optimisers, Function<double[], S> scorer,
                           double longest, double newest) {
        weights = initial.clone();
        best = initial.clone();
        gradient = new double[initial.length];
        this.slope = slope;
        this.optimisers = optimisers;
        this.scorer = scorer;
        this.longest = longest;
        this.newest = newest;
        optimiser = optimisers.get();
    }

    /** The weights that were kept last; a copy. */
    public double[] best() {
        return best.clone();
    }

    @Override
    public boolean step(int step, double rate) {
        int draws = slope.gradient(weights, taken++, gradient); // counted over all trainings: each step has noise of its own
        double norm = norm(gradient) / draws;
        if (Double.isFinite(norm)) {
            double limit = longest * usualNorm;
            double scale = (usualNorm > 0 && norm > limit ? limit / norm : 1) / draws;
            usualNorm = usualNorm == 0 ? norm : (1 - newest) * usualNorm + newest * Math.min(norm, limit);
            optimiser.step(weights, gradient, scale, rate);
        } else {
            Arrays.fill(gradient, 0);
            optimiser.step(weights, gradient, 0, rate);
        }
        return true;
    }

    @Override
    public void state(State state) {
        state.numbers(weights);
        state.numbers(best);
        usualNorm = state.number(usualNorm);
        optimiser.state(state);
        taken = state.whole(taken);
    }

    @Override
    public S score() {
        return scorer.apply(weights);
    }

    @Override
    public void keep() {
        System.arraycopy(weights, 0, best, 0, best.length);
    }

    @Override
    public void startOver() {
        System.arraycopy(best, 0, weights, 0, best.length);
        optimiser = optimisers.get();
    }

    /** The Euclidean norm; four sums by turns, since one would wait for itself. */
    private static double norm(double[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= x.length; i += 4) {
            a += x[i] * x[i];
            b += x[i + 1] * x[i + 1];
            c += x[i + 2] * x[i + 2];
            d += x[i + 3] * x[i + 3];
        }
        for (; i < x.length; i++) a += x[i] * x[i];
        return Math.sqrt((a + b) + (c + d));
    }
}
