package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds where a value stops being finite. */
public final class NonFinite {
    private NonFinite() {}

    /**
     * The first operation, in the order of recording, whose result is not finite although its arguments are, in words: the
     * operation, the source line, the arguments' names and values. For example
     * {@code log gives NaN (EightSchools.java:17), with tau = -0.3}. Null if the value is finite.
     *
     * @param drawInputs the value of each input per draw, one draw
     */
    public static @Nullable String explain(Expr value, Map<Expr, double[]> drawInputs) {
        List<Expr> all = Dag.reachable(List.of(value));
        Workspace w = Program.of(all).workspace();
        drawInputs.forEach((input, x) -> w.set(input, (first, count, elements, out, offset, stride) -> {
            for (int i = 0; i < elements; i++) out[offset + i * stride] = x[i];
        }));
        w.run(1);
        for (Expr x : all) {
            if (x.op instanceof Constant || x.op instanceof Where || x.op instanceof Unary u && isTest(u)) continue;
            double[] values = values(w, x);
            for (int i = 0; i < x.shape().size(); i++) {
                if (!Double.isFinite(values[i]) && argumentsAreFinite(w, x)) return describe(w, x, i, values[i]);
            }
        }
        // a constant or a choice of the model's own, such as minus infinity outside a support
        double result = values(w, value)[0];
        return Double.isFinite(result) ? null : "the value is " + result + " (" + value.source + ")";
    }

    private static boolean isTest(Unary u) {
        return u.op() == org.fluvia.kernel.UnaryOp.IS_FINITE;
    }

    private static String describe(Workspace w, Expr x, int element, double value) {
        List<String> arguments = new ArrayList<>();
        for (int k = 0; k < x.operandCount(); k++) {
            Expr operand = x.operand(k);
            boolean scalar = operand.shape().size() == 1;
            if (!scalar && operand.shape().size() != x.shape().size()) {
                arguments.add(name(operand) + " of shape " + operand.shape());
            } else {
                arguments.add(name(operand) + (scalar ? "" : "[" + (element + 1) + "]") + " = "
                        + values(w, operand)[scalar ? 0 : element]);
            }
        }
        return x.op.label() + " gives " + value + " (" + x.source + ")"
                + (arguments.isEmpty() ? "" : ", with " + String.join(" and ", arguments));
    }

    private static String name(Expr x) {
        Expr named = x;
        while (named.name() == null && named.op.viewFrom() == 0 && named.operand(0).shape().size() == x.shape().size()) {
            named = named.operand(0);
        }
        return named.name() != null ? named.name() : x.op.label() + "(...)";
    }

    private static boolean argumentsAreFinite(Workspace w, Expr x) {
        for (int k = 0; k < x.operandCount(); k++) {
            for (double v : values(w, x.operand(k))) if (!Double.isFinite(v)) return false;
        }
        return true;
    }

    private static double[] values(Workspace w, Expr x) {
        double[] values = new double[x.shape().size()];
        if (x.isPerDraw()) {
            System.arraycopy(w.perDraw(x).data, 0, values, 0, values.length);
        } else {
            w.shared(x, values, 0);
        }
        return values;
    }
}
