package org.fluvia.autodiff.compile;

import static java.util.Objects.requireNonNull;

import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.autodiff.op.Recorded;
import org.jspecify.annotations.Nullable;

/** A value of a program under compilation: expressions that compute the same thing share one. */
public final class Node {
    public enum Phase {
        /** Shared, once before the tiles. */
        BEFORE,
        /** Once a tile. */
        TILE,
        /** Shared, once after the tiles: depends on a sum over draws. */
        AFTER
    }

    public final Op<?> op;
    public final Node[] operands;
    public final int elements;
    public final boolean perDraw;
    public final Phase phase;
    /** One of the expressions that this computes, perhaps by another operation; for messages. */
    public final Recorded<?> expr;

    /** Where the value is kept, once planned. */
    public @Nullable Slot slot;

    public Node(Recorded<?> expr, Op<?> op, Node[] operands) {
        this.expr = expr;
        this.op = op;
        this.operands = operands;
        this.elements = expr.size();
        this.perDraw = expr.isPerDraw();
        boolean after = op.sumsDraws();
        for (Node n : operands) after |= n.phase == Phase.AFTER;
        if (perDraw && after) {
            throw new IllegalArgumentException(op.label() + ": a value per draw must not depend on a sum over draws ("
                    + expr.source() + ")");
        }
        this.phase = perDraw ? Phase.TILE : after ? Phase.AFTER : Phase.BEFORE;
    }

    /** Where the value is kept: it has been planned. */
    public Slot place() {
        return requireNonNull(slot, op.label());
    }

    /** Where the operands are, and, where the operation needs it, memory to work in. */
    public Slot[] operandSlots(Slot scratch) {
        Slot[] slots = new Slot[operands.length + (op.scratch(perDraw) > 0 ? 1 : 0)];
        if (slots.length > operands.length) slots[operands.length] = scratch;
        for (int i = 0; i < operands.length; i++) slots[i] = operands[i].place();
        return slots;
    }

    public boolean isView() {
        return op.viewFrom() >= 0;
    }

    /** The node whose memory this value lies in. */
    public Node root() {
        Node n = this;
        while (n.isView()) n = n.operands[0];
        return n;
    }

    /** The first of this value's rows in the memory of {@link #root}. */
    public int rootRow() {
        int row = 0;
        for (Node n = this; n.isView(); n = n.operands[0]) row += n.op.viewFrom();
        return row;
    }
}
