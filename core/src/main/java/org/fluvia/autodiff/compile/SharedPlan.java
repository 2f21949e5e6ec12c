package org.fluvia.autodiff.compile;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.memory.Slot.Region;

/** Places of shared values, sums over draws first, and of sums under way. */
public final class SharedPlan {
    public final int sumsSize;
    /** Where sums are under way, one place for each group of tiles. */
    public final Map<Node, Slot> group = new HashMap<>();
    private final Map<Node, Slot> scratch = new HashMap<>();

    private int size;

    /** @param nodes of a program, operands before users; gives shared ones their slots */
    public SharedPlan(List<Node> nodes) {
        for (Node n : nodes) {
            if (!n.op.sumsDraws()) continue;
            group.put(n, new Slot(Region.GROUP, size, n.elements));
            place(n);
        }
        sumsSize = size;
        for (Node n : nodes) {
            if (n.perDraw || n.op.sumsDraws()) continue;
            if (n.isView()) {
                n.slot = n.root().place().part(n.rootRow(), n.elements);
            } else {
                place(n);
            }
        }
    }

    /** Memory for the operation of a shared value to work in. */
    public Slot scratch(Node n) {
        return requireNonNull(scratch.get(n));
    }

    /** Doubles of shared memory. */
    public int size() {
        return size;
    }

    private void place(Node n) {
        n.slot = new Slot(Region.SHARED, size, n.elements);
        size += n.elements;
        int rows = n.op.scratch(false);
        scratch.put(n, new Slot(Region.SHARED, size, rows));
        size += rows;
    }
}
