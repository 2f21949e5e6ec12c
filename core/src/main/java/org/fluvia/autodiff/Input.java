package org.fluvia.autodiff;

import org.jspecify.annotations.Nullable;

/**
 * A value that is bound at replay: data, weights, or, per draw, noise. Two inputs are never the same.
 *
 * <p>Not a record: identity is what tells inputs apart.
 */
final class Input implements Op {
    final String name;
    /** What a workspace holds until another value is set; null for inputs per draw. Not modified. */
    final double @Nullable [] initial;

    Input(String name, double @Nullable [] initial) {
        this.name = name;
        this.initial = initial;
    }

    @Override
    public String label() {
        return "input";
    }

    @Override
    public Expr[] adjoint(Expr node, Expr g) {
        return new Expr[0];
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        // bound by the workspace
    }
}
