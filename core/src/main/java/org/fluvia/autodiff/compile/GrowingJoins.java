package org.fluvia.autodiff.compile;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.op.Form;

/**
 * Joins that grow: each is the one before with more after it, as where a sequence of values needs all that came before. They lie in one
 * place, of which each is the beginning, and what is joined is computed where it belongs, so that n steps take n rows and no copies.
 */
final class GrowingJoins {
    /** A shorter line of joins is left as it is. */
    private static final int SHORTEST = 3;

    /** What lies in one place. */
    static final class Line {
        final int rows;
        /** The first row, once there is a place. */
        int from = -1;
        /** The last unit that needs any of it. */
        int lastUse;

        private Line(int rows) {
            this.rows = rows;
        }
    }

    private record Home(Line line, int offset) {}

    private final Map<Node, Home> homes = new LinkedHashMap<>();

    /** @param alone nodes that are computed whole, in order */
    GrowingJoins(List<Node> alone) {
        Set<Node> whole = Set.copyOf(alone);
        Map<Node, Node> next = new HashMap<>();
        Map<Node, Node> before = new HashMap<>();
        for (Node n : alone) {
            if (!isJoin(n) || n.operands.length == 0) continue;
            Node first = n.operands[0];
            if (isJoin(first) && whole.contains(first) && next.putIfAbsent(first, n) == null) before.put(n, first);
        }
        for (Node n : alone) {
            if (!next.containsKey(n) || before.containsKey(n)) continue;
            List<Node> joins = new ArrayList<>();
            for (Node j = n; j != null; j = next.get(j)) joins.add(j);
            if (joins.size() >= SHORTEST) place(joins, whole);
        }
    }

    private static boolean isJoin(Node n) {
        return n.op.form() == Form.JOIN && n.perDraw && n.slot == null;
    }

    private void place(List<Node> joins, Set<Node> whole) {
        Line line = new Line(joins.get(joins.size() - 1).elements);
        int at = 0;
        for (int i = 0; i < joins.size(); i++) {
            Node join = joins.get(i);
            homes.put(join, new Home(line, 0));
            for (int k = i == 0 ? 0 : 1; k < join.operands.length; k++) {
                Node o = join.operands[k];
                boolean free = whole.contains(o) && o.perDraw && o.slot == null && !o.isView() && o.op.form() != Form.INPUT
                        && o.op.form() != Form.JOIN;
                if (free) homes.putIfAbsent(o, new Home(line, at));
                at += o.elements;
            }
        }
    }

    boolean has(Node n) {
        return homes.containsKey(n);
    }

    Line line(Node n) {
        return home(n).line;
    }

    /** The first row of a node in its line. */
    int offset(Node n) {
        return home(n).offset;
    }

    private Home home(Node n) {
        return requireNonNull(homes.get(n), n.op.label());
    }

    /** Says which unit needs each node last. */
    void use(Map<Node, Integer> lastUse) {
        homes.forEach((n, home) -> home.line.lastUse = Math.max(home.line.lastUse, lastUse.getOrDefault(n, -1)));
    }
}
