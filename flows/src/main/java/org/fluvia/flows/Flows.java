package org.fluvia.flows;

import java.util.List;

/** The catalogue of flows. */
public final class Flows {
    private Flows() {}

    /** RealNVP with 8 coupling layers, networks with hidden layers of 32 and 32, and log-scales within +-2 a layer. */
    public static RealNvp realNvp() {
        return new RealNvp(8, List.of(32, 32), 2);
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
