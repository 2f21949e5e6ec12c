package org.fluvia.autodiff;

import org.jspecify.annotations.Nullable;

/** A value of a program under compilation: expressions that compute the same thing share one. */
final class Node {
    enum Phase {
        /** Shared, once before the tiles. */
        BEFORE,
        /** Once a tile. */
        TILE,
        /** Shared, once after the tiles: depends on a sum over draws. */
        AFTER
    }

    final Op op;
    final Node[] operands;
    final int elements;
    final boolean perDraw;
    final Phase phase;
    /** One of the expressions that this computes, perhaps by another operation; for messages. */
    final Expr expr;

    /** Where the value is kept, once planned. */
    @Nullable Slot slot;

    Node(Expr expr, Op op, Node[] operands) {
        this.expr = expr;
        this.op = op;
        this.operands = operands;
        this.elements = expr.shape().size();
        this.perDraw = expr.isPerDraw();
        boolean after = op.sumsDraws();
        for (Node n : operands) after |= n.phase == Phase.AFTER;
        if (perDraw && after) {
            throw new IllegalArgumentException(op.label() + ": a value per draw must not depend on a sum over draws ("
                    + expr.source + ")");
        }
        this.phase = perDraw ? Phase.TILE : after ? Phase.AFTER : Phase.BEFORE;
    }

    /** Where the operands are, and, where the operation needs it, memory to work in. */
    Slot[] operandSlots(Slot scratch) {
        Slot[] slots = new Slot[operands.length + (op.scratch(perDraw) > 0 ? 1 : 0)];
        if (slots.length > operands.length) slots[operands.length] = scratch;
        for (int i = 0; i < operands.length; i++) slots[i] = operands[i].slot;
        return slots;
    }

    boolean isView() {
        return op.viewFrom() >= 0;
    }

    /** The node whose memory this value lies in. */
    Node root() {
        Node n = this;
        while (n.isView()) n = n.operands[0];
        return n;
    }

    /** The first of this value's rows in the memory of {@link #root}. */
    int rootRow() {
        int row = 0;
        for (Node n = this; n.isView(); n = n.operands[0]) row += n.op.viewFrom();
        return row;
    }
}
