package org.fluvia.autodiff.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The adjoint of a {@link Loop}: a loop the other way. Its state is the adjoint of the state, and after it the sums so far of
 * the invariants' adjoints; it emits the adjoints of the inputs. Its inputs are the states before each step, the inputs and
 * the adjoints of the states and of what the loop emitted.
 */
final class LoopAdjoint {
    private final Loop loop;
    private final LoopBody body;
    private final Expr node;
    private final boolean[] wanted;
    private final Map<Expr, Expr> inputs = new LinkedHashMap<>();
    private final Map<Expr, Expr> invariants = new LinkedHashMap<>();
    /** Outputs of the body that have an adjoint, and that. */
    private final List<Expr> outputs = new ArrayList<>();
    private final List<Expr> cotangents = new ArrayList<>();

    private LoopAdjoint(Loop loop, Expr node, boolean[] wanted) {
        this.loop = loop;
        this.node = node;
        this.wanted = wanted;
        this.body = loop.body().perDraw(wantedShared());
    }

    static Expr[] of(Loop loop, Expr node, Expr g, boolean[] wanted) {
        return new LoopAdjoint(loop, node, wanted).run(Cotangent.of(g.materialize(node)));
    }

    /** Symbols of shared operands whose derivative is wanted; the body gives it per draw, and the caller sums. */
    private Set<Expr> wantedShared() {
        Set<Expr> shared = new HashSet<>();
        List<Expr> symbols = loop.body().symbols();
        for (int i = 0; i < symbols.size(); i++) {
            if (loop.body().perDraw() && wanted[i + 1] && !symbols.get(i).isPerDraw()) shared.add(symbols.get(i));
        }
        return shared;
    }

    private Expr[] run(Cotangent g) {
        int size = body.stateSize();
        int steps = loop.steps();
        List<Expr> symbols = body.symbols();
        for (int i = 0; i < symbols.size(); i++) {
            Expr operand = symbols.get(i).isPerDraw() ? node.operand(i + 1).repeatedOverDraws() : node.operand(i + 1);
            (i < body.inputs.size() ? inputs : invariants).put(symbols.get(i), operand);
        }
        inputs.put(body.state, states());

        List<Expr> targets = new ArrayList<>(List.of(body.state));
        List<Integer> operandOf = new ArrayList<>(List.of(0));
        for (int i = 0; i < symbols.size(); i++) {
            if (!wanted[i + 1]) continue;
            targets.add(symbols.get(i));
            operandOf.add(i + 1);
        }
        int sums = 0;
        for (Expr t : targets) if (body.invariants.contains(t)) sums += t.shape().size();
        Expr state = kind("the adjoint of the scan", Shape.of(size + sums), body.perDraw());
        Expr first = seed(g, state.slice(0, size));

        List<@Nullable Expr> derivatives = Gradient.ofProducts(outputs, cotangents, targets);
        Expr ofState = derivatives.get(0);
        List<Expr> next = new ArrayList<>(List.of(ofState == null ? zeros(size) : ofState.materialize(body.state)));
        List<Expr> emitted = new ArrayList<>();
        int at = size;
        for (int i = 1; i < targets.size(); i++) {
            Expr t = targets.get(i);
            Expr d = derivatives.get(i);
            if (body.invariants.contains(t)) {
                Expr sum = state.slice(at, at + t.shape().size());
                next.add(d == null ? sum : sum.plus(d.materialize(t).flatten()));
                at += t.shape().size();
            } else if (d != null) {
                emitted.add(d.materialize(t));
            }
        }
        Expr initial = Expr.concat(first, zeros(sums));
        Expr result = Loop.of(steps, !loop.reverse(), false, false, state, initial, inputs, invariants, next, emitted);
        return contributions(result, g, targets, operandOf, derivatives);
    }

