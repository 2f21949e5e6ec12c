package org.fluvia.autodiff.analysis;

import java.util.Arrays;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.op.Form;

/** In which step of a recurrence an expression was recorded. Immutable. */
final class StepNumbers {
    private final long[] first;
    private final long end;

    StepNumbers(List<RecordedStep> steps) {
        first = steps.stream().mapToLong(RecordedStep::first).toArray();
        end = steps.get(steps.size() - 1).end();
    }

    /** The step, counted from 0; -1 before all, and the number of steps after all. */
    int stepOf(Expr x) {
        if (x.number() >= end) return first.length;
        int i = Arrays.binarySearch(first, x.number());
        return i >= 0 ? i : -i - 2;
    }

    /** What has the elements that a value shows in another shape, of those recorded in the steps. */
    Expr root(Expr x) {
        Expr root = x;
        while (root.op().form() == Form.RESHAPE && stepOf(root.operand(0)) >= 0) root = root.operand(0);
        return root;
    }
}
