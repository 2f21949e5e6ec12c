package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations on long vectors (one element for each of n observations) that run together, block of rows by block of rows: what
 * they compute is summed before the next block, and never in memory all at once.
 */
final class RowGroup {
    /** The length of the vectors. */
    final int n;
    /**
     * In the order of recording: members, whose row i needs row i of others only (elementwise operations, products with a
     * tall matrix), and exits, sums over the rows of members.
     */
    final List<Node> nodes = new ArrayList<>();

    RowGroup(int n) {
        this.n = n;
    }

    boolean isMember(Node x) {
        return x.elements == n && isRowwise(x);
    }

    /** Whether a node can be computed row by row, given n rows of its long operands. */
    static boolean isRowwise(Node x) {
        if (!x.perDraw) return false;
        if (x.op instanceof Unary || x.op instanceof Binary || x.op instanceof Where || x.op instanceof Expand) return true;
        if (x.op instanceof Gather) return true;
        return x.op instanceof MatMul m && !m.transposeA() && x.elements == m.m();
    }

    /** Whether a node sums over the rows of its long operand of n elements. */
    static boolean isSum(Node x, int n) {
        if (!x.perDraw) return false;
        if (x.op instanceof SumElements || x.op instanceof Dot) return x.operands[0].elements == n;
        if (x.op instanceof ScatterAdd) return x.operands[0].elements == n;
        return x.op instanceof MatMul m && m.k() == n && x.operands[1].elements == n && (m.transposeA() || m.m() == 1);
    }

    /** Whether a user of a long value needs only the same rows of it. */
    static boolean isAligned(Node user, int operand, int n) {
        if (isSum(user, n)) return !(user.op instanceof MatMul || user.op instanceof ScatterAdd) || isLongOperand(user, operand);
        if (!isRowwise(user) || user.elements != n) return false;
        return !(user.op instanceof Gather) && !(user.op instanceof MatMul);
    }

    private static boolean isLongOperand(Node sum, int operand) {
        return operand == (sum.op instanceof MatMul ? 1 : 0);
    }

    /** A node's operation for a block of rows. */
    Op forRows(Node x, int rows) {
        if (x.op instanceof MatMul m) {
            return isMember(x) ? new MatMul(false, rows, m.k()) : new MatMul(m.transposeA(), m.m(), rows);
        }
        return x.op instanceof Expand e ? new Expand(Shape.of(rows), e.perDraw()) : x.op;
    }

    /** The part of an operand's memory that rows from, ..., from + rows - 1 need. */
    Slot operandRows(Node user, int operand, Slot whole, int from, int rows) {
        if (user.op instanceof MatMul m) {
            if (isMember(user)) return operand == 0 ? whole.part(from * m.k(), rows * m.k()) : whole;
            return operand == 0 ? whole.part(from * m.m(), rows * m.m()) : whole.part(from, rows);
        }
        if (user.op instanceof Gather) return operand == 0 ? whole : whole.part(from, rows);
        return whole.elements() == n ? whole.part(from, rows) : whole;
    }
}
