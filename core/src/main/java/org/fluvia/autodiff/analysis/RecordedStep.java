package org.fluvia.autodiff.analysis;

import java.util.List;
import org.fluvia.autodiff.Expr;

/**
 * One step of a recurrence. Nothing else of it is used by other steps, or after them, than its results and what they are made of.
 *
 * @param first the {@linkplain Expr#number number} of an expression recorded before all others of the step
 * @param end that of one recorded after all of them, and not after the next step's first
 * @param results in an order that is that of the other steps
 * @param key steps with different ones are different
 */
public record RecordedStep(long first, long end, List<Expr> results, Object key) {
    public RecordedStep {
        results = List.copyOf(results);
    }
}
