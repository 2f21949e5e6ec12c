package org.fluvia.autodiff.compile;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.fluvia.autodiff.op.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * Value numbering: expressions that compute the same value become one node, views that change nothing vanish, and what no
 * output needs is left out.
 */
public final class Numbering<X extends Recorded<X>> {
    private record Key(Op<?> op, List<Node> operands) {}

    private final Map<X, Node> nodes = new HashMap<>();
    private final Map<Key, Node> known = new HashMap<>();
    private final List<Node> created = new ArrayList<>();
    /** How often an expression is an operand or an output. */
    private final Map<X, Integer> uses = new HashMap<>();

    private Numbering() {}

    public static <X extends Recorded<X>> Numbering<X> of(List<X> outputs) {
        Numbering<X> n = new Numbering<>();
        List<X> all = Dag.reachable(outputs);
        for (X x : outputs) n.uses.merge(x, 1, Integer::sum);
        for (X x : all) {
            for (int i = 0; i < x.operandCount(); i++) n.uses.merge(x.operand(i), 1, Integer::sum);
        }
        for (X x : all) n.nodes.put(x, n.number(x));
        return n;
    }

    public Node node(X x) {
        return requireNonNull(nodes.get(x));
    }

    /** What the roots need, operands before users. */
    public List<Node> needed(List<Node> roots) {
        Set<Node> seen = new HashSet<>(roots);
        ArrayDeque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Node operand : open.pop().operands) {
                if (seen.add(operand)) open.push(operand);
            }
        }
        return created.stream().filter(seen::contains).toList();
    }

    private Node number(X x) {
        Op<X> op = x.op();
        Node[] operands = new Node[op.valueOperands(x.operandCount())];
        for (int i = 0; i < operands.length; i++) operands[i] = nodes.get(x.operand(i));
        if (op.viewFrom() == 0 && operands[0].elements == x.size()) return operands[0];
        Node part = op.form() == Form.PART ? part(operands[0], op.viewFrom(), op.viewFrom() + x.size(), x.isPerDraw()) : null;
        if (part != null) return part;
        Op<?> both = op.form() == Form.PLUS ? productPlus(x, operands) : null;
        if (both != null) return node(x, both, operands[0].operands[0], operands[0].operands[1], operands[1]);
        return node(x, op, operands);
    }

    private Node node(X x, Op<?> op, Node... operands) {
        Node node = known.computeIfAbsent(new Key(op, Arrays.asList(operands)), k -> new Node(x, op, operands));
        if (node.expr == x) created.add(node);
        return node;
    }

    /** The sum of a matrix product, which nothing else needs, and a shared vector, as in a layer of a network; null if x is none. */
    private @Nullable Op<?> productPlus(X x, Node[] operands) {
        Node product = operands[0];
        boolean fits = product.perDraw && product.elements < RowGroups.SHORTEST && !operands[1].perDraw
                && operands[1].elements == product.elements && uses.getOrDefault(x.operand(0), 0) == 1;
        return fits ? product.op.plusShared(product.elements) : null;
    }

    /** The operand of a concatenation that a slice picks out again, or null. */
    private static @Nullable Node part(Node whole, int from, int to, boolean perDraw) {
        if (whole.op.form() != Form.JOIN) return null;
        int at = 0;
        for (Node operand : whole.operands) {
            if (at == from && at + operand.elements == to) return operand.perDraw == perDraw ? operand : null;
            at += operand.elements;
        }
        return null;
    }
}
