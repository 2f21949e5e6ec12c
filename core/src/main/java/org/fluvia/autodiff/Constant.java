package org.fluvia.autodiff;

import java.util.Arrays;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Values known when the model is recorded. */
final class Constant implements Op<Expr> {
    final double[] values;

    Constant(double[] values) {
        this.values = values;
    }

    @Override
    public String label() {
        return "constant";
    }

    @Override
    public Form form() {
        return Form.CONSTANT;
    }

    @Override
    public double[] known() {
        return values;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        return new Expr[0];
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // written once by the workspace
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constant c && Arrays.equals(values, c.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
