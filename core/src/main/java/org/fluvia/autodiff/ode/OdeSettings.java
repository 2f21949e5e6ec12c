package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.Source;

/**
 * How an ordinary differential equation is solved.
 *
 * @param stiff by an implicit method (Rosenbrock, order 4) and not an explicit one (Dormand and Prince, order 5)
 * @param relativeTolerance a step's error is at most this times the value, plus
 * @param absoluteTolerance this
 * @param maxSteps between two times
 */
public record OdeSettings(boolean stiff, double relativeTolerance, double absoluteTolerance, long maxSteps) {
    /** @throws IllegalArgumentException if a tolerance is not positive and finite, or there is not at least one step */
    public OdeSettings {
        check("relative tolerance", relativeTolerance);
        check("absolute tolerance", absoluteTolerance);
        if (maxSteps < 1) throw new IllegalArgumentException("ode: the most steps must be at least 1, but were " + maxSteps + Source.suffix());
    }

    private static void check(String what, double x) {
        if (!(x > 0) || x > Double.MAX_VALUE) {
            throw new IllegalArgumentException("ode: the " + what + " must be positive and finite, but was " + x
                    + Source.suffix());
        }
    }
}
