package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.analysis.Template.Kind;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** What steps compute element by element without a value of a step before: it is computed for all of them at once, one step a row. Immutable. */
final class Hoisted {
    private final Rerolling steps;
    private final Template template;
    private final Stacks stacks;
    /** Nodes that differ from step to step and do not depend on a step before. */
    private final Map<Integer, Expr> rows = new HashMap<>();
    /** Nodes that must be computed in the scan. */
    private final Set<Integer> inside = new HashSet<>();

    /** @param needed the nodes that steps need, all that they are made of among them */
    Hoisted(Rerolling steps, Stacks stacks, List<Integer> needed, Set<Integer> carried) {
        this.steps = steps;
        this.template = steps.template;
        this.stacks = stacks;
        for (int k = needed.size() - 1; k >= 0; k--) { // operands first
            int i = needed.get(k);
            if (carried.contains(i)) inside.add(i);
            else if (template.kinds.get(i) == Kind.INNER) compute(i);
            else if (template.kinds.get(i) != Kind.EARLIER) put(i, stacks.of(i));
        }
    }

    /** A node that differs from step to step, one a row; null if it is the same in all, or is computed in the scan. */
    @Nullable Expr rows(int node) {
        return rows.get(node);
    }

    /** Whether a node must be computed in the scan. */
    boolean isInside(int node) {
        return inside.contains(node);
    }

    private void put(int node, @Nullable Expr value) {
        if (value != null) rows.put(node, value);
    }

    private void compute(int node) {
        Expr x = template.nodes.get(node);
        boolean isSame = true;
        for (int k = 0; k < x.operandCount(); k++) {
            int operand = template.indexOf(x.operand(k));
            if (inside.contains(operand)) {
                inside.add(node);
                return;
            }
            isSame &= !rows.containsKey(operand);
        }
        if (isSame) return;
        Expr all = Source.attribute(x.source(), () -> lifted(x, node));
        if (all == null) inside.add(node);
        else rows.put(node, all);
    }

    private @Nullable Expr lifted(Expr x, int node) {
        Shape to = stacks.shape(node);
        if (x.op().form() == Form.RESHAPE) return rowsOf(x.operand(0)).reshape(to);
        if (!x.op().repeatsOperands()) return null;
        if (x.op().form() == Form.REPEAT) return repeated(x.operand(0), x, to);
        List<Expr> operands = new ArrayList<>();
        for (int k = 0; k < x.operandCount(); k++) operands.add(repeated(x.operand(k), x, to));
        return Expr.of(x.op(), to, operands.toArray(new Expr[0]));
    }

    private Expr rowsOf(Expr operand) {
        Expr all = rows.get(template.indexOf(operand));
        return all != null ? all : Functions.repeat(operand.flatten(), 0, steps.count());
    }

    /** An operand with an element for each of the result's, or one for all. */
    private Expr repeated(Expr operand, Expr result, Shape to) {
        boolean isOne = operand.shape().isScalar();
        if (isOne && !rows.containsKey(template.indexOf(operand))) return operand;
        Expr all = rowsOf(operand);
        return (isOne && !result.shape().isScalar() ? Functions.repeat(all.flatten(), 1, result.size()) : all).reshape(to);
    }
}
