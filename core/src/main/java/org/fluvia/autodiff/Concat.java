package org.fluvia.autodiff;

/** The operands' elements one after the other; per draw if any operand is. */
record Concat() implements Op {

    @Override
    public String label() {
        return "concat";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
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
            Expand.copy(f, x, x.elements(), out.perDraw(), ys, y);
            y += x.elements() * f.stride(out);
        }
    }
}
