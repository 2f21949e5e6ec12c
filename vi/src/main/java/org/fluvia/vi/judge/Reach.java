package org.fluvia.vi.judge;

import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.plan.FitPlan;

/**
 * Whether an approximation has mass where a maximum of the density has: importance weights cannot tell.
 *
 * @param logEvidence that the approximation found
 */
record Reach(Approximation q, double logEvidence, FitPlan.Judging plan) {
    /** Whether a maximum with a good share of the mass lies where q has next to none. */
    boolean misses(Mode mode) {
        return misses(mode, plan.missedMass());
    }

    /** Whether a maximum with so large a share of the mass lies where q has next to none. */
    boolean misses(Mode mode, double share) {
        return mode.logMass() - logEvidence > StrictMath.log(share)
                && mode.logDensity() - q.logDensityUnconstrained(mode.laplace().mean()) - logEvidence > plan.missedRatio();
    }
}
