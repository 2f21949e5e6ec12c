package org.fluvia.vi;

import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SplitMix;

/**
 * The defensive component of the judged draws (Hesterberg 1995; Owen and Zhou 2000): an approximation whose noise is stretched
 * along one direction at a time, in which Student's t with 2 degrees of freedom takes the place of the normal distribution. An
 * approximation with tails that are too light gives a few draws enormous weights, or none at all where the mass is. Both together
 * are a mixture; no weight is larger than (1 + share) / share times what the stretched component alone would give.
 *
 * <p>The directions are those in which each unconstrained parameter varies: the rows of the Gaussian's scale matrix, of length one.
 */
final class Defence {
    /** Defensive draws for each of the approximation's own. */
    private static final double SHARE = 0.1;
    /** log of the normalising constants' ratio, sqrt(2 pi) / (2 sqrt 2). */
    private static final double LOG_CONSTANT = 0.5 * StrictMath.log(Math.PI / 4);

    private final int d;
    /** One direction a row. */
    private final DMatrixRMaj directions;

    Defence(Gaussian whitening) {
        d = whitening.dimension();
        directions = whitening.scale().copy();
        for (int k = 0; k < d; k++) {
            double squares = 0;
            for (int i = 0; i < d; i++) squares += directions.get(k, i) * directions.get(k, i);
            for (int i = 0; i < d; i++) directions.set(k, i, directions.get(k, i) / Math.sqrt(squares));
        }
    }

    static int draws(int own) {
        return (int) (SHARE * own);
    }

    /** Stretched noise: dimension x n. */
    DMatrixRMaj noise(int n, long seed) {
        DMatrixRMaj e = new DMatrixRMaj(d, n);
        NormalNoise.of(SplitMix.at(seed, 0)).fill(0, n, d, e.data, 0, n);
        for (int j = 0; j < n; j++) {
            int k = j % d;
            double p = ((SplitMix.at(SplitMix.at(seed, 1), j) >>> 11) + 0.5) * 0x1p-53;
            double move = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
            for (int i = 0; i < d; i++) move -= directions.get(k, i) * e.get(i, j);
            for (int i = 0; i < d; i++) e.set(i, j, e.get(i, j) + move * directions.get(k, i));
        }
        return e;
    }

    /** The log of the stretched noise's density over the standard normal one: log mean_k t(a_k' e) / phi(a_k' e). */
    Expr logStretch(Expr noise) {
        Expr halfSquares = Expr.shared("directions", Shape.of(d, d), directions.data).matmul(noise).square().times(0.5);
        return halfSquares.minus(halfSquares.log1p().times(1.5)).logSumExp().plus(LOG_CONSTANT - StrictMath.log(d));
    }

    /** The log of the mixture's density over the approximation's own, from {@link #logStretch}. */
    static double logMixture(double logStretch) {
        double own = -StrictMath.log1p(SHARE);
        double stretched = logStretch + StrictMath.log(SHARE / (1 + SHARE));
        double max = Math.max(own, stretched);
        return max + StrictMath.log1p(StrictMath.exp(Math.min(own, stretched) - max));
    }
}
