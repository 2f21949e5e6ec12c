package org.fluvia.autodiff;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Asked;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.kernel.provider.KernelProvider;

/**
 * Evaluates shared expressions with the values that their inputs were declared with.
 *
 * <p>What is asked here of data while a model is recorded decides what is recorded, or is a check. Where the data are inputs it is
 * remembered, so that other data are refused for which the recording would be another one.
 */
public final class SharedValues {
    private SharedValues() {}

    /**
     * The elements of a shared expression, row-major. Where data are inputs, it can only have these values from then on.
     *
     * @throws IllegalArgumentException if the expression is per draw
     */
    public static double[] of(Expr shared) {
        Asked<Expr> asked = Asked.current();
        return asked == null ? example(shared) : asked.values(shared);
    }

    /** Whether all elements are such: where data are inputs, the answer must stay the same, and not the values. */
    public static boolean all(Expr shared, DoublePredicate predicate) {
        Asked<Expr> asked = Asked.current();
        return asked == null ? Arrays.stream(example(shared)).allMatch(predicate) : asked.all(shared, predicate);
    }

    /**
     * Makes a check, which throws what is wrong with the values that it asks for. Where data are inputs, it is made again for other
     * data; what is recorded must not depend on what it asks for.
     */
    public static void check(Runnable check) {
        Asked<Expr> asked = Asked.current();
        if (asked == null) check.run();
        else asked.check(check);
    }

    /** Whether the expression is made of data that are inputs, so that nothing may be computed of its values once and for all. */
    public static boolean mayChange(Expr shared) {
        Asked<Expr> asked = Asked.current();
        return asked != null && asked.mayChange(shared);
    }

    /** The elements of a shared expression, row-major, where what is recorded is right whatever they are. */
    public static double[] example(Expr shared) {
        if (shared.isPerDraw()) {
            throw new IllegalArgumentException("value: " + shared + " differs from draw to draw" + Source.suffix());
        }
        double[] known = shared.op().known();
        return known != null ? known.clone() : at(List.of(shared), Map.of()).get(0);
    }

    /**
     * The elements of shared expressions where some inputs have other values. One operation after the other, each value in a place
     * of its own.
     *
     * @param inputs elements of shared inputs, row-major; not modified
     */
    public static List<double[]> at(List<Expr> shared, Map<Expr, double[]> inputs) {
        List<Expr> all = Dag.reachable(shared);
        Map<Expr, Slot> slots = new HashMap<>();
        int size = 0;
        int places = 0;
        for (Expr x : all) {
            if (x.isPerDraw()) throw new IllegalArgumentException("value: " + shared.get(0) + " depends on " + x + ", which differs from draw to draw");
            if (x.op().viewFrom() >= 0) {
                slots.put(x, at(slots, x.operand(0)).part(x.op().viewFrom(), x.size()));
            } else {
                slots.put(x, new Slot(Slot.Region.SHARED, size, x.size()));
                size += x.size() + x.op().scratch(false);
                places = Math.max(places, x.op().places());
            }
        }
        double[] memory = new double[size];
        Frame f = new Frame(memory, new double[0], places, KernelProvider.kernels(), () -> {});
        for (Expr x : all) {
            Slot out = at(slots, x);
            double[] given = inputs.get(x);
            double[] known = given != null ? given : x.op().known();
            if (known != null) {
                System.arraycopy(known, 0, memory, out.offset(), x.size());
            } else if (x.op().viewFrom() < 0 && x.size() > 0) {
                x.op().run(f, operands(x, slots), out);
            }
        }
        List<double[]> values = new ArrayList<>();
        for (Expr x : shared) {
            int from = at(slots, x).offset();
            values.add(Arrays.copyOfRange(memory, from, from + x.size()));
        }
        return values;
    }

    private static Slot at(Map<Expr, Slot> slots, Expr x) {
        return requireNonNull(slots.get(x));
    }

    private static Slot[] operands(Expr x, Map<Expr, Slot> slots) {
        int scratch = x.op().scratch(false);
        Slot[] in = new Slot[x.operandCount() + (scratch > 0 ? 1 : 0)];
        for (int i = 0; i < x.operandCount(); i++) in[i] = at(slots, x.operand(i));
        Slot out = at(slots, x);
        if (scratch > 0) in[in.length - 1] = new Slot(Slot.Region.SHARED, out.offset() + out.elements(), scratch);
        return in;
    }
}
