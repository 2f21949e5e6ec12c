package org.fluvia.autodiff;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Dag;
import org.fluvia.kernel.provider.KernelProvider;

/** Evaluates shared expressions with the values that their inputs were declared with. */
public final class SharedValues {
    private SharedValues() {}

    /**
     * The elements of a shared expression, row-major.
     *
     * @throws IllegalArgumentException if the expression is per draw
     */
    public static double[] of(Expr shared) {
        if (shared.isPerDraw()) {
            throw new IllegalArgumentException("value: " + shared + " differs from draw to draw" + Source.suffix());
        }
        double[] known = shared.op().known();
        return known != null ? known.clone() : evaluate(shared);
    }

    /** One operation after the other, each value in a place of its own. */
    private static double[] evaluate(Expr shared) {
        List<Expr> all = Dag.reachable(List.of(shared));
        Map<Expr, Slot> slots = new HashMap<>();
        int size = 0;
        int places = 0;
        for (Expr x : all) {
            if (x.isPerDraw()) throw new IllegalArgumentException("value: " + shared + " depends on " + x + ", which differs from draw to draw");
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
            double[] known = x.op().known();
            if (known != null) {
                System.arraycopy(known, 0, memory, out.offset(), known.length);
            } else if (x.op().viewFrom() < 0 && x.size() > 0) {
                x.op().run(f, operands(x, slots), out);
            }
        }
        int from = at(slots, shared).offset();
        return Arrays.copyOfRange(memory, from, from + shared.size());
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
