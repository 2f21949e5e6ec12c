package org.fluvia.autodiff;

/** condition != 0 ? x : y, elementwise. The operand that is not chosen gets no adjoint, whatever its value. */
record Where() implements Op {

    @Override
    public String label() {
        return "where";
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean repeatsOperands() {
        return true;
    }

    @Override
    public Expr[] adjoint(Expr z, Expr g) {
        Expr condition = z.operand(0);
        return new Expr[] {null, Expr.where(condition, g, Expr.of(0)), Expr.where(condition, Expr.of(0), g)};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int n = out.elements();
        int w = f.stride(out);
        if (repeats(in[0], out) || repeats(in[1], out) || repeats(in[2], out)) {
            // one pass for each element and draw: a choice between unlike operands is rare and off the hot path
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < w; j++) {
                    boolean chosen = value(f, in[0], i, j) != 0;
                    f.array(out)[f.at(out) + i * w + j] = value(f, in[chosen ? 1 : 2], i, j);
                }
            }
        } else {
            Frame.K.where(f.array(in[0]), f.at(in[0]), f.array(in[1]), f.at(in[1]), f.array(in[2]), f.at(in[2]),
                    f.array(out), f.at(out), f.length(out));
        }
    }

    private static boolean repeats(Slot s, Slot out) {
        return s.elements() != out.elements() || s.perDraw() != out.perDraw();
    }

    private static double value(Frame f, Slot s, int element, int draw) {
        int i = s.elements() == 1 ? 0 : element;
        return f.array(s)[f.at(s) + i * f.stride(s) + (s.perDraw() ? draw : 0)];
    }
}
