package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of a {@link Loop}, a closed function: from symbols for the state, a row of each input and the invariants, to the
 * next state and what is emitted. Constants are part of it; nothing else is free.
 *
 * <p>A value: bodies that compute the same from the same are equal.
 */
final class LoopBody {
    /** The state, a vector; per draw unless the whole loop is shared. */
    final Expr state;
    final List<Expr> inputs;
    final List<Expr> invariants;
    /** The parts of the next state, one after the other. */
    final List<Expr> next;
    final List<Expr> emitted;
    final List<Expr> constants;
    /** All expressions of the body, operands before users. */
    final List<Expr> all;
    final LoopPlan plan;
    private final List<Object> key;

    LoopBody(Expr state, List<Expr> inputs, List<Expr> invariants, List<Expr> next, List<Expr> emitted) {
        this.state = state;
        this.inputs = List.copyOf(inputs);
        this.invariants = List.copyOf(invariants);
        this.next = List.copyOf(next);
        this.emitted = List.copyOf(emitted);
        all = Dag.reachable(outputs());
        constants = all.stream().filter(x -> x.op instanceof Constant).toList();
        for (Expr x : all) {
            if (x.op.sumsDraws()) {
                throw new IllegalArgumentException("scan: the body must not sum over draws, but does (" + x.source + ")");
            }
        }
        plan = new LoopPlan(this);
        key = key();
    }

    List<Expr> outputs() {
        List<Expr> outputs = new ArrayList<>(next);
        outputs.addAll(emitted);
        return outputs;
    }

    boolean perDraw() {
        return state.isPerDraw();
    }

    int stateSize() {
        return state.shape().size();
    }

    /** The symbols that stand for operands 1, 2, ... of the loop: inputs, invariants; its constants follow them. */
    List<Expr> symbols() {
        List<Expr> symbols = new ArrayList<>(inputs);
        symbols.addAll(invariants);
        return symbols;
    }

    boolean hasFirstDerivativesOnly() {
        return all.stream().anyMatch(x -> x.op.firstDerivativesOnly(x));
    }

    /** The body with some shared symbols, and what depends on them, per draw. */
    LoopBody perDraw(Set<Expr> shared) {
        if (shared.isEmpty()) return this;
        Map<Expr, Expr> now = new HashMap<>();
        for (Expr s : shared) now.put(s, symbolLike(s, true));
        for (Expr x : all) {
            if (now.containsKey(x)) continue;
            Expr[] operands = new Expr[x.operandCount()];
            boolean changed = false;
            for (int i = 0; i < operands.length; i++) {
                operands[i] = now.get(x.operand(i));
                changed |= operands[i] != x.operand(i);
            }
            now.put(x, changed ? Source.attribute(x.source, () -> perDraw(x, operands)) : x);
        }
        return new LoopBody(now.getOrDefault(state, state), replaced(inputs, now), replaced(invariants, now),
                replaced(next, now), replaced(emitted, now));
    }

    private static List<Expr> replaced(List<Expr> from, Map<Expr, Expr> now) {
        return from.stream().map(x -> now.getOrDefault(x, x)).toList();
    }

    /** The operation on operands of which some are per draw that were not. */
    private static Expr perDraw(Expr x, Expr[] operands) {
        Op op = x.op;
        if (op instanceof Where) return Expr.where(operands[0], operands[1], operands[2]);
        if (op instanceof Dot) return operands[0].dot(operands[1]);
        if (op instanceof Expand) return operands[0].expand(x.shape(), true);
        if (op instanceof MatMul m) return Matrices.matmul(m.transposeA(), false, operands[0], operands[1]);
        if (op instanceof MatMulShared m) return Matrices.matmul(false, m.transposeB(), operands[0], operands[1]);
        if (op instanceof TriangularSolve t) return Matrices.solve(true, t.transpose(), operands[0], operands[1]);
        boolean indexed = op instanceof Gather || op instanceof ScatterAdd || op instanceof GatherRows || op instanceof AddRows;
        if (indexed && operands[1].isPerDraw()) {
            throw new UnsupportedOperationException(op.label() + " (" + x.source + "): the index must be data");
        }
        // other operations want operands of one kind, or take any
        Expr[] alike = operands.clone();
        if (!indexed && !(op instanceof Binary)) {
            for (int i = 0; i < alike.length; i++) alike[i] = alike[i].repeatedOverDraws();
        }
        return x.with(alike);
    }

    /** A new symbol of the same shape. */
    static Expr symbolLike(Expr x, boolean perDraw) {
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
            if (x.op instanceof Input) throw new IllegalStateException("scan: " + x + " must not be free in the body");
            key.add(x.op);
            for (int i = 0; i < x.operandCount(); i++) key.add(numbers.get(x.operand(i)));
            numbers.put(x, numbers.size());
        }
        for (List<Expr> part : List.of(next, emitted)) key.add(part.stream().map(numbers::get).toList());
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
