package org.fluvia.vi.judge;

import java.util.List;
import org.fluvia.vi.approximation.Approximation;
import org.fluvia.vi.modes.Mode;
import org.fluvia.vi.plan.FitPlan;

/**
 * Whether an approximation has mass where a maximum of the density has: importance weights cannot tell.
 *
 * @param logEvidence that the approximation found
 */
record Reach(Approximation q, double logEvidence, FitPlan.Judging plan) {
    /** The maxima that lie where q has next to nothing, if a good share of the mass lies under all of them together. */
    List<Mode> missed(List<Mode> modes) {
        List<Mode> far = modes.stream().filter(mode -> misses(mode, 0)).toList();
        double mass = far.stream().mapToDouble(mode -> StrictMath.exp(mode.logMass() - logEvidence)).sum();
        return mass > plan.missedMass() ? far : List.of();
    }

    /** Whether a maximum with so large a share of the mass lies where q has next to none. */
    boolean misses(Mode mode, double share) {
        return mode.logMass() - logEvidence > StrictMath.log(share)
                && mode.logDensity() - q.logDensityUnconstrained(mode.laplace().mean()) - logEvidence > plan.missedRatio();
    }
}
