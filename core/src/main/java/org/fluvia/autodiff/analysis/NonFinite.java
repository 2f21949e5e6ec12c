package org.fluvia.autodiff.analysis;

import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** Finds where a value stops being finite. */
public final class NonFinite {
    private NonFinite() {}

    /**
     * The first operation, in the order of recording, whose result is not finite although its arguments are, or are inputs, in words:
     * the operation, the source line, the part that it is of, the arguments' names and values. For example
     * {@code log gives NaN (EightSchools.java:17), with tau = -0.3}. Null if the value is finite.
     *
     * @param inputs the value of each input per draw, one draw, and of shared ones that have another than they were declared with
     */
    public static @Nullable String explain(Expr value, Map<Expr, double[]> inputs) {
        OneDraw draw = OneDraw.of(Dag.reachable(List.of(value)), inputs);
        String first = draw.firstBreak();
        if (first != null) return first;
        // a constant or a choice of the model's own, such as minus infinity outside a support
        double result = draw.values(value)[0];
        return Double.isFinite(result) ? null : "the value is " + result + " (" + origin(draw, value).source() + ")";
    }

    /** Where a value that is not finite comes from: the choice or constant behind sums that may have no line of the user's. */
    private static Expr origin(OneDraw draw, Expr value) {
        Expr x = value;
        for (Expr next = x; next != null; next = x.op().form() == Form.WHERE ? null : draw.notFiniteOperand(x)) x = next;
        return x;
    }
}
