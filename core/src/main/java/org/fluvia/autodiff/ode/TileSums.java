package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * Sums over draws that an operation has left for each tile, one after the other, in its rows from {@code row} on: a place that is
 * shared by the tile's draws.
 */
public record TileSums(int row) implements Op<Expr> {

    @Override
    public String label() {
        return "sumDraws";
    }

    @Override
    public boolean sumsDraws() {
        return true;
    }

    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return true;
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        throw new UnsupportedOperationException("ode: second derivatives of a solution");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int from = f.at(in[0]) + row * f.width;
        if (f.firstOfGroup) {
            System.arraycopy(f.array(in[0]), from, f.array(out), f.at(out), out.elements());
        } else {
            f.kernels.axpy(1, f.array(in[0]), from, f.array(out), f.at(out), out.elements());
        }
    }
}
