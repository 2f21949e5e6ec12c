package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * A value that is bound at replay: data, weights, or, per draw, noise. Two inputs are never the same.
 *
 * <p>Not a record: identity is what tells inputs apart.
 */
final class Input implements Op<Expr> {
    final String name;
    /** What a workspace holds until another value is set; null for inputs per draw. Not modified. */
    final double @Nullable [] initial;

    Input(String name, double @Nullable [] initial) {
        this.name = name;
        this.initial = initial;
    }

    /** @param initial copied */
    static Input shared(String name, Shape shape, double[] initial) {
        if (initial.length != shape.size()) {
            throw new IllegalArgumentException("shared: " + name + " has shape " + shape + " and needs " + shape.size()
                    + " values, but was given " + initial.length + Source.suffix());
        }
        return new Input(name, initial.clone());
    }

    @Override
    public String label() {
        return "input";
    }

    @Override
    public boolean repeatsOverDraws() {
        return initial == null;
    }

    @Override
    public Form form() {
        return Form.INPUT;
    }

    @Override
    public double @Nullable [] known() {
        return initial;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        return new Expr[0];
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // bound by the workspace
    }
}
