package org.fluvia.autodiff.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.ExternalDensity;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Form;
import org.jspecify.annotations.Nullable;

/** Whether the gradients of the user's own code, where a value depends on it, are those of its values. */
public final class ExternalGradients {
    /** Points to look at: inputs are uniform within this of 0 in every coordinate, as starts usually are, the same in every run. */
    private static final double WIDTH = 2;
    private static final int POINTS = 16;

    private ExternalGradients() {}

    /**
     * What is wrong with the gradient of the user's own code, in words that name the element, a point and both numbers; null if
     * there is no such code, or nothing is known to be wrong. Some hundreds of evaluations.
     *
     * @param input the vector per draw that the value is computed from
     * @param goOn asked between evaluations; false ends the search
     */
    public static @Nullable String problem(Expr value, Expr input, BooleanSupplier goOn) {
        for (Expr x : Dag.reachable(List.of(value))) {
            if (!(x.op() instanceof ExternalDensity code) || x.operand(0).shape().size() == 0) continue;
            Expr argument = x.operand(0);
            Expr named = named(argument);
            GradientCheck check = new GradientCheck(code, points(argument, input),
                    named.name() == null ? argument.shape() : named.shape(), named.name() == null ? "x" : named.name(), goOn);
            String problem = check.problem();
            if (problem != null) return "external: " + problem;
        }
        return null;
    }

    private static Expr named(Expr x) {
        Expr named = x;
        while (named.name() == null && (named.op().form() == Form.RESHAPE || named.op().form() == Form.REPEAT)
                && named.operand(0).shape().size() == x.shape().size()) {
            named = named.operand(0);
        }
        return named;
    }

    private static List<double[]> points(Expr argument, Expr input) {
        DMatrixRMaj inputs = new DMatrixRMaj(input.shape().size(), POINTS);
        SplittableRandom random = new SplittableRandom(0x5eed);
        for (int i = 0; i < inputs.data.length; i++) inputs.data[i] = random.nextDouble(-WIDTH, WIDTH);
        Workspace w = Program.of(argument).workspace();
        w.set(input, DrawSource.of(inputs));
        w.run(POINTS);
        DMatrixRMaj values = w.perDraw(argument);
        List<double[]> points = new ArrayList<>();
        for (int j = 0; j < POINTS; j++) {
            double[] x = new double[values.numRows];
            for (int i = 0; i < x.length; i++) x[i] = values.get(i, j);
            points.add(x);
        }
        return points;
    }
}
