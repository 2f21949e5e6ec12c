package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** The operands' elements one after the other; per draw if any operand is. */
record Concat() implements Op<Expr> {

    static Expr of(Expr... parts) {
        int size = 0;
        for (Expr p : parts) size += p.size();
        return parts.length == 1 ? parts[0].flatten() : Expr.of(new Concat(), Shape.of(size), parts);
    }

    static Expr columns(Expr... columns) {
        int rows = Arrays.stream(columns).filter(c -> !c.shape().isScalar()).mapToInt(Expr::size).max().orElse(1);
        Shape column = Shape.of(rows);
        Expr[] parts = new Expr[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Shape s = columns[i].shape();
            if (!s.isScalar() && !s.equals(column)) {
                throw new IllegalArgumentException("columns: column " + i + " has shape " + s + ", but others have " + column
                        + Source.suffix());
            }
            parts[i] = columns[i].expand(column, columns[i].isPerDraw());
        }
        return of(parts).reshape(Shape.of(columns.length, rows)).transpose();
    }

    @Override
    public String label() {
        return "concat";
    }

    @Override
    public Form form() {
        return Form.JOIN;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        Expr full = g.materialize(y);
        Expr[] result = new Expr[y.operandCount()];
        int from = 0;
        for (int i = 0; i < result.length; i++) {
            Expr x = y.operand(i);
            int to = from + x.shape().size();
            result[i] = full.flatten().slice(from, to).reshape(x.shape());
            from = to;
        }
        return result;
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] ys = f.array(out);
        int y = f.at(out);
        for (Slot x : in) {
            f.copy(x, x.elements(), out.perDraw(), ys, y);
            y += x.elements() * f.stride(out);
        }
    }
}
