package org.fluvia.vi.population;

/** The rule of Metropolis and Hastings. */
public final class Metropolis {
    private Metropolis() {}

    /** The chance that a move is accepted, from the log of its ratio; 0 where that is NaN. */
    public static double chance(double logRatio) {
        return logRatio >= 0 ? 1 : logRatio < 0 ? StrictMath.exp(logRatio) : 0;
    }
}
