package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.loop.Cotangent;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The solution of an ordinary differential equation at one time, and the way there: operands y0 (n), t0, times (1), the system's
 * invariants and constants; the result is {@link OdePath}'s.
 */
public record OdeEnd(OdeSystem system, OdeBlocks blocks, OdeSettings settings) implements Op<Expr> {

    /** For operands that may be of another kind than the system's symbols. */
    static Expr of(OdeSystem system, OdeSettings settings, List<Expr> operands) {
        List<Expr> fit = new ArrayList<>();
        OdeSystem s = system.on(operands, new boolean[operands.size()], fit);
        // f may not depend on what differs
        if (s.state().isPerDraw()) s = new OdeSystem(s.time(), s.state(), s.invariants(), s.rate().repeatedOverDraws());
        OdeBlocks blocks = OdeBlocks.of(s, false, false, List.of());
        fit.addAll(blocks.constants());
        return Expr.of(new OdeEnd(s, blocks, settings), Shape.of(OdePath.rows(s.size(), settings.maxSteps())), fit.toArray(new Expr[0]));
    }

    @Override
    public String label() {
        return "ode";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        boolean[] all = new boolean[node.operandCount()];
        Arrays.fill(all, true);
        return adjoint(node, g, all);
    }

    /** Back along the way. */
    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g, boolean[] by) {
        Expr[] contributions = new Expr[node.operandCount()];
        int n = system.size();
        Expr c = Cotangent.of(g.materialize(node)).rows(0, n);
        if (c == null) return contributions;
        int invariants = system.invariants().size();
        OdePullback pullback = OdePullback.of(system, Arrays.copyOfRange(by, 3, 3 + invariants));
        Expr result = OdeBack.of(blocks.stage().body(), pullback.body(), node, c);

        contributions[0] = result.slice(0, n).reshape(node.operand(0).shape());
        Map<Expr, Expr> outside = new HashMap<>();
        for (int i = 0; i < invariants; i++) outside.put(system.invariants().get(i), node.operand(3 + i));
        List<Expr> sums = pullback.body().sums;
        if (!sums.isEmpty()) {
            Expr all = Expr.of(new TileSums(OdeCall.results(pullback.body())), Shape.of(pullback.body().plan.sumsSize), result);
            for (int k = 0; k < sums.size(); k++) {
                int from = pullback.body().plan.sumsFrom[k];
                outside.put(sums.get(k), all.slice(from, from + sums.get(k).shape().size()).reshape(sums.get(k).shape()));
            }
        }
        int at = n;
        for (int i = 0; i < invariants; i++) {
            Expr d = pullback.derivatives().get(i);
            if (d == null) continue;
            if (d.isPerDraw() == system.state().isPerDraw()) {
                contributions[3 + i] = result.slice(at, at + d.shape().size()).reshape(d.shape());
                at += d.shape().size();
            } else {
                contributions[3 + i] = Dag.substitute(List.of(d), outside).get(0);
            }
        }
        return contributions;
    }

    @Override
    public Expr on(Expr node, List<Expr> operands) {
        return Source.attribute(node.source(), () -> of(system, settings, operands.subList(0, 3 + system.invariants().size())));
    }

    @Override
    public int scratch(boolean perDraw) {
        return OdeRun.rows(blocks, new DormandPrince(false), perDraw);
    }

    @Override
    public int places() {
        return OdeEvaluation.places(blocks);
    }

    /** A guess: some steps of six stages. */
    @Override
    public long work(int elements) {
        return 60L * (blocks.stage().body().plan.work + 10L * blocks.width());
    }

    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return true;
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        ((OdeRun) f.helper(this, OdeEnd::newRun)).run(f, in, out);
    }

    private Object newRun() {
        return new OdeRun(blocks, settings, new DormandPrince(false), new OdePath());
    }

    @Override
    public String explain(Expr node, double[] values, IntFunction<double[]> operands) {
        int reason = OdePath.reason(system.size());
        return OdeSolve.why((int) values[reason], values[reason + 1], settings, node, "");
    }

    /** Two systems that compile to the same are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OdeEnd e && blocks.equals(e.blocks) && settings.equals(e.settings);
    }

    @Override
    public int hashCode() {
        return 31 * blocks.hashCode() + settings.hashCode();
    }
}
