package org.fluvia.autodiff.compile;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.memory.Slot.Region;
import org.fluvia.autodiff.memory.TileMemory;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The operations of a tile in order, with their memory: values take the place of values no longer needed. */
public final class TilePlan {
    /** Rows that a group works on at a time: with the draws of a tile they fit the cache. */
    private static final int BLOCK = 32;
    private static final int NEVER = Integer.MAX_VALUE; // is when an output is needed last

    private final List<RowGroups.Unit> units;
    private final Map<Node, Slot> sumSlots;
    private final Set<Node> roots;
    /** What the rows of the plan count from: see {@link Slot#pointer}. */
    private final int pointer;
    private final TileMemory memory = new TileMemory();
    private final List<Step> steps = new ArrayList<>();
    /** The last unit that needs a node's memory. */
    private final Map<Node, Integer> lastUse = new HashMap<>();
    private final Map<Node, Integer> unitOf = new HashMap<>();
    private final GrowingJoins growing;

    private TilePlan(List<Node> nodes, List<Node> roots, Map<Node, Slot> sumSlots, int pointer) {
        this.units = RowGroups.of(nodes);
        growing = new GrowingJoins(units.stream().map(RowGroups.Unit::single).filter(Objects::nonNull).toList());
        this.roots = new HashSet<>(roots);
        this.sumSlots = sumSlots;
        this.pointer = pointer;
    }

    /**
     * Plans the nodes of a tile and gives them their slots.
     *
     * @param nodes values per draw, and sums over draws, operands before users
     * @param roots outputs of the program
     * @param sumSlots where sums over draws gather
     */
    public static TilePlan of(List<Node> nodes, List<Node> roots, Map<Node, Slot> sumSlots) {
        TilePlan plan = new TilePlan(nodes, roots, sumSlots, 0);
        plan.run();
        return plan;
    }

    /**
     * Plans the nodes of a loop's body.
     *
     * @param nodes values per draw, and sums over draws, operands before users; those that have a slot keep it
     * @param kept values that nothing may overwrite
     * @param sumSlots where sums over draws gather
     * @param pointer where the body's own memory is
     */
    public static TilePlan ofBody(List<Node> nodes, List<Node> kept, Map<Node, Slot> sumSlots, int pointer) {
        TilePlan plan = new TilePlan(nodes, kept, sumSlots, pointer);
        plan.run();
        return plan;
    }

    public Step[] steps() {
        return steps.toArray(new Step[0]);
    }

    public int rows() {
        return memory.rows();
    }

    private void run() {
        for (int i = 0; i < units.size(); i++) {
            for (Node n : units.get(i).nodes()) {
                unitOf.put(n, i);
                for (Node operand : n.operands) lastUse.put(operand.root(), i);
            }
        }
        for (Node root : roots) lastUse.put(root.root(), NEVER);
        growing.use(lastUse);
        for (RowGroups.Unit u : units) {
            if (u.single() != null && u.single().op.form() == Form.INPUT && u.single().slot == null) allocate(u.single());
        }
        for (int i = 0; i < units.size(); i++) {
            RowGroups.Unit u = units.get(i);
            if (u.group() != null) {
                group(u.group(), i);
            } else {
                single(requireNonNull(u.single()), i);
            }
        }
    }

    private void allocate(Node n) {
        n.slot = rows(memory.take(n.elements), n.elements);
    }

    private void single(Node n, int unit) {
        if (n.isView()) {
            n.slot = n.root().place().part(n.rootRow(), n.elements);
            return;
        }
        if (n.op.form() == Form.INPUT) return;
        if (growing.has(n)) placeInLine(n);
        if (growing.has(n) && n.op.form() == Form.JOIN) {
            join(n);
            release(n, unit, null);
            return;
        }
        Node taken = inPlace(n, unit);
        if (taken != null) {
            n.slot = taken.slot;
        } else if (n.perDraw && n.slot == null) {
            allocate(n);
        }
        int scratch = n.op.scratch(true);
        int scratchFrom = memory.take(scratch);
        steps.add(new Step(n.op, n.operandSlots(rows(scratchFrom, scratch)), n.op.sumsDraws() ? requireNonNull(sumSlots.get(n)) : n.place()));
        memory.giveBack(scratchFrom, scratch);
        release(n, unit, taken);
    }

    private void placeInLine(Node n) {
        GrowingJoins.Line line = growing.line(n);
        if (line.from < 0) line.from = memory.take(line.rows);
        n.slot = rows(line.from + growing.offset(n), n.elements);
    }

