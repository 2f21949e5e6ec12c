package org.fluvia.autodiff.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.analysis.OneDraw;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence of many steps as one operation. Operands: the first state (s); inputs, each (steps x n), of which a step sees
 * a row; invariants; the body's constants. The result has the states first, then for each thing emitted its rows, one a
 * step, in the order of the inputs' rows.
 *
 * @param reverse whether the last row is the first step
 * @param history whether the result has all states: row t is the state before step t, row {@code steps} the last one; in
 *     reverse, row t + 1 is the state before step t, row 0 the last one. Without history it has the last state alone.
 * @param searches whether it ends before its steps do, once the last part of the state is 0 in every draw. Only what no longer changes
 *     then may be used of the result, so that a draw depends on no other. It has no derivative.
 */
public record Loop(LoopBody body, int steps, boolean reverse, boolean history, boolean searches) implements Op<Expr> {
    /** A guess of how many steps it takes to find something. */
    private static final int TYPICAL_SEARCH = 8;

    /**
     * A loop. What the body does not use is left out.
     *
     * @param inputs the symbols of the body and the operands that they stand for
     * @param invariants likewise
     */
    public static Expr of(int steps, boolean reverse, boolean history, boolean searches, Expr state, Expr initial, Map<Expr, Expr> inputs,
                   Map<Expr, Expr> invariants, List<Expr> next, List<Expr> emitted) {
        List<Expr> outputs = new ArrayList<>(next);
        outputs.addAll(emitted);
        Set<Expr> used = new HashSet<>(Dag.reachable(outputs));
        List<Expr> rows = inputs.keySet().stream().filter(used::contains).toList();
        List<Expr> fixed = invariants.keySet().stream().filter(used::contains).toList();
        LoopBody body = new LoopBody(state, rows, fixed, next, emitted);
        List<Expr> operands = new ArrayList<>(List.of(initial));
        rows.forEach(x -> operands.add(inputs.get(x)));
        fixed.forEach(x -> operands.add(invariants.get(x)));
        operands.addAll(body.constants);
        return new Loop(body, steps, reverse, history, searches).on(operands.toArray(new Expr[0]));
    }

    /** The operation on these operands, each made of the kind that the body expects. */
    public Expr on(Expr... operands) {
        Expr[] fit = operands.clone();
        Set<Expr> nowPerDraw = new HashSet<>();
        List<Expr> symbols = body.symbols();
        boolean any = operands[0].isPerDraw();
        for (int i = 0; i < symbols.size(); i++) {
            Expr symbol = symbols.get(i);
            if (symbol.isPerDraw()) {
                fit[i + 1] = operands[i + 1].repeatedOverDraws();
            } else if (operands[i + 1].isPerDraw()) {
                nowPerDraw.add(symbol);
            }
            any |= fit[i + 1].isPerDraw();
        }
        if (any && !body.perDraw()) nowPerDraw.add(body.state);
        if (!any && body.perDraw()) fit[0] = operands[0].repeatedOverDraws();
        Loop loop = nowPerDraw.isEmpty() ? this : new Loop(body.perDraw(nowPerDraw), steps, reverse, history, searches);
        return Expr.of(loop, Shape.of(loop.size()), fit);
    }

    @Override
    public String label() {
        return searches ? "solve" : "scan";
    }

    /** The number of rows of states in the result. */
    public int stateRows() {
        return history ? steps + 1 : 1;
    }

    /** The first element of the rows of a thing emitted. */
    public int emittedFrom(int i) {
        int from = stateRows() * body.stateSize();
        for (Expr x : body.emitted.subList(0, i)) from += steps * x.shape().size();
        return from;
    }

    private int size() {
        return emittedFrom(body.emitted.size());
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        boolean[] wanted = new boolean[node.operandCount()];
        Arrays.fill(wanted, true);
        return adjoint(node, g, wanted);
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g, boolean[] wanted) {
        return searches ? new Expr[node.operandCount()] : LoopAdjoint.of(this, node, g, wanted);
    }

    /** The body's own memory; without history also a second state, as steps write one while they read the other. */
    @Override
    public int scratch(boolean perDraw) {
        int second = history ? 0 : body.stateSize();
        // rows of a tile have at least 8 doubles
        return Math.max(1, second + (perDraw ? body.plan.rows + (body.plan.sharedSize + 7) / 8 : body.plan.sharedSize));
    }

    @Override
    public int places() {
        return body.plan.pointers + body.plan.innerPlaces;
    }

    @Override
    public Expr on(Expr node, List<Expr> operands) {
        return Source.attribute(node.source(), () -> on(operands.toArray(new Expr[0])));
    }

