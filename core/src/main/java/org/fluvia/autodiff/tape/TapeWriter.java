package org.fluvia.autodiff.tape;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.loop.LoopBody;
import org.fluvia.autodiff.op.Dag;

/** Puts recorded values on a tape. */
final class TapeWriter {
    private final Map<Expr, double[]> values;
    private final Map<String, Integer> operations = new LinkedHashMap<>();
    private double[] numbers = new double[1 << 10];
    private int count;

    TapeWriter(Map<Expr, double[]> values) {
        this.values = values;
    }

    Tape write(List<Expr> inputs, List<Expr> outputs) {
        List<Expr> roots = new ArrayList<>(inputs);
        roots.addAll(outputs);
        Map<Expr, Integer> places = nodes(roots);
        places(inputs, places);
        places(outputs, places);
        return new Tape(List.copyOf(operations.keySet()), Arrays.copyOf(numbers, count));
    }

    private Map<Expr, Integer> nodes(List<Expr> roots) {
        List<Expr> nodes = Dag.reachable(roots);
        Map<Expr, Integer> places = new HashMap<>();
        number(nodes.size());
        for (Expr x : nodes) {
            node(x, places);
            places.put(x, places.size());
        }
        return places;
    }

    private void node(Expr x, Map<Expr, Integer> places) {
        String name = Operations.name(x.op());
        if (name == null) throw new IllegalArgumentException("Tape: there must be nothing of your own, but there is " + x.op().label());
        boolean isMark = name.equals(Operations.DECLARED);
        List<Object> parts = isMark ? List.of(x.shape()) : name.equals(Operations.CONSTANT) || name.equals(Operations.INPUT) ? List.of()
                : Operations.parts(x.op());
        String kind = parts.stream().filter(p -> p instanceof Enum<?>).map(p -> " " + ((Enum<?>) p).name()).findFirst().orElse("");
        number(operations.computeIfAbsent((isMark ? Operations.RESHAPE : name) + kind, n -> operations.size()));
        shape(x.shape());
        number(x.operandCount());
        for (int i = 0; i < x.operandCount(); i++) number(requireNonNull(places.get(x.operand(i))));
        if (name.equals(Operations.INPUT)) number(x.isPerDraw() ? 1 : 0);
        double[] known = values.getOrDefault(x, x.op().known());
        if (known != null) for (double v : known) number(v);
        parts.forEach(this::part);
    }

    private void part(Object part) {
        if (part instanceof Number n) number(n.doubleValue());
        else if (part instanceof Boolean b) number(b ? 1 : 0);
        else if (part instanceof Shape s) shape(s);
        else if (part instanceof LoopBody b) body(b);
        else if (part instanceof int[] all) array(all);
        else if (!(part instanceof Enum<?>)) Operations.parts(part).forEach(this::part);
    }

    private void array(int[] all) {
        number(all.length);
        for (int i : all) number(i);
    }

    private void shape(Shape s) {
        array(s.dims());
    }

    private void body(LoopBody b) {
        List<Expr> roots = new ArrayList<>(b.symbols());
        roots.add(b.state);
        roots.addAll(b.outputs());
        Map<Expr, Integer> places = nodes(roots);
        for (List<Expr> list : List.of(List.of(b.state), b.inputs, b.invariants, b.next, b.emitted, b.sums)) places(list, places);
    }

    private void places(List<Expr> of, Map<Expr, Integer> places) {
        array(of.stream().mapToInt(x -> requireNonNull(places.get(x))).toArray());
    }

    private void number(double x) {
        if (count == numbers.length) numbers = Arrays.copyOf(numbers, 2 * count);
        numbers[count++] = x;
    }
}
