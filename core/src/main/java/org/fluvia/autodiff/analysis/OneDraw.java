package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** The values of expressions at one draw, and where they stop being finite. */
public final class OneDraw {
    private final List<Expr> all;
    private final Workspace workspace;

    private OneDraw(List<Expr> all, Workspace workspace) {
        this.all = all;
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

    /** The first operation whose result is not finite although its arguments are, in words; null if there is none. */
    public @Nullable String firstBreak() {
        for (Expr x : all) {
            // a constant or a choice that is not finite is meant
            if (x.op().form() == Form.CONSTANT || x.op().form() == Form.WHERE) continue;
            double[] values = values(x);
            for (int i = 0; i < x.size(); i++) {
                if (Double.isFinite(values[i]) || notFiniteOperand(x) != null) continue;
                String inside = x.op().explain(x, values, k -> values(x.operand(k)));
                return inside != null ? inside : describe(x, i, values[i]);
            }
        }
        return null;
    }

    private String describe(Expr x, int element, double value) {
        List<String> arguments = new ArrayList<>();
        for (int k = 0; k < x.operandCount(); k++) {
            Expr operand = x.operand(k);
            boolean scalar = operand.size() == 1;
            if (!scalar && operand.size() != x.size()) {
                arguments.add(name(operand) + " of shape " + operand.shape());
            } else {
                arguments.add(name(operand) + (scalar ? "" : "[" + (element + 1) + "]") + " = "
                        + values(operand)[scalar ? 0 : element]);
            }
        }
        return x.op().label() + " gives " + value + " (" + x.source() + ")"
                + (arguments.isEmpty() ? "" : ", with " + String.join(" and ", arguments));
    }

    private static String name(Expr x) {
        Expr named = x;
        while (named.name() == null && named.op().viewFrom() == 0 && named.operand(0).size() == x.size()) {
            named = named.operand(0);
        }
        return named.name() != null ? named.name() : x.op().label() + "(...)";
    }
}
