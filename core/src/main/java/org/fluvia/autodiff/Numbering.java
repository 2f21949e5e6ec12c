package org.fluvia.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Value numbering: expressions that compute the same value become one node, views that change nothing vanish, and what no
 * output needs is left out.
 */
final class Numbering {
    private record Key(Op op, List<Node> operands) {}

    private final Map<Expr, Node> nodes = new HashMap<>();
    private final Map<Key, Node> known = new HashMap<>();
    private final List<Node> created = new ArrayList<>();

    private Numbering() {}

    static Numbering of(List<Expr> outputs) {
        Numbering n = new Numbering();
        for (Expr x : Dag.reachable(outputs)) n.nodes.put(x, n.number(x));
        return n;
    }

    Node node(Expr x) {
        return nodes.get(x);
    }

    /** What the roots need, operands before users. */
    List<Node> needed(List<Node> roots) {
        Set<Node> seen = new HashSet<>(roots);
        ArrayDeque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Node operand : open.pop().operands) {
                if (seen.add(operand)) open.push(operand);
            }
        }
        return created.stream().filter(seen::contains).toList();
    }

    private Node number(Expr x) {
        Op op = x.op;
        // a second operand only carries a derivative
        int operandCount = op instanceof WithValue ? 1 : x.operandCount();
        Node[] operands = new Node[operandCount];
        for (int i = 0; i < operandCount; i++) operands[i] = nodes.get(x.operand(i));
        if (op.viewFrom() == 0 && operands[0].elements == x.shape().size()) return operands[0];
        if (op instanceof Slice s) {
            Node part = part(operands[0], s.from(), s.to(), x.isPerDraw());
            if (part != null) return part;
        }
        Node node = known.computeIfAbsent(new Key(op, Arrays.asList(operands)), k -> new Node(x, operands));
        if (node.expr == x) created.add(node);
        return node;
    }

    /** The operand of a concatenation that a slice picks out again, or null. */
    private static Node part(Node whole, int from, int to, boolean perDraw) {
        if (!(whole.op instanceof Concat)) return null;
        int at = 0;
        for (Node operand : whole.operands) {
            if (at == from && at + operand.elements == to) return operand.perDraw == perDraw ? operand : null;
            at += operand.elements;
        }
        return null;
    }
}
