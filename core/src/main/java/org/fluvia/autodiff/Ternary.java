package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.fluvia.kernel.TernaryOp;
import org.jspecify.annotations.Nullable;

/** out = op(x, y, z), elementwise; scalar operands are repeated over elements, shared ones over draws. */
record Ternary(TernaryOp op) implements Op<Expr> {

    static Expr of(TernaryOp op, Expr x, Expr y, Expr z) {
        Ternary t = new Ternary(op);
        Shape shape = Shape.broadcast(t.label(), Shape.broadcast(t.label(), x.shape(), y.shape()), z.shape());
        return Expr.of(t, shape, x, y, z);
    }

    @Override
    public String label() {
        return switch (op) {
            case LOG_INC_BETA -> "logBetaPrimeCdf";
            case INC_BETA_SLOPE_A -> "slopeOfLogBetaPrimeCdfInA";
            case INC_BETA_SLOPE_B -> "slopeOfLogBetaPrimeCdfInB";
            case INC_BETA_HAZARD -> "slopeOfLogBetaPrimeCdf";
        };
    }

    @Override
    public boolean repeatsOperands() {
        return true;
    }

    /** In the shapes, while there are all in the third argument. */
    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return node.operand(0).isPerDraw() || node.operand(1).isPerDraw();
    }

    @Override
    public @Nullable Expr[] adjoint(Expr out, Expr g) {
        Expr a = out.operand(0);
        Expr b = out.operand(1);
        Expr w = out.operand(2);
        return switch (op) {
            case LOG_INC_BETA -> new Expr[] {
                g.times(Ternary.of(TernaryOp.INC_BETA_SLOPE_A, a, b, w)), g.times(Ternary.of(TernaryOp.INC_BETA_SLOPE_B, a, b, w)),
                g.times(Ternary.of(TernaryOp.INC_BETA_HAZARD, a, b, w))
            };
            case INC_BETA_HAZARD -> {
                // the density at w over what is below
                Expr both = a.plus(b).digamma();
                Expr scaled = g.times(out);
                yield new Expr[] {
                    scaled.times(w.log().minus(w.log1p()).plus(both).minus(a.digamma()).minus(Ternary.of(TernaryOp.INC_BETA_SLOPE_A, a, b, w))),
                    scaled.times(both.minus(w.log1p()).minus(b.digamma()).minus(Ternary.of(TernaryOp.INC_BETA_SLOPE_B, a, b, w))),
                    scaled.times(a.minus(1).div(w).minus(a.plus(b).div(w.plus(1))).minus(out))
                };
            }
            case INC_BETA_SLOPE_A, INC_BETA_SLOPE_B -> throw new UnsupportedOperationException("the derivative of " + label());
        };
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        double[] xs = f.array(in[0]);
        double[] ys = f.array(in[1]);
        double[] zs = f.array(in[2]);
        int x = f.at(in[0]);
        int y = f.at(in[1]);
        int z = f.at(in[2]);
        for (int i = 0; i < out.elements(); i++) {
            f.kernels.ternary(op, xs, x, lane(in[0]), ys, y, lane(in[1]), zs, z, lane(in[2]), f.array(out), f.at(out) + i * w, w);
            x += row(f, in[0]);
            y += row(f, in[1]);
            z += row(f, in[2]);
        }
    }

    private static int lane(Slot operand) {
        return operand.perDraw() ? 1 : 0;
    }

    private static int row(Frame f, Slot operand) {
        return operand.elements() == 1 ? 0 : f.stride(operand);
    }
}
