package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation: turns expressions into expressions for their derivatives. The result is recorded like any
 * other expression, so it can be differentiated again and shares what it has in common with the value.
 */
public final class Gradient {
    private final Map<Expr, Expr> adjoints = new HashMap<>();
    /** Adjoints of parts of a value, which become one when the value's turn comes. */
    private final Map<Expr, List<Part>> parts = new HashMap<>();

    record Part(int from, int to, Expr g) {}

    private Gradient() {}

    /**
     * The derivatives of a scalar with respect to each of the given expressions, in their shapes. For a scalar per draw,
     * the derivative of a value per draw is per draw, that of a shared value is the sum over draws.
     */
    public static List<Expr> of(Expr scalar, List<Expr> withRespectTo) {
        if (!scalar.shape().isScalar()) {
            throw new IllegalArgumentException("gradient: the value must be a scalar, but has shape " + scalar.shape() + Source.suffix());
        }
        List<Expr> result = new ArrayList<>();
        List<Expr> g = new Gradient().run(List.of(scalar), List.of(Expr.of(1)), withRespectTo);
        for (int i = 0; i < g.size(); i++) {
            Expr t = withRespectTo.get(i);
            result.add((g.get(i) == null ? Expr.of(0) : g.get(i)).materialize(t, t.isPerDraw()));
        }
        return result;
    }

    /**
     * The derivatives of the sum of outputs times cotangents, of equal shapes. Null where there is none; they may have fewer
     * elements than what they belong to, or be shared, and then stand for their repetition.
     */
    public static List<@Nullable Expr> ofProducts(List<Expr> outputs, List<Expr> cotangents, List<Expr> withRespectTo) {
        return new Gradient().run(outputs, cotangents, withRespectTo);
    }

    /** The derivative with respect to one expression; see {@link #of(Expr, List)}. */
    public static Expr of(Expr scalar, Expr withRespectTo) {
        return of(scalar, List.of(withRespectTo)).get(0);
    }

    private List<@Nullable Expr> run(List<Expr> outputs, List<Expr> cotangents, List<Expr> targets) {
        List<Expr> order = Dag.reachable(outputs);
        Set<Expr> active = active(order, targets);
        for (int i = 0; i < outputs.size(); i++) adjoints.merge(outputs.get(i), cotangents.get(i), Expr::plus);
        for (int i = order.size() - 1; i >= 0; i--) {
            Expr node = order.get(i);
            if (!active.contains(node)) continue;
            Expr g = total(node);
            if (g != null && node.operandCount() > 0) {
                Source.attribute(node.source(), () -> propagate(node, g, active));
            }
        }
        List<@Nullable Expr> result = new ArrayList<>();
        for (Expr t : targets) result.add(adjoints.get(t));
        return result;
    }

    /**
     * What depends on the targets. A value of no elements depends on nothing, and nothing on it: its adjoint has no elements
     * either, and would be taken for that of the scalars repeated in it.
     */
    private static Set<Expr> active(List<Expr> order, List<Expr> targets) {
        Set<Expr> active = new HashSet<>();
        for (Expr x : order) {
            if (x.shape().size() == 0) continue;
            boolean is = targets.contains(x);
            for (int i = 0; i < x.operandCount(); i++) is |= active.contains(x.operand(i));
            if (is) active.add(x);
        }
        return active;
    }

    private @Nullable Void propagate(Expr node, Expr g, Set<Expr> active) {
        if (node.op.form() == Form.PART) {
            int from = node.op.viewFrom();
            parts.computeIfAbsent(node.operand(0), x -> new ArrayList<>())
                    .add(new Part(from, from + node.size(), g.materialize(node).flatten()));
            return null;
        }
        boolean[] wanted = new boolean[node.operandCount()];
        for (int i = 0; i < wanted.length; i++) wanted[i] = active.contains(node.operand(i));
        Expr[] contributions = node.op.adjoint(node, g, wanted);
        for (int i = 0; i < contributions.length; i++) {
            if (contributions[i] != null && wanted[i]) {
                Expr c = reduce(contributions[i], node, node.operand(i));
                adjoints.merge(node.operand(i), c, Expr::plus);
            }
        }
        return null;
    }

    /** Sums a contribution over what was repeated. */
    private static Expr reduce(Expr contribution, Expr node, Expr operand) {
        Expr c = contribution;
        if (node.op.repeatsOperands()) {
            if (operand.shape().size() == 1 && node.shape().size() > 1) {
                c = c.shape().size() > 1 ? c.sum() : c.times(node.shape().size());
            }
            if (!operand.isPerDraw() && node.isPerDraw() && !c.isPerDraw()) c = c.expand(c.shape(), true);
        }
        if (!operand.isPerDraw() && c.isPerDraw()) c = c.sumDraws();
        return c.shape().size() == operand.shape().size() ? c.reshape(operand.shape()) : c;
    }

    /** All of a node's adjoint: the whole, and the parts side by side. */
    private @Nullable Expr total(Expr node) {
        List<Part> found = parts.remove(node);
        if (found == null) return adjoints.get(node);
        List<Part> pieces = Source.attribute(node.source(), () -> OuterProducts.together(found));
        pieces.sort((a, b) -> Integer.compare(a.from, b.from));
        while (!pieces.isEmpty()) {
            List<Part> row = disjoint(pieces);
            Expr g = Source.attribute(node.source(), () -> sideBySide(row, node));
            adjoints.merge(node, g, Expr::plus);
        }
        return adjoints.get(node);
    }

    /** Takes pieces that do not overlap out of a sorted list; equal ranges are added to one another. */
    private static List<Part> disjoint(List<Part> pieces) {
        List<Part> taken = new ArrayList<>();
        List<Part> left = new ArrayList<>();
        for (Part p : pieces) {
            Part last = taken.isEmpty() ? null : taken.get(taken.size() - 1);
            if (last == null || p.from >= last.to) {
                taken.add(p);
            } else if (p.from == last.from && p.to == last.to) {
                taken.set(taken.size() - 1, new Part(p.from, p.to, last.g.plus(p.g)));
            } else {
                left.add(p);
            }
        }
        pieces.clear();
        pieces.addAll(left);
        return taken;
    }

    private static Expr sideBySide(List<Part> row, Expr node) {
        List<Expr> all = new ArrayList<>();
        int at = 0;
        for (Part p : row) {
            if (p.from > at) all.add(zeros(p.from - at));
            all.add(p.g);
            at = p.to;
        }
        int size = node.shape().size();
        if (size > at) all.add(zeros(size - at));
        return Expr.concat(all.toArray(new Expr[0])).reshape(node.shape());
    }

    private static Expr zeros(int n) {
        return Expr.vector(new double[n]);
    }
}
