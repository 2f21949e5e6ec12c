package org.fluvia.autodiff;

/** A log-density and its gradient from the user's own code. Called by several threads at once. */
@FunctionalInterface
public interface ExternalDensity {
    /**
     * The log-density at x.
     *
     * @param x not to be modified
     * @param gradient overwritten with the gradient, as long as x
     */
    double logDensity(double[] x, double[] gradient);
}
