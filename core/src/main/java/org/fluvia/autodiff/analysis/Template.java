package org.fluvia.autodiff.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** What one step of a recurrence computes, with which other steps are compared. Immutable. */
final class Template {
    /** What an expression is to the step. */
    enum Kind {
        /** Computed in it, from others of these. */
        INNER,
        /** Known when it was recorded. */
        DATA,
        /** Computed before all steps. */
        OUTSIDE,
        /** Elements of what was computed before all steps. */
        PART,
        /** Computed in a step before, in its shape or another. */
        EARLIER
    }

    private final StepNumbers numbers;
    private final RecordedStep step;
    /** All that it is made of, users before their operands. */
    final List<Expr> nodes = new ArrayList<>();
    final List<Kind> kinds = new ArrayList<>();
    private final Map<Expr, Integer> index = new HashMap<>();

    Template(StepNumbers numbers, List<RecordedStep> steps, int at) {
        this.numbers = numbers;
        this.step = steps.get(at);
        Set<Expr> seen = new HashSet<>();
        Deque<Expr> open = new ArrayDeque<>();
        for (Expr x : step.results()) if (seen.add(x)) open.push(x);
        while (!open.isEmpty()) {
            Expr x = open.pop();
            nodes.add(x);
            if (kind(x, at) != Kind.INNER) continue;
            for (int i = 0; i < x.operandCount(); i++) if (seen.add(x.operand(i))) open.push(x.operand(i));
        }
        nodes.sort((x, y) -> Long.compare(y.number(), x.number()));
        for (Expr x : nodes) {
            index.put(x, index.size());
            kinds.add(kind(x, at));
        }
    }

    private Kind kind(Expr x, int at) {
        if (!x.isPerDraw()) return Kind.DATA;
        int of = numbers.stepOf(numbers.root(x));
        if (of == at) return isPart(x) && numbers.stepOf(x.operand(0)) < 0 ? Kind.PART : Kind.INNER;
        return of >= 0 ? Kind.EARLIER : Kind.OUTSIDE;
    }

    private static boolean isPart(Expr x) {
        return x.op().form() == Form.PART || x.op().form() == Form.SELECT;
    }

    /** The node that a result of the step is. */
    int resultNode(int result) {
        return indexOf(step.results().get(result));
    }

    int indexOf(Expr x) {
        return index.getOrDefault(x, -1);
    }

    /** For each of the nodes what a step has in its place; null if the step computes something else. */
    Expr @Nullable [] match(RecordedStep other, int at) {
        if (!step.key().equals(other.key()) || step.results().size() != other.results().size()) return null;
        Expr[] found = new Expr[nodes.size()];
        for (int i = 0; i < step.results().size(); i++) {
            if (!put(found, step.results().get(i), other.results().get(i))) return null;
        }
        for (int i = 0; i < found.length; i++) if (!matches(i, found, at)) return null;
        return found;
    }

    private boolean put(Expr[] found, Expr x, Expr y) {
        int i = indexOf(x);
        Expr known = found[i];
        found[i] = y;
        return known == null || known == y;
    }

    private boolean matches(int i, Expr[] found, int at) {
        Expr x = nodes.get(i);
        Expr y = found[i];
        if (!x.shape().equals(y.shape())) return false;
        return switch (kinds.get(i)) {
            case DATA -> !y.isPerDraw() && (x == y || !SharedValues.mayChange(y));
            case OUTSIDE -> y.isPerDraw() && numbers.stepOf(y) < 0;
            case PART -> isPart(y) && y.operand(0) == x.operand(0);
            case EARLIER -> true; // what it is, is compared once steps before are known
            case INNER -> isSame(x, y, found, at);
        };
    }

    private boolean isSame(Expr x, Expr y, Expr[] found, int at) {
        if (!y.isPerDraw() || numbers.stepOf(y) != at || x.operandCount() != y.operandCount() || !x.op().equals(y.op())) return false;
        for (int k = 0; k < x.operandCount(); k++) if (!put(found, x.operand(k), y.operand(k))) return false;
        return true;
    }
}
