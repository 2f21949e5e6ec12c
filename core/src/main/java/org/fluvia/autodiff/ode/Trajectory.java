package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.loop.Closure;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.op.Dag;

/** Records the solution of an ordinary differential equation; for {@code org.fluvia.dynamics.Ode}, where it is documented. */
public final class Trajectory {
    private Trajectory() {}

    /**
     * The solution at the times, one a row.
     *
     * @param rate dy/dt from t and y
     */
    public static Expr of(BinaryOperator<Expr> rate, Expr y0, Expr t0, Expr times, OdeSettings settings) {
        check(y0, t0, times);
        Map<Expr, Expr> invariants = new LinkedHashMap<>();
        // sensitivities are to be those by what the code was given, as their errors count; see Ode
        OdeSystem system = record(rate, y0, t0, invariants, false);
        Expr result = OdeSolve.of(system, settings, y0.flatten(), t0, times, List.copyOf(invariants.values()));
        int[] dims = new int[y0.shape().rank() + 1];
        dims[0] = times.shape().size();
        System.arraycopy(y0.shape().dims(), 0, dims, 1, dims.length - 1);
        return result.slice(0, dims[0] * y0.shape().size()).reshape(Shape.of(dims));
    }

    /**
     * The solution at one time after t0, in y0's shape.
     *
     * @param rate dy/dt from t and y
     */
    public static Expr end(BinaryOperator<Expr> rate, Expr y0, double t0, double t1, OdeSettings settings) {
        check(y0, Expr.of(t0), Expr.vector(t1));
        Map<Expr, Expr> invariants = new LinkedHashMap<>();
        OdeSystem system = record(rate, y0, Expr.of(t0), invariants, true);
        List<Expr> operands = new ArrayList<>(List.of(y0.flatten(), Expr.of(t0), Expr.vector(t1)));
        operands.addAll(invariants.values());
        return OdeEnd.of(system, settings, operands).slice(0, y0.shape().size()).reshape(y0.shape());
    }

    /** Of values per draw if any is. */
    private static OdeSystem record(BinaryOperator<Expr> rate, Expr y0, Expr t0, Map<Expr, Expr> invariants, boolean hoist) {
        OdeSystem system = record(rate, y0, t0, invariants, hoist, true);
        if (y0.isPerDraw() || Closure.isPerDraw(invariants.values())) return system;
        invariants.clear();
        return record(rate, y0, t0, invariants, hoist, false);
    }

    private static OdeSystem record(BinaryOperator<Expr> rate, Expr y0, Expr t0, Map<Expr, Expr> invariants, boolean hoist, boolean perDraw) {
        Expr time = perDraw ? Expr.perDraw("t", Shape.scalar()) : Expr.shared("t", Shape.scalar(), SharedValues.of(t0));
        Expr state = LoopBody.symbolLike(y0.flatten(), perDraw);
        Expr dy = rate.apply(time, state.reshape(y0.shape()));
        if (!dy.shape().equals(y0.shape())) {
            throw new IllegalArgumentException("ode: the derivative must have the shape of y0, " + y0.shape() + ", but has "
                    + dy.shape() + Source.suffix());
        }
        Expr closed = Closure.of(List.of(time, state), List.of(dy), hoist, invariants).get(0);
        for (Expr x : Dag.reachable(List.of(closed))) {
            if (x.op().sumsDraws()) {
                throw new IllegalArgumentException("ode: the derivative must not sum over draws, but does (" + x.source() + ")");
            }
        }
        return new OdeSystem(time, state, new ArrayList<>(invariants.keySet()), closed.flatten());
    }

    private static void check(Expr y0, Expr t0, Expr times) {
        if (y0.shape().size() == 0) {
            throw new IllegalArgumentException("ode: y0 must have an element, but has shape " + y0.shape() + Source.suffix());
        }
        if (t0.isPerDraw() || times.isPerDraw() || !t0.shape().isScalar() || times.shape().rank() != 1) {
            throw new IllegalArgumentException("ode: t0 must be a number and times a vector, both data, but are " + t0 + " and "
                    + times + Source.suffix());
        }
        double before = SharedValues.of(t0)[0];
        double[] t = SharedValues.of(times);
        for (int i = 0; i < t.length; i++) {
            boolean after = i == 0 ? t[i] >= before : t[i] > before;
            if (!after || Double.isInfinite(t[i])) {
                throw new IllegalArgumentException("ode: times must be finite and increase from t0, but time " + (i + 1) + " is "
                        + t[i] + " after " + before + Source.suffix());
            }
            before = t[i];
        }
    }
}
