package org.fluvia.autodiff;

/** The operand, with all elements of a draw set to zero where any of them is not finite. */
record MaskDraws() implements Op {

    @Override
    public String label() {
        return "maskDraws";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        throw new UnsupportedOperationException("second derivatives through a guard");
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int x = f.at(in[0]);
        int y = f.at(out);
        int w = f.width;
        System.arraycopy(xs, x, ys, y, f.length(out));
        for (int j = 0; j < w; j++) {
            double probe = 0;
            for (int i = 0; i < out.elements(); i++) probe += 0 * ys[y + i * w + j];
            if (probe != 0) {
                for (int i = 0; i < out.elements(); i++) ys[y + i * w + j] = 0;
            }
        }
    }
}
