package org.fluvia.autodiff.loop;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** An adjoint taken apart into the pieces it was put together from, so that those that are zero need no memory. */
public final class Cotangent {
    /** Elements from, inclusive, to, exclusive. */
    public record Piece(int from, int to, Expr value) {}

    private final List<Piece> pieces = new ArrayList<>();

    private Cotangent() {}

    public static Cotangent of(Expr g) {
        Cotangent c = new Cotangent();
        Expr whole = g;
        while (whole.op().form() == Form.RESHAPE) whole = whole.operand(0);
        if (whole.op().form() == Form.JOIN) {
            int at = 0;
            for (int i = 0; i < whole.operandCount(); i++) {
                int to = at + whole.operand(i).shape().size();
                c.pieces.add(new Piece(at, to, whole.operand(i).flatten()));
                at = to;
            }
        } else {
            c.pieces.add(new Piece(0, g.shape().size(), g.flatten()));
        }
        return c;
    }

    /** Elements from, inclusive, to, exclusive, as a vector, shared or per draw; null if they are known to be zero. */
    public @Nullable Expr rows(int from, int to) {
        List<Expr> parts = new ArrayList<>();
        boolean zero = true;
        for (Piece p : pieces) {
            int first = Math.max(from, p.from);
            int last = Math.min(to, p.to);
            if (first >= last) continue;
            parts.add(p.value.slice(first - p.from, last - p.from));
            zero &= isZero(p.value);
        }
        return zero ? null : Expr.concat(parts.toArray(new Expr[0]));
    }

    /** The pieces that are not known to be zero. */
    public List<Piece> nonZero() {
        return pieces.stream().filter(p -> p.from < p.to && !isZero(p.value)).toList();
    }

    private static boolean isZero(Expr x) {
        Expr source = x;
        while (source.op().form() == Form.REPEAT || source.op().viewFrom() >= 0) source = source.operand(0);
        if (source.op().form() != Form.CONSTANT) return false;
        for (double v : source.op().values()) if (v != 0) return false;
        return true;
    }
}
