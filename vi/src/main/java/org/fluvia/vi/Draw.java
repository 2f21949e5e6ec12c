package org.fluvia.vi;

/** One draw of a posterior. */
public final class Draw {
    private final Posterior posterior;
    private final int index;

    Draw(Posterior posterior, int index) {
        this.posterior = posterior;
        this.index = index;
    }

    /** The value of a scalar or element, {@code "tau"} or {@code "theta[3]"}. */
    public double get(String name) {
        return posterior.value(posterior.row(name), index);
    }
}
