package org.fluvia.flows.transformer;

import java.util.List;
import org.fluvia.autodiff.Expr;

/** y = x + shift (NICE; Dinh et al. 2015, eq. 6): volume stays as it is, log dy/dx = 0. */
public record Shift() implements Transformer {
    private static final Shift ONLY = new Shift();

    /** There is one. */
    public static Shift of() {
        return ONLY;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of("shift", 0));
    }

    @Override
    public Moved forward(Expr x, List<Expr> parameters) {
        return new Moved(x.plus(parameters.get(0)), Expr.vector(new double[x.shape().size()]));
    }

    @Override
    public Moved inverse(Expr y, List<Expr> parameters) {
        return new Moved(y.minus(parameters.get(0)), Expr.vector(new double[y.shape().size()]));
    }

    @Override
    public String toString() {
        return "shift";
    }
}
