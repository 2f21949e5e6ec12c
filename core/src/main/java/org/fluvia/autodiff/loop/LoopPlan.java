package org.fluvia.autodiff.loop;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.compile.Node;
import org.fluvia.autodiff.compile.Numbering;
import org.fluvia.autodiff.compile.Step;
import org.fluvia.autodiff.compile.TilePlan;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.memory.Slot.Region;
import org.fluvia.autodiff.op.Form;

/**
 * The body of a loop as a list of operations with their memory. All memory is reached through pointers, see
 * {@link Slot#pointer}, so that one plan serves every step and every program.
 */
public final class LoopPlan {
    /** The body's own values per draw, and shared ones. */
    public static final int ROWS = 1;
    public static final int SHARED = 2;
    public static final int STATE = 3;
    public static final int NEXT = 4;
    /** Sums over draws. */
    public static final int SUMS = 5;
    /** The first thing emitted; the others, inputs, invariants and constants follow. */
    public static final int EMITTED = 6;

    /** Rows of values per draw. */
    public final int rows;
    /** Doubles of shared values. */
    public final int sharedSize;
    /** Doubles of sums over draws, and where among them each begins. */
    public final int sumsSize;
    public final int[] sumsFrom;
    /** The pointers of this body, and those of loops inside it. */
    public final int pointers;
    public final int innerPlaces;
    /** Elements of a row. */
    public final int[] inputSizes;
    public final int[] emittedSizes;
    /** Roughly how many elements a step computes for a draw. */
    public final long work;
    private final Step[] steps;

    public LoopPlan(LoopBody body) {
        boolean draws = body.perDraw();
        inputSizes = body.inputs.stream().mapToInt(x -> x.shape().size()).toArray();
        emittedSizes = body.emitted.stream().mapToInt(x -> x.shape().size()).toArray();
        Numbering<Expr> numbering = Numbering.of(withSymbols(body));
        List<Node> kept = new ArrayList<>();
        place(numbering.node(body.state), STATE, kept);
        int pointer = EMITTED + body.emitted.size();
        for (Expr x : body.symbols()) place(numbering.node(x), pointer++, kept);
        for (Expr x : body.constants) place(numbering.node(x), pointer++, kept);
        pointers = pointer - 1;

        Map<Node, Slot> sums = new LinkedHashMap<>();
        int size = 0;
        for (Expr x : body.sums) {
            if (sums.putIfAbsent(numbering.node(x), new Slot(Region.SHARED, size, x.shape().size(), SUMS)) == null) size += x.shape().size();
        }
        sumsSize = size;
        sumsFrom = body.sums.stream().mapToInt(x -> requireNonNull(sums.get(numbering.node(x))).offset()).toArray();
        sums.forEach((n, slot) -> n.slot = slot);

        List<Node> outputs = body.outputs().stream().map(numbering::node).toList();
        List<Slot> places = outputPlaces(body);
        for (int i = 0; i < places.size(); i++) {
            Node n = outputs.get(i);
            if (n.slot == null && !n.isView() && n.perDraw == draws) n.slot = places.get(i);
        }
        kept.addAll(outputs);

        List<Node> nodes = numbering.needed(outputs);
        List<Step> all = new ArrayList<>();
        sharedSize = planShared(nodes.stream().filter(n -> !n.perDraw && !sums.containsKey(n)).toList(), all);
        List<Node> perDraw = nodes.stream().filter(n -> n.perDraw || sums.containsKey(n)).toList();
        Set<Node> needed = new HashSet<>(perDraw);
        TilePlan plan = TilePlan.ofBody(perDraw, kept.stream().filter(needed::contains).toList(), sums, ROWS);
        rows = plan.rows();
        all.addAll(List.of(plan.steps()));
        for (int i = 0; i < places.size(); i++) {
            Slot from = outputs.get(i).place();
            Slot to = places.get(i);
            if (!from.equals(to)) {
                all.add(new Step(new Move(), new Slot[] {from}, to));
            }
        }
        steps = all.toArray(new Step[0]);
        work = work(steps);
        innerPlaces = nodes.stream().mapToInt(n -> n.op.places()).max().orElse(0);
    }

    /** One step of the loop; the pointers are set. */
    public void run(Frame f) {
        for (Step s : steps) s.run(f);
    }

    private static long work(Step[] steps) {
        long work = 0;
        for (Step s : steps) work += s.op().work(s.out().elements());
        return work;
    }

    /** Symbols that the outputs do not use have a node too. */
    private static List<Expr> withSymbols(LoopBody body) {
        List<Expr> all = body.outputs();
        all.add(body.state);
        all.addAll(body.symbols());
        return all;
    }

    private static void place(Node n, int pointer, List<Node> kept) {
        n.slot = new Slot(n.perDraw ? Region.TILE : Region.SHARED, 0, n.elements, pointer);
        kept.add(n);
    }

    private static List<Slot> outputPlaces(LoopBody body) {
        Region region = body.perDraw() ? Region.TILE : Region.SHARED;
        List<Slot> places = new ArrayList<>();
        int at = 0;
        for (Expr x : body.next) {
            places.add(new Slot(region, at, x.shape().size(), NEXT));
            at += x.shape().size();
        }
        for (int i = 0; i < body.emitted.size(); i++) {
            places.add(new Slot(region, 0, body.emitted.get(i).shape().size(), EMITTED + i));
        }
        return places;
    }

    private static int planShared(List<Node> nodes, List<Step> steps) {
        int size = 0;
        for (Node n : nodes) {
            if (n.isView()) {
                n.slot = n.root().place().part(n.rootRow(), n.elements);
                continue;
            }
            if (n.op.form() == Form.INPUT || n.op.form() == Form.CONSTANT) continue;
            if (n.slot == null) {
                n.slot = new Slot(Region.SHARED, size, n.elements, SHARED);
                size += n.elements;
            }
            int scratch = n.op.scratch(false);
            steps.add(new Step(n.op, n.operandSlots(new Slot(Region.SHARED, size, scratch, SHARED)), n.place()));
            size += scratch;
        }
        return size;
    }
}
