package org.fluvia.autodiff.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.autodiff.Source;

/** The body of a {@link Scan}, run with symbols, and everything that it takes from outside replaced by symbols. */
final class ScanRecording {
    final Expr state;
    final Map<Expr, Expr> inputs = new LinkedHashMap<>();
    final Map<Expr, Expr> invariants = new LinkedHashMap<>();
    final List<Expr> next = new ArrayList<>();
    final List<Expr> emitted = new ArrayList<>();

    ScanRecording(List<Expr> initial, List<Expr> operands, Scan.Body body, boolean perDraw) {
        Shape all = Shape.of(initial.stream().mapToInt(x -> x.shape().size()).sum());
        state = perDraw ? Expr.perDraw("state", all) : Expr.shared("state", all, values(Expr.concat(
                initial.toArray(new Expr[0])), all.size()));
        List<Expr> rows = new ArrayList<>();
        for (Expr x : operands) {
            Expr row = row(x);
            inputs.put(row, x);
            rows.add(row);
        }
        List<Expr> parts = new ArrayList<>();
        int at = 0;
        for (Expr x : initial) {
            parts.add(state.slice(at, at + x.shape().size()).reshape(x.shape()));
            at += x.shape().size();
        }
        Scan.Next step = body.step(List.copyOf(parts), List.copyOf(rows));
        check(initial, step.state());
        List<Expr> outputs = new ArrayList<>(step.state());
        outputs.addAll(step.emitted());
        List<Expr> symbols = new ArrayList<>(inputs.keySet());
        symbols.add(state);
        List<Expr> closed = Closure.of(symbols, outputs, true, invariants);
        next.addAll(closed.subList(0, initial.size()));
        emitted.addAll(closed.subList(initial.size(), closed.size()));
    }

    /** The symbol of a row of an input. A shared one has the first row's values: checks while recording look at them. */
    private static Expr row(Expr x) {
        int[] dims = x.shape().dims();
        Shape shape = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
        String name = x.name() == null ? "row" : x.name();
        if (x.isPerDraw()) return Expr.perDraw(name, shape);
        return Expr.shared(name, shape, dims[0] == 0 ? new double[shape.size()] : values(x, shape.size()));
    }

    private static double[] values(Expr shared, int n) {
        return Arrays.copyOf(SharedValues.example(shared), n);
    }

    private static void check(List<Expr> initial, List<Expr> next) {
        List<Shape> expected = initial.stream().map(Expr::shape).toList();
        List<Shape> actual = next.stream().map(Expr::shape).toList();
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException("scan: the body must give a state of the initial state's shape, "
                    + text(expected) + ", but gave " + text(actual) + Source.suffix());
        }
    }

    private static String text(List<Shape> shapes) {
        return shapes.size() == 1 ? shapes.get(0).toString() : shapes.toString();
    }

    /** Whether anything that the body takes from outside differs from draw to draw. */
    boolean isPerDraw() {
        return Closure.isPerDraw(invariants.values());
    }
}
