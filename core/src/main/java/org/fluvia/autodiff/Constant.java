package org.fluvia.autodiff;

import java.util.Arrays;

/** Values known when the model is recorded. */
final class Constant implements Op {
    final double[] values;

    Constant(double[] values) {
        this.values = values;
    }

    @Override
    public String label() {
        return "constant";
    }

    @Override
    public Expr[] adjoint(Expr node, Expr g) {
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
