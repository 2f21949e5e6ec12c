package org.fluvia.flows;

import java.util.List;

/** The catalogue of flows. */
public final class Flows {
    private Flows() {}

    /**
     * RealNVP with 8 coupling layers, networks with hidden layers of 32 and 32, and log-scales within +-3 a layer: a bound of 1
     * leaves a ten-dimensional funnel two to three times as far from its target as 3 does.
     */
    public static RealNvp realNvp() {
        return new RealNvp(8, List.of(32, 32), 3);
    }

    /** A normal distribution with any covariance. */
    public static FlowSpec fullRank() {
        return Affine.FULL_RANK;
    }

    /** A normal distribution with independent elements, known as mean field. */
    public static FlowSpec diagonal() {
        return Affine.DIAGONAL;
    }

    private enum Affine implements FlowSpec {
        FULL_RANK, DIAGONAL;

        @Override
        public Flow build(int dimension, long seed) {
            return Flow.of(this == FULL_RANK ? LowerTriangularAffine.trainable(dimension) : DiagonalAffine.trainable(dimension));
        }

        @Override
        public String toString() {
            return this == FULL_RANK ? "full rank" : "diagonal";
        }
    }
}
