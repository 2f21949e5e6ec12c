package org.fluvia.autodiff.ode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Matrices;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Source;
import org.fluvia.autodiff.loop.Cotangent;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;
import org.jspecify.annotations.Nullable;

/**
 * The solution of an ordinary differential equation at given times: operands y0 (n), t0, times (T), the system's invariants
 * and constants. The result has the solution (T x n); its derivatives (T x n x columns) by y0, if that is per draw, and by the
 * invariants that are per draw; and why and when it could not go on, see {@link OdeRun}.
 *
 * <p>Solution and derivatives are solved for together, as their errors are to stay within the tolerances together.
 *
 * @param wanted the operands by which there are derivatives
 */
public record OdeSolve(OdeSystem system, OdeBlocks blocks, OdeSettings settings, int times, List<Boolean> wanted) implements Op<Expr> {

    /** The solution, with derivatives by the operands that are per draw. */
    static Expr of(OdeSystem system, OdeSettings settings, Expr y0, Expr t0, Expr times, List<Expr> invariants) {
        List<Expr> operands = new ArrayList<>(List.of(y0, t0, times));
        operands.addAll(invariants);
        boolean[] wanted = new boolean[operands.size()];
        for (int i = 0; i < wanted.length; i++) wanted[i] = operands.get(i).isPerDraw();
        return of(system, settings, operands, wanted);
    }

    /** The solution of a system in which the operands may be of another kind than its symbols. */
    private static Expr of(OdeSystem system, OdeSettings settings, List<Expr> operands, boolean[] wanted) {
        List<Expr> fit = new ArrayList<>();
        OdeSystem s = system.on(operands, wanted, fit);
        List<Expr> columns = new ArrayList<>();
        for (int i = 3; i < operands.size(); i++) if (wanted[i]) columns.add(s.invariants().get(i - 3));
        OdeBlocks blocks = OdeBlocks.of(s, settings.stiff(), wanted[0], columns);
        fit.addAll(blocks.constants());
        List<Boolean> by = new ArrayList<>();
        for (boolean b : wanted) by.add(b);
        int times = operands.get(2).shape().size();
        OdeSolve op = new OdeSolve(s, blocks, settings, times, List.copyOf(by));
        return Expr.of(op, Shape.of(times * blocks.width() + 2), fit.toArray(new Expr[0]));
    }

    /** The operation on other operands; derivatives by the same. */
    Expr on(Expr... operands) {
        return of(system, settings, List.of(operands).subList(0, wanted.size()), wantedOrNot());
    }

    private boolean[] wantedOrNot() {
        boolean[] all = new boolean[wanted.size()];
        for (int i = 0; i < all.length; i++) all[i] = wanted.get(i);
        return all;
    }

    @Override
    public String label() {
        return "ode";
    }

    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g) {
        boolean[] all = new boolean[node.operandCount()];
        Arrays.fill(all, 0, wanted.size(), true);
        return adjoint(node, g, all);
    }

    /** The cotangent times the derivatives. What they were not found by when the solution was recorded, they are found by anew. */
    @Override
    public @Nullable Expr[] adjoint(Expr node, Expr g, boolean[] by) {
        boolean[] all = wantedOrNot();
        boolean enough = true;
        List<Expr> operands = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            operands.add(node.operand(i));
            boolean more = by[i] && !all[i] && i != 1 && i != 2;
            enough &= !more;
            all[i] |= more;
        }
        Expr solved = enough ? node : of(system, settings, operands, all);
        OdeSolve with = (OdeSolve) solved.op();
        int n = times * system.size();
        Cotangent cotangent = Cotangent.of(g.materialize(node));
        if (cotangent.rows(n, n + n * blocks.columns()) != null) {
            throw new UnsupportedOperationException("ode: second derivatives of a solution");
        }
        Expr[] contributions = new Expr[node.operandCount()];
        Expr c = cotangent.rows(0, n);
        int columns = with.blocks.columns();
        if (c == null || columns == 0) return contributions;
        Expr derivatives = solved.slice(n, n + n * columns).reshape(Shape.of(n, columns));
        Expr product = Matrices.transposedTimes(derivatives, c);
        int at = 0;
        for (int i = 0; i < all.length; i++) {
            if (!all[i]) continue;
            int to = at + node.operand(i).shape().size();
            if (by[i]) contributions[i] = product.slice(at, to).reshape(node.operand(i).shape());
            at = to;
        }
        return contributions;
    }

    @Override
    public Expr on(Expr node, List<Expr> operands) {
        return Source.attribute(node.source(), () -> on(operands.toArray(new Expr[0])));
    }

    @Override
    public int scratch(boolean perDraw) {
        return OdeRun.rows(blocks, stepper(), perDraw);
    }

    @Override
    public int places() {
        return OdeEvaluation.places(blocks);
    }

    /** A guess: some steps of six stages from time to time. */
    @Override
    public long work(int elements) {
        return 20L * times * (blocks.stage().body().plan.work + 10L * blocks.width());
    }

    @Override
    public boolean firstDerivativesOnly(Expr node) {
        return true;
    }

    @Override
    public void run(Frame f, Slot[] in, Slot out) {
        ((OdeRun) f.helper(this, OdeSolve::newRun)).run(f, in, out);
    }

    private OdeStepper stepper() {
        return settings.stiff() ? new Rodas() : new DormandPrince(true);
    }

    private Object newRun() {
        return new OdeRun(blocks, settings, stepper(), new OdeTimes(times));
    }

    @Override
    public String explain(Expr node, double[] values, IntFunction<double[]> operands) {
        int status = times * blocks.width();
        String advice = settings.stiff() ? "" : "; is it stiff? use Ode.stiff()";
        return why((int) values[status], values[status + 1], settings, node, advice);
    }

    static String why(int reason, double time, OdeSettings settings, Expr node, String advice) {
        String when = "at t = " + time + " (" + node.source() + ")";
        return switch (reason) {
            case OdeRun.TOO_MANY_STEPS -> "ode: more than " + settings.maxSteps() + " steps " + when + advice;
            case OdeRun.STEP_VANISHED -> "ode: the step size vanished " + when + "; the solution may have no value there" + advice;
            default -> "ode: the solution or its derivative is not finite " + when;
        };
    }

    /** Two systems that compile to the same are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OdeSolve s && blocks.equals(s.blocks) && settings.equals(s.settings) && times == s.times
                && wanted.equals(s.wanted);
    }

    @Override
    public int hashCode() {
        return 31 * blocks.hashCode() + times;
    }
}
