package org.fluvia.autodiff.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Form;

/**
 * One step of a {@link Loop}, a closed function: from symbols for the state, a row of each input and the invariants, to the
 * next state and what is emitted. Constants are part of it; nothing else is free.
 *
 * <p>A value: bodies that compute the same from the same are equal.
 */
public final class LoopBody {
    /** The state, a vector; per draw unless the whole loop is shared. */
    public final Expr state;
    public final List<Expr> inputs;
    public final List<Expr> invariants;
    /** The parts of the next state, one after the other. */
    public final List<Expr> next;
    public final List<Expr> emitted;
    /** Sums over draws, which are summed over the steps as well; where a solver goes back, see {@code OdePullback}. */
    public final List<Expr> sums;
    public final List<Expr> constants;
    /** All expressions of the body, operands before users. */
    public final List<Expr> all;
    public final LoopPlan plan;
    private final List<Object> key;

    public LoopBody(Expr state, List<Expr> inputs, List<Expr> invariants, List<Expr> next, List<Expr> emitted) {
        this(state, inputs, invariants, next, emitted, List.of());
    }

    /** @param sums the only operations that sum over draws, each of them once */
    public LoopBody(Expr state, List<Expr> inputs, List<Expr> invariants, List<Expr> next, List<Expr> emitted, List<Expr> sums) {
        this.state = state;
        this.inputs = List.copyOf(inputs);
        this.invariants = List.copyOf(invariants);
        this.next = List.copyOf(next);
        this.emitted = List.copyOf(emitted);
        this.sums = List.copyOf(sums);
        all = Dag.reachable(outputs());
        constants = all.stream().filter(x -> x.op().form() == Form.CONSTANT).toList();
        for (Expr x : all) {
            if (x.op().sumsDraws() && !sums.contains(x)) {
                throw new IllegalArgumentException("scan: the body must not sum over draws, but does (" + x.source() + ")");
            }
        }
        plan = new LoopPlan(this);
        key = key();
    }

    public List<Expr> outputs() {
        List<Expr> outputs = new ArrayList<>(next);
        outputs.addAll(emitted);
        outputs.addAll(sums);
        return outputs;
    }

    public boolean perDraw() {
        return state.isPerDraw();
    }

    public int stateSize() {
        return state.shape().size();
    }

    /** The symbols that stand for operands 1, 2, ... of the loop: inputs, invariants; its constants follow them. */
    public List<Expr> symbols() {
        List<Expr> symbols = new ArrayList<>(inputs);
        symbols.addAll(invariants);
        return symbols;
    }

    public boolean hasFirstDerivativesOnly() {
        return all.stream().anyMatch(x -> x.op().firstDerivativesOnly(x));
    }

    /** The body with some shared symbols, and what depends on them, per draw. */
    public LoopBody perDraw(Set<Expr> shared) {
        if (shared.isEmpty()) return this;
        Map<Expr, Expr> now = new HashMap<>();
        for (Expr s : shared) now.put(s, symbolLike(s, true));
        for (Expr x : all) {
            if (now.containsKey(x)) continue;
            List<Expr> operands = new ArrayList<>();
            boolean changed = false;
            for (int i = 0; i < x.operandCount(); i++) {
                operands.add(now.get(x.operand(i)));
                changed |= operands.get(i) != x.operand(i);
            }
            now.put(x, changed ? Source.attribute(x.source(), () -> perDraw(x, operands)) : x);
        }
        return new LoopBody(now.getOrDefault(state, state), replaced(inputs, now), replaced(invariants, now),
                replaced(next, now), replaced(emitted, now), replaced(sums, now));
    }

    private static List<Expr> replaced(List<Expr> from, Map<Expr, Expr> now) {
        return from.stream().map(x -> now.getOrDefault(x, x)).toList();
    }

    /** The operation on operands of which some are per draw that were not. */
    private static Expr perDraw(Expr x, List<Expr> operands) {
        Expr again = x.op().perDraw(x, operands);
        return again != null ? again : x.with(operands.stream().map(Expr::repeatedOverDraws).toList());
    }

    /** A new symbol of the same shape. */
    public static Expr symbolLike(Expr x, boolean perDraw) {
        String name = x.name() == null ? "a value of the scan" : x.name();
        return perDraw ? Expr.perDraw(name, x.shape()) : Expr.shared(name, x.shape(), new double[x.shape().size()]);
    }

    private List<Object> key() {
        Map<Expr, Integer> numbers = new HashMap<>();
        List<Object> key = new ArrayList<>();
        List<Expr> given = new ArrayList<>(List.of(state));
        given.addAll(symbols());
        for (Expr s : given) {
            key.add(s.shape());
            key.add(s.isPerDraw());
            numbers.put(s, numbers.size());
        }
        for (Expr x : all) {
            if (numbers.containsKey(x)) continue;
            if (x.op().form() == Form.INPUT) throw new IllegalStateException("scan: " + x + " must not be free in the body");
            key.add(x.op());
            for (int i = 0; i < x.operandCount(); i++) key.add(numbers.get(x.operand(i)));
            numbers.put(x, numbers.size());
        }
        for (List<Expr> part : List.of(next, emitted, sums)) key.add(part.stream().map(numbers::get).toList());
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoopBody b && key.equals(b.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