    private Expr[] contributions(Expr result, Cotangent g, List<Expr> targets, List<Integer> operandOf,
                                 List<@Nullable Expr> derivatives) {
        int size = body.stateSize();
        Expr[] contributions = new Expr[node.operandCount()];
        Expr ofInitial = result.slice(0, size);
        if (loop.history() && loop.steps() > 0) {
            int row = loop.reverse() ? loop.steps() : 0;
            Expr direct = g.rows(row * size, (row + 1) * size);
            if (direct != null) ofInitial = ofInitial.plus(direct);
        }
        contributions[0] = ofInitial.reshape(node.operand(0).shape());
        int sum = size;
        int block = 0;
        for (int i = 1; i < targets.size(); i++) {
            int operand = operandOf.get(i);
            Expr whole = node.operand(operand);
            if (body.invariants.contains(targets.get(i))) {
                int to = sum + targets.get(i).shape().size();
                if (derivatives.get(i) != null) contributions[operand] = result.slice(sum, to).reshape(whole.shape());
                sum = to;
            } else if (derivatives.get(i) != null) {
                int from = ((Loop) result.op()).emittedFrom(block++);
                contributions[operand] = result.slice(from, from + whole.shape().size()).reshape(whole.shape());
            }
        }
        return contributions;
    }

    /** The states before each step, in the order of the inputs' rows. */
    private Expr states() {
        Expr run = loop.history() ? node
                : new Loop(loop.body(), loop.steps(), loop.reverse(), true, false).on(operands());
        int size = body.stateSize();
        int from = loop.reverse() ? size : 0;
        return run.slice(from, from + loop.steps() * size).reshape(Shape.of(loop.steps(), size));
    }

    private Expr[] operands() {
        Expr[] operands = new Expr[node.operandCount()];
        for (int i = 0; i < operands.length; i++) operands[i] = node.operand(i);
        return operands;
    }

    /**
     * Gives the body's outputs their adjoints.
     *
     * @param later the adjoint of the next state through the steps after
     * @return the adjoint of the last state
     */
    private Expr seed(Cotangent g, Expr later) {
        int size = body.stateSize();
        int steps = loop.steps();
        int lastFrom = loop.history() && !loop.reverse() ? steps * size : 0;
        Expr last = g.rows(lastFrom, lastFrom + size);
        Expr ofNext = later;
        if (loop.history()) {
            // next states: rows 1 to steps, in reverse 0 to steps - 1; the last of them apart where the others have none
            int from = loop.reverse() ? 0 : size;
            boolean onlyLast = g.rows(loop.reverse() ? size : from, loop.reverse() ? steps * size : lastFrom) == null;
            Expr all = onlyLast ? null : g.rows(from, from + steps * size);
            if (all != null) {
                Expr symbol = kind("an adjoint of the states", Shape.of(size), all.isPerDraw());
                inputs.put(symbol, all.reshape(Shape.of(steps, size)));
                ofNext = later.plus(symbol);
                last = null;
            }
        }
        int at = 0;
        for (Expr x : body.next) {
            int to = at + x.shape().size();
            add(x, ofNext.slice(at, to).reshape(x.shape()));
            at = to;
        }
        for (int i = 0; i < body.emitted.size(); i++) {
            Expr x = body.emitted.get(i);
            int from = loop.emittedFrom(i);
            Expr rows = g.rows(from, from + steps * x.shape().size());
            if (rows == null) continue;
            Expr symbol = kind("an adjoint of what is emitted", x.shape(), rows.isPerDraw());
            inputs.put(symbol, rows.reshape(Shape.of(steps, x.shape().size())));
            add(x, symbol);
        }
        return last == null ? zeros(size) : last;
    }

    /** An output that is shared in a loop per draw depends on nothing that is differentiated. */
    private void add(Expr output, Expr cotangent) {
        if (output.isPerDraw() != body.perDraw()) return;
        outputs.add(output);
        cotangents.add(cotangent.materialize(output));
    }

    private static Expr kind(String name, Shape shape, boolean perDraw) {
        return perDraw ? Expr.perDraw(name, shape) : Expr.shared(name, shape, new double[shape.size()]);
    }

    private static Expr zeros(int n) {
        return Expr.vector(new double[n]);
    }
}
