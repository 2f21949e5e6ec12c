package org.fluvia.autodiff;

/** Evaluates shared expressions with the values that their inputs were declared with. */
public final class SharedValues {
    private SharedValues() {}

    /**
     * The elements of a shared expression, row-major.
     *
     * @throws IllegalArgumentException if the expression is per draw
     */
    public static double[] of(Expr shared) {
        if (shared.isPerDraw()) {
            throw new IllegalArgumentException("value: " + shared + " differs from draw to draw");
        }
        if (shared.op instanceof Constant c) return c.values.clone();
        if (shared.op instanceof Input in) return in.initial.clone();
        Workspace w = Program.of(shared).workspace();
        w.run(0);
        double[] values = new double[shared.shape().size()];
        w.shared(shared, values, 0);
        return values;
    }
}
