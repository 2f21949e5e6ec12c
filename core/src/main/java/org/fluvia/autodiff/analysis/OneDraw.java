package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** The values of expressions at one draw, and where they stop being finite. */
public final class OneDraw {
    private final List<Expr> all;
    private final Workspace workspace;
    private final Set<Expr> given;

    private OneDraw(List<Expr> all, Workspace workspace) {
        this.all = all;
        given = given(all);
        this.workspace = workspace;
    }

    /**
     * @param all expressions in the order of recording, with all that they need
     * @param inputs the value of each input per draw, and of shared ones that have another than they were declared with
     */
    public static OneDraw of(List<Expr> all, Map<Expr, double[]> inputs) {
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
        return new OneDraw(all, w);
    }

    public double[] values(Expr x) {
        double[] values = new double[x.size()];
        if (x.isPerDraw()) {
            System.arraycopy(workspace.perDraw(x).data, 0, values, 0, values.length);
        } else {
            workspace.shared(x, values, 0);
        }
        return values;
    }

    public boolean isFinite(Expr x) {
        for (double v : values(x)) if (!Double.isFinite(v)) return false;
        return true;
    }

    /** An operand that is not finite; null if all are. */
    @Nullable Expr notFiniteOperand(Expr x) {
        for (int k = 0; k < x.operandCount(); k++) if (!isFinite(x.operand(k))) return x.operand(k);
        return null;
    }

    /** The first operation whose result is not finite although its arguments are, or are given, in words; null if there is none. */
    public @Nullable String firstBreak() {
        for (Expr x : all) {
            // a constant or a choice that is not finite is meant
            if (x.op().form() == Form.CONSTANT || x.op().form() == Form.WHERE || given.contains(x)) continue;
            double[] values = values(x);
            for (int i = 0; i < x.size(); i++) {
                if (Double.isFinite(values[i]) || breaksBefore(x)) continue;
                String inside = x.op().explain(x, values, k -> values(x.operand(k)));
                return inside != null ? inside : describe(x, i, values[i]);
            }
        }
        return null;
    }

    /** Inputs and finite constants, and what has elements of them alone, in whatever place. */
    private static Set<Expr> given(List<Expr> all) {
        Set<Expr> given = new HashSet<>();
        for (Expr x : all) {
            boolean is = switch (x.op().form()) {
                case CONSTANT -> Arrays.stream(x.op().values()).allMatch(Double::isFinite);
                case INPUT, PARAMETER, RESHAPE, PART, JOIN, REPEAT, SELECT, REARRANGE, GATHER -> true;
                default -> x.op().viewFrom() >= 0;
            };
            for (int k = 0; k < x.operandCount(); k++) is &= given.contains(x.operand(k));
            if (is) given.add(x);
        }
        return given;
    }

    /** Whether an argument is not finite that was computed. */
    private boolean breaksBefore(Expr x) {
        for (int k = 0; k < x.operandCount(); k++) if (!given.contains(x.operand(k)) && !isFinite(x.operand(k))) return true;
        return false;
    }

    private String describe(Expr x, int element, double value) {
        List<String> arguments = new ArrayList<>();
        for (int k = 0; k < x.operandCount(); k++) {
            Expr operand = x.operand(k);
            Expr cause = cause(operand);
            boolean scalar = operand.size() == 1;
            if (cause != operand) {
                arguments.add(name(cause) + ", which is not finite");
            } else if (!scalar && operand.size() != x.size()) {
                arguments.add(name(operand) + " of shape " + operand.shape() + (isFinite(operand) ? "" : ", which is not finite"));
            } else {
                arguments.add(name(operand) + (scalar ? "" : "[" + (element + 1) + "]") + " = "
                        + values(operand)[scalar ? 0 : element]);
            }
        }
        return x.op().label() + " gives " + value + " (" + x.source() + ")"
                + (arguments.isEmpty() ? "" : ", with " + String.join(" and ", arguments));
    }

    /** The value with a name that makes what has elements of it not finite; anything else itself. */
    private Expr cause(Expr x) {
        Expr cause = x;
        while (cause.name() == null && given.contains(cause)) {
            Expr next = notFiniteOperand(cause);
            if (next == null) break;
            cause = next;
        }
        return cause;
    }

    private static String name(Expr x) {
        Expr named = x;
        while (named.name() == null && named.op().viewFrom() == 0 && named.operand(0).size() == x.size()) {
            named = named.operand(0);
        }
        return named.name() != null ? named.name() : x.op().label() + "(...)";
    }
}
