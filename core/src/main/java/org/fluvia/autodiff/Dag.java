package org.fluvia.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks over expressions and what they are made of. Nothing recurses: models may be thousands of operations deep. */
final class Dag {
    private Dag() {}

    /** All expressions that the outputs need, operands before their users. */
    static List<Expr> reachable(Collection<Expr> outputs) {
        return reachable(outputs, 0);
    }

    /** As above, without expressions recorded before the one of the given number. */
    static List<Expr> reachable(Collection<Expr> outputs, long since) {
        Set<Expr> seen = new HashSet<>(outputs);
        ArrayDeque<Expr> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Expr x = open.pop();
            for (int i = 0; i < x.operandCount(); i++) {
                if (x.operand(i).id >= since && seen.add(x.operand(i))) open.push(x.operand(i));
            }
        }
        List<Expr> order = new ArrayList<>(seen);
        order.sort(Comparator.comparingLong(x -> x.id));
        return order;
    }

    /** The outputs with some expressions replaced by others of the same shape, wherever they occur. */
    static List<Expr> substitute(List<Expr> outputs, Map<Expr, Expr> replacements) {
        Map<Expr, Expr> now = new HashMap<>(replacements);
        for (Expr x : reachable(outputs)) {
            if (now.containsKey(x)) continue;
            Expr[] operands = new Expr[x.operandCount()];
            boolean changed = false;
            for (int i = 0; i < operands.length; i++) {
                operands[i] = now.get(x.operand(i));
                changed |= operands[i] != x.operand(i);
            }
            now.put(x, changed ? x.with(operands) : x);
        }
        return outputs.stream().map(now::get).toList();
    }
}
