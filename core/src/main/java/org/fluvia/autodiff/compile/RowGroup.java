package org.fluvia.autodiff.compile;

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
        return x.perDraw && x.op.isRowwise(x.elements);
    }

    /** Whether a node sums over the rows of its long operand of n elements. */
    static boolean isSum(Node x, int n) {
        int operand = x.perDraw ? x.op.sumsRowsOf(n) : -1;
        return operand >= 0 && x.operands[operand].elements == n;
    }

    /** Whether a user of a long value needs only the same rows of it. */
    static boolean isAligned(Node user, int operand, int n) {
        return (isSum(user, n) || isRowwise(user) && user.elements == n) && user.op.needsSameRowOf(operand);
    }
}
