package org.fluvia.autodiff;

/** The sum over draws, element by element: the way from values per draw to a shared one. */
record SumDraws() implements Op {

    @Override
    public String label() {
        return "sumDraws";
    }

    @Override
    public boolean sumsDraws() {
        return true;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int x = f.at(in[0]);
        int y = f.at(out);
        for (int i = 0; i < out.elements(); i++) {
            ys[y + i] = (f.firstOfGroup ? 0 : ys[y + i]) + Frame.K.sum(xs, x + i * f.width, f.valid);
        }
    }
}
