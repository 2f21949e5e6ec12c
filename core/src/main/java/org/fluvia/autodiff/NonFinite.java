package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
        Workspace w = replay(all, drawInputs);
        String first = firstBreak(w, all);
        if (first != null) return first;
        // a constant or a choice of the model's own, such as minus infinity outside a support
        double result = values(w, value)[0];
        return Double.isFinite(result) ? null : "the value is " + result + " (" + origin(w, value).source + ")";
    }

    /** Where a value that is not finite comes from: the choice or constant behind sums that may have no line of the user's. */
    private static Expr origin(Workspace w, Expr value) {
        Expr x = value;
        for (Expr next = x; next != null; next = x.op instanceof Where ? null : notFiniteOperand(w, x)) x = next;
        return x;
    }

    private static @Nullable Expr notFiniteOperand(Workspace w, Expr x) {
        for (int k = 0; k < x.operandCount(); k++) {
            for (double v : values(w, x.operand(k))) {
                if (!Double.isFinite(v)) return x.operand(k);
            }
        }
        return null;
    }

    /** Values of all expressions for one draw. */
    private static Workspace replay(List<Expr> all, Map<Expr, double[]> inputs) {
        Workspace w = Program.of(all).workspace();
        inputs.forEach((input, x) -> {
            if (input.isPerDraw()) {
                w.set(input, (first, count, elements, out, offset, stride) -> {
                    for (int i = 0; i < elements; i++) out[offset + i * stride] = x[i];
                });
            } else {
                w.set(input, x, 0);
            }
        });
        w.run(1);
        return w;
    }

    private static @Nullable String firstBreak(Workspace w, List<Expr> all) {
        for (Expr x : all) {
            if (x.op instanceof Constant || x.op instanceof Where || x.op instanceof Unary u && isTest(u)) continue;
            double[] values = values(w, x);
            for (int i = 0; i < x.shape().size(); i++) {
                if (Double.isFinite(values[i]) || !argumentsAreFinite(w, x)) continue;
                if (x.op instanceof OdeSolve o) return o.explain(values, x.source);
                String inside = x.op instanceof Loop l ? firstBreak(w, x, l) : null;
                return inside != null ? inside : describe(w, x, i, values[i]);
            }
        }
        return null;
    }

    /** The first step of a loop whose result is not finite, in words. */
    private static @Nullable String firstBreak(Workspace w, Expr x, Loop loop) {
        LoopBody body = loop.body();
        List<Expr> symbols = body.symbols();
        double[] state = values(w, x.operand(0));
        for (int i = 0; i < loop.steps(); i++) {
            int t = loop.reverse() ? loop.steps() - 1 - i : i;
            Map<Expr, double[]> inputs = new HashMap<>();
            inputs.put(body.state, state);
            for (int k = 0; k < symbols.size(); k++) {
                int n = symbols.get(k).shape().size();
                int from = k < body.inputs.size() ? t * n : 0;
                inputs.put(symbols.get(k), Arrays.copyOfRange(values(w, x.operand(k + 1)), from, from + n));
            }
            Workspace step = replay(body.all, inputs);
            for (Expr out : body.outputs()) {
                if (Arrays.stream(values(step, out)).allMatch(Double::isFinite)) continue;
                String first = firstBreak(step, body.all);
                return first == null ? null : first + ", in step " + (t + 1) + " of " + loop.steps() + " of the scan ("
                        + x.source + ")";
            }
            int to = 0;
            state = new double[state.length];
            for (Expr part : body.next) {
                double[] v = values(step, part);
                System.arraycopy(v, 0, state, to, v.length);
                to += v.length;
            }
        }
        return null;
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
