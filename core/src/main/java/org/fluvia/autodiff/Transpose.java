package org.fluvia.autodiff;

/** The transpose of a matrix with the given number of rows and columns. */
record Transpose(int rows, int columns) implements Op {

    @Override
    public String label() {
        return "transpose";
    }

    @Override
    public Expr[] adjoint(Expr y, Expr g) {
        return new Expr[] {g.materialize(y).transpose()};
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int w = f.stride(out);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                System.arraycopy(f.array(in[0]), f.at(in[0]) + (i * columns + j) * w,
                        f.array(out), f.at(out) + (j * rows + i) * w, w);
            }
        }
    }
}
