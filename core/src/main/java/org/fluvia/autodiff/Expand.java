package org.fluvia.autodiff;

/** A scalar repeated to a shape, or a shared value repeated over draws, or both. */
record Expand(Shape shape, boolean perDraw) implements Op {

    @Override
    public String label() {
        return "expand";
    }

    @Override
    public boolean repeatsOperands() {
        return true;
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        copy(f, in[0], out.elements(), perDraw, f.array(out), f.at(out));
    }

    static void copy(Frame f, Slot x, int elements, boolean perDraw, double[] y, int yAt) {
        double[] xs = f.array(x);
        int xAt = f.at(x);
        int w = perDraw ? f.width : 1;
        if (x.perDraw() == perDraw && x.elements() == elements) {
            System.arraycopy(xs, xAt, y, yAt, elements * w);
            return;
        }
        for (int i = 0; i < elements; i++) {
            int from = xAt + (x.elements() == 1 ? 0 : i * f.stride(x));
            if (x.perDraw()) {
                System.arraycopy(xs, from, y, yAt + i * w, w);
            } else {
                Frame.K.fill(xs[from], y, yAt + i * w, w);
            }
        }
    }
}
