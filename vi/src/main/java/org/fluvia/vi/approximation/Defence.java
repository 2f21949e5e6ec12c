package org.fluvia.vi.approximation;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;
import org.fluvia.vi.plan.FitPlan;

/**
 * The defensive component of the judged draws (Hesterberg 1995; Owen and Zhou 2000): an approximation whose noise is stretched. An
 * approximation with tails that are too light gives a few draws enormous weights, or none at all where the mass is. Both together
 * are a mixture; no weight is larger than (1 + share) / share times what the stretched component alone would give.
 *
 * <p>Half of the draws are stretched along one direction each, in which Student's t with 2 degrees of freedom takes the place of the
 * normal distribution: a row of the Gaussian's scale matrix, of length one, which is the direction in which one unconstrained parameter
 * varies. The other half are stretched from the centre: multivariate t, whose degrees of freedom grow with the dimension, so that its radius
 * varies some times as much as the normal one's.
 */
final class Defence {
    /** log of the normalising constants' ratio, sqrt(2 pi) / (2 sqrt 2). */
    private static final double LOG_CONSTANT = 0.5 * StrictMath.log(Math.PI / 4);

    private final int d;
    /** One direction a row. */
    private final DMatrixRMaj directions;
    /** Half the degrees of freedom of the multivariate t. */
    private final int half;
    private final double share;

    Defence(Gaussian whitening, FitPlan.Defence plan) {
        d = whitening.dimension();
        share = plan.share();
        half = Math.max(1, d / plan.dimensionsPerDegree());
        directions = whitening.scale().copy();
        for (int k = 0; k < d; k++) {
            double squares = 0;
            for (int i = 0; i < d; i++) squares += directions.get(k, i) * directions.get(k, i);
            for (int i = 0; i < d; i++) directions.set(k, i, directions.get(k, i) / Math.sqrt(squares));
        }
    }

    /** Noise of the draws that go with a number of the approximation's own: dimension x draws. */
    DMatrixRMaj ofOwn(int own, long seed) {
        return noise((int) (share * own), 0, seed);
    }

    /**
     * Stretched noise: dimension x n.
     *
     * @param first direction; the others follow in turn
     */
    DMatrixRMaj noise(int n, int first, long seed) {
        DMatrixRMaj e = NormalNoise.of(SplitMix.at(seed, 0)).matrix(d, n);
        for (int j = 0; j < n; j++) {
            long own = SplitMix.at(SplitMix.at(seed, 1), j);
            if (j % 2 == 0) {
                stretch(e, j, (first + j / 2) % d, SplitMix.uniform(own, 0));
            } else {
                double chiSquare = 0;
                for (int i = 0; i < half; i++) chiSquare -= 2 * StrictMath.log(SplitMix.uniform(own, i));
                double by = Math.sqrt(2 * half / chiSquare);
                for (int i = 0; i < d; i++) e.set(i, j, by * e.get(i, j));
            }
        }
        return e;
    }

    /** Gives the draw another value along direction k: the p-quantile of t with 2 degrees of freedom. */
    private void stretch(DMatrixRMaj e, int j, int k, double p) {
        double move = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
        for (int i = 0; i < d; i++) move -= directions.get(k, i) * e.get(i, j);
        for (int i = 0; i < d; i++) e.set(i, j, e.get(i, j) + move * directions.get(k, i));
    }

    /** The log of the stretched noise's density over the standard normal one: of the mean over all directions, and of the multivariate t. */
    Expr logStretch(Expr noise) {
        Expr halfSquares = Expr.shared("directions", Shape.of(d, d), directions.data).matmul(noise).square().times(0.5);
        Expr along = halfSquares.minus(halfSquares.log1p().times(1.5)).logSumExp().plus(LOG_CONSTANT - StrictMath.log(d));
        Expr halfRadius = noise.dot(noise).times(0.5);
        double constant = logGamma(2 * half + d) - logGamma(2 * half) - 0.5 * d * StrictMath.log(half);
        Expr around = halfRadius.minus(halfRadius.div(half).log1p().times(half + 0.5 * d)).plus(constant);
        return Expr.concat(along, around).logSumExp().minus(StrictMath.log(2));
    }

    /** log Gamma(n / 2). */
    private static double logGamma(int n) {
        double sum = n % 2 == 0 ? 0 : 0.5 * StrictMath.log(Math.PI);
        for (int k = n - 2; k > 0; k -= 2) sum += StrictMath.log(0.5 * k);
        return sum;
    }

    /**
     * The mixture of an approximation and its defensive draws.
     *
     * @param logOwn the log of the approximation's share in it
     * @param logStretched of the defensive draws'
     */
    record Mixture(double logOwn, double logStretched) {
        /** The log of the mixture's density over the approximation's own, from {@link #logStretch}. */
        double logDensity(double logStretch) {
            double stretched = logStretch + logStretched;
            double max = Math.max(logOwn, stretched);
            return max + StrictMath.log1p(StrictMath.exp(Math.min(logOwn, stretched) - max));
        }
    }

    /** @param share defensive draws for each of the approximation's own */
    static Mixture mixture(double share) {
        return new Mixture(-StrictMath.log1p(share), StrictMath.log(share / (1 + share)));
    }
}
