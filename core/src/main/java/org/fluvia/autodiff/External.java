package org.fluvia.autodiff;

import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/** Element 0 is the user's log-density of x, elements 1 to d its gradient. */
record External(ExternalDensity density) implements Op<Expr>, ExternalDensity {

    @Override
    public double logDensity(double[] x, double[] gradient) {
        return density.logDensity(x, gradient);
    }

    @Override
    public String label() {
        return "external";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr y, Expr g) {
        int d = y.shape().size();
        return new Expr[] {g.materialize(y).get(0).times(y.slice(1, d))};
    }

    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return true;
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        int d = in[0].elements();
        int w = f.width;
        double[] x = new double[d];
        double[] gradient = new double[d];
        double[] xs = f.array(in[0]);
        double[] ys = f.array(out);
        int xAt = f.at(in[0]);
        int yAt = f.at(out);
        for (int j = 0; j < w; j++) {
            f.ask();
            for (int i = 0; i < d; i++) x[i] = xs[xAt + i * w + j];
            ys[yAt + j] = density.logDensity(x, gradient);
            for (int i = 0; i < d; i++) ys[yAt + (i + 1) * w + j] = gradient[i];
        }
    }
}
