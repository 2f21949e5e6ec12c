package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.fluvia.autodiff.op.Recurrences;

/**
 * A recurrence over time: state[t + 1], emitted[t] = body(state[t], inputs[t]) for t = 0, ..., steps - 1. The body is recorded
 * once and runs as one operation, however many steps there are, forward and in reverse; a loop of Java would record every
 * step. Any number of derivatives.
 *
 * <pre>{@code
 * // ARMA(1, 1): err[t] = y[t] - (mu + phi y[t - 1] + theta err[t - 1])
 * Expr first = y.get(0).minus(mu.plus(phi.times(mu)));
 * Expr err = Scan.of(first, List.of(y.slice(1, n), y.slice(0, n - 1)), (e, row) ->
 *         row.get(0).minus(mu.plus(phi.times(row.get(1))).plus(theta.times(e)))).path();
 * m.observe(err, normal(0, sigma));
 *
 * // GARCH(1, 1): sigma[t]^2 = a0 + a1 (y[t - 1] - mu)^2 + b1 sigma[t - 1]^2
 * Expr sigma = Scan.of(sigma1, y.slice(0, n - 1), (s, before) ->
 *         a0.plus(a1.times(before.minus(mu).square())).plus(b1.times(s.square())).sqrt()).path();
 * m.observe(y, normal(mu, sigma));
 * }</pre>
 *
 * <p>Inputs are vectors, matrices and so on, of which a step sees one row (a vector's element). The body may use any
 * expression of the model besides; what in it does not depend on the state or the inputs is computed once, before the loop.
 * The body may be run more than once while it is recorded, so it should only compute.
 *
 * <p>All states are kept, as the derivative needs them: steps times the state's size values a draw. Immutable and
 * thread-safe.
 */
public final class Scan {
    @SuppressWarnings("unchecked") // there is one, of these types
    static final Recurrences<Expr, Body> LOOPS =
            ServiceLoader.load(Recurrences.class, Recurrences.class.getClassLoader()).findFirst().orElseThrow();

    private final Expr result;
    private final int steps;
    private final List<Shape> state;
    private final List<Shape> emitted;

    private Scan(Expr result, int steps, List<Shape> state, List<Shape> emitted) {
        this.result = result;
        this.steps = steps;
        this.state = state;
        this.emitted = emitted;
    }

    /** What one step gives. */
    public record Next(List<Expr> state, List<Expr> emitted) {
        public Next {
            state = List.copyOf(state);
            emitted = List.copyOf(emitted);
        }

        /** The next state, and values of this step to keep: see {@link Scan#emitted}. */
        public static Next of(Expr state, Expr... emitted) {
            return new Next(List.of(state), List.of(emitted));
        }
    }

    /** One step. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param state the state before the step, in its parts
         * @param row the step's row of each input
         */
        Next step(List<Expr> state, List<Expr> row);
    }

    /** A recurrence with one input, whose rows are the steps: the body takes the state and a row to the next state. */
    public static Scan of(Expr initial, Expr input, BinaryOperator<Expr> body) {
        return of(List.of(initial), List.of(input), (s, row) -> Next.of(body.apply(s.get(0), row.get(0))));
    }

    /** A recurrence with several inputs of the same number of rows: the body takes the state and a row of each. */
    public static Scan of(Expr initial, List<Expr> inputs, BiFunction<Expr, List<Expr>, Expr> body) {
        return of(List.of(initial), inputs, (s, row) -> Next.of(body.apply(s.get(0), row)));
    }

    /** A recurrence without inputs. */
    public static Scan of(Expr initial, int steps, UnaryOperator<Expr> body) {
        if (steps < 0) throw new IllegalArgumentException("scan: steps must not be negative, but was " + steps + Source.suffix());
        return of(List.of(initial), List.of(Expr.vector(new double[steps])), (s, row) -> Next.of(body.apply(s.get(0))));
    }

    /**
     * A recurrence with a state of several parts, each of its own shape, that may emit values other than the state.
     *
     * @param initial the parts of the state before the first step
     * @param inputs at least one, all of the same number of rows
     * @throws IllegalArgumentException if the inputs' numbers of rows differ, or the body gives a state of other shapes
     */
    public static Scan of(List<Expr> initial, List<Expr> inputs, Body body) {
        int steps = rows(inputs);
        List<Shape> emitted = new ArrayList<>();
        Expr result = LOOPS.record(steps, initial, inputs, body, x -> emitted.add(x.shape()));
        return new Scan(result, steps, initial.stream().map(Expr::shape).toList(), emitted);
    }

    /** The states after each step, one a row: steps, then the state's own dimensions. */
    public Expr states() {
        return states(0);
    }

    /** The states after each step of one part of the state. */
    public Expr states(int part) {
        return rows(part, 1, steps);
    }

    /** The initial state and after it the states after each step: one row more than there are steps. */
    public Expr path() {
        return path(0);
    }

    /** As {@link #path()}, of one part of the state. */
    public Expr path(int part) {
        return rows(part, 0, steps + 1);
    }

    /** The state after the last step; the initial one if there are no steps. */
    public Expr last() {
        return last(0);
    }

    /** One part of the state after the last step. */
    public Expr last(int part) {
        return rows(part, steps, 1).reshape(state.get(part));
    }

    /** The i-th of the values that each step emitted, one a row: steps, then its own dimensions. */
    public Expr emitted(int i) {
        int from = (steps + 1) * size(state, state.size()) + steps * size(emitted, i);
        return result.slice(from, from + steps * emitted.get(i).size()).reshape(rowsOf(steps, emitted.get(i)));
    }

    private Expr rows(int part, int first, int count) {
        int width = size(state, state.size());
        Expr all = result.slice(first * width, (first + count) * width);
        Shape shape = rowsOf(count, state.get(part));
        if (state.size() == 1) return all.reshape(shape);
        // the parts of a state lie side by side
        int from = size(state, part);
        int n = state.get(part).size();
        double[] index = new double[count * n];
        for (int i = 0; i < index.length; i++) index[i] = Math.floorDiv(i, n) * (double) width + from + i % n;
        return all.get(Expr.vector(index)).reshape(shape);
    }

    private static int size(List<Shape> shapes, int count) {
        return shapes.subList(0, count).stream().mapToInt(Shape::size).sum();
    }

    private static Shape rowsOf(int count, Shape row) {
        int[] dims = new int[row.rank() + 1];
        dims[0] = count;
        System.arraycopy(row.dims(), 0, dims, 1, row.rank());
        return Shape.of(dims);
    }

    private static int rows(List<Expr> inputs) {
        if (inputs.isEmpty()) throw new IllegalArgumentException("scan: there must be an input" + Source.suffix());
        Shape first = inputs.get(0).shape();
        for (Expr x : inputs) {
            if (x.shape().rank() == 0 || x.shape().dim(0) != first.dim(0)) {
                throw new IllegalArgumentException("scan: inputs must have one row for each step, but have shapes "
                        + inputs.stream().map(Expr::shape).toList() + Source.suffix());
            }
        }
        return first.dim(0);
    }
}
