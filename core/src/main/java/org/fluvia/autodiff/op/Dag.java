package org.fluvia.autodiff.op;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks over recorded values and what they are made of. Nothing recurses: models may be thousands of operations deep. */
public final class Dag {
    private Dag() {}

    /** All values that the outputs need, operands before their users. */
    public static <X extends Recorded<X>> List<X> reachable(Collection<X> outputs) {
        return reachable(outputs, 0);
    }

    /** As above, without values recorded before the one of the given number. */
    public static <X extends Recorded<X>> List<X> reachable(Collection<X> outputs, long since) {
        Set<X> seen = new HashSet<>(outputs);
        ArrayDeque<X> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            X x = open.pop();
            for (int i = 0; i < x.operandCount(); i++) {
                if (x.operand(i).number() >= since && seen.add(x.operand(i))) open.push(x.operand(i));
            }
        }
        List<X> order = new ArrayList<>(seen);
        order.sort(Comparator.comparingLong(Recorded::number));
        return order;
    }

    /** The outputs with some values replaced by others of the same shape, wherever they occur. */
    public static <X extends Recorded<X>> List<X> substitute(List<X> outputs, Map<X, X> replacements) {
        Map<X, X> now = new HashMap<>(replacements);
        for (X x : reachable(outputs)) {
            if (now.containsKey(x)) continue;
            List<X> operands = new ArrayList<>();
            boolean changed = false;
            for (int i = 0; i < x.operandCount(); i++) {
                operands.add(now.get(x.operand(i)));
                changed |= operands.get(i) != x.operand(i);
            }
            now.put(x, changed ? x.with(operands) : x);
        }
        return outputs.stream().map(now::get).toList();
    }
}