    @Override
    public long work(int elements) {
        return elements + (searches ? Math.min(steps, TYPICAL_SEARCH) : steps) * body.plan.work;
    }

    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return searches || body().hasFirstDerivativesOnly();
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        LoopPlan plan = body.plan;
        int w = f.stride(out);
        int row = body.stateSize() * w;
        Slot scratch = in[in.length - 1];
        double[] own = f.array(scratch);
        int second = f.at(scratch);
        int rows = second + (history ? 0 : row);
        double[] result = f.array(out);
        int first = f.at(out);

        int outer = f.base;
        int base = f.top;
        f.top += plan.pointers;
        point(f, base + LoopPlan.ROWS, own, rows);
        point(f, base + LoopPlan.SHARED, own, rows + plan.rows * w);
        int emitted = first + stateRows() * row;
        int p = base + LoopPlan.EMITTED;
        for (int i = 0; i < plan.emittedSizes.length; i++, p++) {
            int step = plan.emittedSizes[i] * w;
            point(f, p, result, emitted + (reverse ? (steps - 1) * step : 0));
            emitted += steps * step;
        }
        int inputs = p;
        for (int k = 1; k < in.length - 1; k++, p++) {
            boolean moves = k <= plan.inputSizes.length;
            int lastRow = moves && reverse ? (steps - 1) * plan.inputSizes[k - 1] * f.stride(in[k]) : 0;
            point(f, p, f.array(in[k]), f.at(in[k]) + lastRow);
        }
        // without history the states take turns in two places, so that the last is in the result
        boolean inResult = history || steps % 2 == 0;
        int at = history && reverse ? first + steps * row : first;
        f.copy(in[0], body.stateSize(), out.perDraw(), inResult ? result : own, inResult ? at : second);
        f.base = base;
        try {
            boolean on = true;
            for (int i = 0; i < steps && on; i++) {
                if (history) {
                    point(f, base + LoopPlan.STATE, result, at);
                    at += reverse ? -row : row;
                    point(f, base + LoopPlan.NEXT, result, at);
                } else {
                    point(f, base + LoopPlan.STATE, inResult ? result : own, inResult ? first : second);
                    inResult = !inResult;
                    point(f, base + LoopPlan.NEXT, inResult ? result : own, inResult ? first : second);
                }
                plan.run(f);
                f.worked(plan.work * w);
                move(f, base, inputs, in, w);
                if (searches) on = goesOn(f.arrays[base + LoopPlan.NEXT], f.places[base + LoopPlan.NEXT], w);
            }
            if (!history && !inResult) System.arraycopy(own, second, result, first, row);
        } finally {
            f.base = outer;
            f.top = base;
        }
    }

    /** Whether the last part of a state is not 0 somewhere. */
    private boolean goesOn(double[] state, int at, int w) {
        int from = at + (body.stateSize() - body.next.get(body.next.size() - 1).size()) * w;
        for (int i = from; i < at + body.stateSize() * w; i++) if (state[i] != 0) return true;
        return false;
    }

    /** On to the next rows. */
    private void move(Frame f, int base, int inputs, Slot[] in, int w) {
        int direction = reverse ? -1 : 1;
        int[] emittedSizes = body.plan.emittedSizes;
        for (int i = 0; i < emittedSizes.length; i++) f.places[base + LoopPlan.EMITTED + i] += direction * emittedSizes[i] * w;
        int[] inputSizes = body.plan.inputSizes;
        for (int k = 0; k < inputSizes.length; k++) f.places[inputs + k] += direction * inputSizes[k] * f.stride(in[k + 1]);
    }

    private static void point(Frame f, int entry, double[] array, int at) {
        f.arrays[entry] = array;
        f.places[entry] = at;
    }

    /** The first step whose result is not finite. */
    @Override
    public @Nullable String explain(Expr node, double[] values, IntFunction<double[]> operands) {
        if (searches) return "solve gives NaN (" + node.source() + "): nothing was found in " + steps + " steps at most";
        List<Expr> symbols = body.symbols();
        double[] state = operands.apply(0);
        for (int i = 0; i < steps; i++) {
            int t = reverse ? steps - 1 - i : i;
            Map<Expr, double[]> given = new HashMap<>();
            given.put(body.state, state);
            for (int k = 0; k < symbols.size(); k++) {
                int n = symbols.get(k).size();
                int from = k < body.inputs.size() ? t * n : 0;
                given.put(symbols.get(k), Arrays.copyOfRange(operands.apply(k + 1), from, from + n));
            }
            OneDraw step = OneDraw.of(body.all, given);
            if (!body.outputs().stream().allMatch(step::isFinite)) {
                String first = step.firstBreak();
                return first == null ? null : first + ", in step " + (t + 1) + " of " + steps + " of the scan (" + node.source() + ")";
            }
            int to = 0;
            state = new double[state.length];
            for (Expr part : body.next) {
                double[] v = step.values(part);
                System.arraycopy(v, 0, state, to, v.length);
                to += v.length;
            }
        }
        return null;
    }
}
