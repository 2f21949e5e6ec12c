package org.fluvia.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.kernel.BinaryOp;

/**
 * Value numbering: expressions that compute the same value become one node, views that change nothing vanish, and what no
 * output needs is left out.
 */
final class Numbering {
    private record Key(Op op, List<Node> operands) {}

    private final Map<Expr, Node> nodes = new HashMap<>();
    private final Map<Key, Node> known = new HashMap<>();
    private final List<Node> created = new ArrayList<>();
    /** How often an expression is an operand or an output. */
    private final Map<Expr, Integer> uses = new HashMap<>();

    private Numbering() {}

    static Numbering of(List<Expr> outputs) {
        Numbering n = new Numbering();
        List<Expr> all = Dag.reachable(outputs);
        for (Expr x : outputs) n.uses.merge(x, 1, Integer::sum);
        for (Expr x : all) {
            for (int i = 0; i < x.operandCount(); i++) n.uses.merge(x.operand(i), 1, Integer::sum);
        }
        for (Expr x : all) n.nodes.put(x, n.number(x));
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
        if (isProductPlus(x, operands)) {
            Node product = operands[0];
            return node(x, new MatMulPlus(product.elements, ((MatMul) product.op).k()), product.operands[0], product.operands[1],
                    operands[1]);
        }
        return node(x, op, operands);
    }

    private Node node(Expr x, Op op, Node... operands) {
        Node node = known.computeIfAbsent(new Key(op, Arrays.asList(operands)), k -> new Node(x, op, operands));
        if (node.expr == x) created.add(node);
        return node;
    }

    /** Whether x is the sum of a matrix product, which nothing else needs, and a shared vector, as in a layer of a network. */
    private boolean isProductPlus(Expr x, Node[] operands) {
        return x.op instanceof Binary b && b.op() == BinaryOp.ADD
                && operands[0].op instanceof MatMul product && !product.transposeA() && operands[0].perDraw
                && operands[0].elements == product.m() && operands[0].elements < RowGroups.SHORTEST
                && !operands[0].operands[0].perDraw && operands[0].operands[1].perDraw
                && !operands[1].perDraw && operands[1].elements == operands[0].elements
                && uses.get(x.operand(0)) == 1;
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