    /** Copies what was not computed where it belongs. */
    private void join(Node n) {
        int at = 0;
        for (Node o : n.operands) {
            Slot to = n.place().part(at, o.elements);
            if (!o.place().equals(to)) steps.add(new Step(n.op, new Slot[] {o.place()}, to));
            at += o.elements;
        }
    }

    /** The operand whose memory the result may overwrite, or null. */
    private @Nullable Node inPlace(Node n, int unit) {
        if (!n.op.inPlace() || !n.perDraw || n.slot != null) return null;
        for (Node x : n.operands) {
            if (!x.perDraw || x.isView() || growing.has(x) || x.elements != n.elements || lastUse.getOrDefault(x, -1) != unit) continue;
            boolean alone = true;
            for (Node other : n.operands) alone &= other == x || other.root() != x;
            if (alone) return x;
        }
        return null;
    }

    private void release(Node n, int unit, @Nullable Node taken) {
        for (Node operand : n.operands) {
            Node root = operand.root();
            if (!root.perDraw || root.slot == null || root == taken) continue;
            if (growing.has(root)) {
                releaseLine(growing.line(root), unit);
                continue;
            }
            if (lastUse.getOrDefault(root, -1) != unit) continue;
            memory.giveBack(root.slot.offset(), root.elements);
            lastUse.put(root, -1); // given back once
        }
    }

    private void releaseLine(GrowingJoins.Line line, int unit) {
        if (line.lastUse != unit) return;
        memory.giveBack(line.from, line.rows);
        line.lastUse = -1; // given back once
    }

    /** All blocks of rows, one after the other. The first block's sums are the totals, to which the others' are added. */
    private void group(RowGroup g, int unit) {
        Map<Node, Slot> partial = new HashMap<>();
        Map<Node, Slot> local = new HashMap<>();
        for (Node x : g.nodes) {
            boolean exit = !g.isMember(x);
            if (x.slot == null && (exit || roots.contains(x) || lastUse.getOrDefault(x, -1) > unit)) allocate(x);
            if (exit) partial.put(x, rows(memory.take(x.elements), x.elements));
        }
        int localRows = planBlock(g, local);
        int localFrom = memory.take(localRows);
        for (int from = 0; from < g.n; from += BLOCK) {
            int rows = Math.min(BLOCK, g.n - from);
            for (Node x : g.nodes) {
                Slot[] operands = new Slot[x.operands.length];
                for (int k = 0; k < operands.length; k++) {
                    Node o = x.operands[k];
                    Slot here = local.get(o);
                    operands[k] = here != null ? rows(localFrom + here.offset(), rows)
                            : x.op.operandRows(k, o.place(), g.n, from, rows);
                }
                Op<?> op = x.op.forRows(rows);
                if (g.isMember(x)) {
                    Slot here = local.get(x);
                    Slot to = here != null ? rows(localFrom + here.offset(), rows) : x.place().part(from, rows);
                    steps.add(new Step(op, operands, to));
                } else if (from == 0) {
                    steps.add(new Step(op, operands, x.place()));
                } else {
                    Slot p = requireNonNull(partial.get(x));
                    steps.add(new Step(op, operands, p));
                    steps.add(new Step(new Accumulate(), new Slot[] {x.place(), p}, x.place()));
                }
            }
        }
        memory.giveBack(localFrom, localRows);
        for (Slot p : partial.values()) memory.giveBack(p.offset(), p.elements());
        for (Node x : g.nodes) release(x, unit, null);
    }

    private Slot rows(int offset, int rows) {
        return new Slot(Region.TILE, offset, rows, pointer);
    }

    /** Places the members that are needed within a block only, from row 0 on; returns how many rows that takes. */
    private int planBlock(RowGroup g, Map<Node, Slot> local) {
        Map<Node, Integer> last = new HashMap<>();
        for (int i = 0; i < g.nodes.size(); i++) {
            for (Node operand : g.nodes.get(i).operands) last.put(operand, i);
        }
        TileMemory block = new TileMemory();
        for (int i = 0; i < g.nodes.size(); i++) {
            Node x = g.nodes.get(i);
            Set<Node> done = new HashSet<>();
            for (Node o : x.operands) if (local.containsKey(o) && last.getOrDefault(o, -1) == i) done.add(o);
            if (g.isMember(x) && x.slot == null) {
                Node taken = x.op.inPlace() && !done.isEmpty() ? done.iterator().next() : null;
                local.put(x, taken != null ? requireNonNull(local.get(taken)) : rows(block.take(BLOCK), BLOCK));
                done.remove(taken);
            }
            for (Node o : done) block.giveBack(requireNonNull(local.get(o)).offset(), BLOCK);
        }
        return block.rows();
    }
}
