package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fluvia.autodiff.compile.Step;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Op;

/** Where the time of a tile goes, operation by operation: lent to the benchmarks, which cannot see a program's steps. */
public final class StepTimes {
    private StepTimes() {}

    /**
     * Operations of one kind and size.
     *
     * @param label the operation and the sizes of its operands and result
     * @param once whether they run once a step, and not once for each tile
     * @param count how many there are
     * @param seconds of one of them, the least of many trials with nothing between them but the clock
     * @param flops floating-point operations of a matrix product, 0 for others
     */
    public record Row(String label, boolean once, int count, double seconds, double flops) {
        /** Seconds in a replay. */
        public double total(int tiles) {
            return count * seconds * times(tiles);
        }

        /** How often they run in a replay. */
        public int times(int tiles) {
            return once ? 1 : tiles;
        }
    }

    /**
     * Times the steps of a workspace's program, those of draws on one tile. To be called after a replay, whose first tile is replayed.
     *
     * @param replays of the tile; each step's least time counts
     */
    public static List<Row> of(Workspace workspace, int replays) {
        Program program = workspace.program();
        Frame f = workspace.frame();
        f.valid = f.width;
        f.firstOfGroup = true;
        List<Row> rows = new ArrayList<>(rows(program.before, f, true, replays / 10));
        rows.addAll(rows(program.tile, f, false, replays));
        rows.addAll(rows(program.after, f, true, replays / 10));
        return rows;
    }

    private static List<Row> rows(Step[] steps, Frame f, boolean once, int replays) {
        long[] least = new long[steps.length];
        java.util.Arrays.fill(least, Long.MAX_VALUE);
        for (int r = 0; r < replays; r++) {
            for (int i = 0; i < least.length; i++) {
                long start = System.nanoTime();
                steps[i].run(f);
                least[i] = Math.min(least[i], System.nanoTime() - start);
            }
        }
        Map<String, List<Integer>> kinds = new TreeMap<>();
        for (int i = 0; i < least.length; i++) kinds.computeIfAbsent(label(steps[i]), k -> new ArrayList<>()).add(i);
        List<Row> rows = new ArrayList<>();
        kinds.forEach((label, of) -> {
            double sum = 0;
            for (int i : of) sum += least[i] * 1e-9;
            rows.add(new Row(label, once, of.size(), sum / of.size(), flops(steps[of.get(0)], f.width)));
        });
        return rows;
    }

    /** Draws in a tile of the last replay. */
    public static int width(Workspace workspace) {
        return workspace.frame().width;
    }

    private static String label(Step step) {
        StringBuilder b = new StringBuilder(step.op().label());
        String separator = " ";
        for (Slot s : step.operands()) {
            b.append(separator).append(s.elements()).append(s.perDraw() ? " x draws" : "");
            separator = ", ";
        }
        return b.append(" to ").append(step.out().elements()).append(step.out().perDraw() ? " x draws" : "").toString();
    }

    private static double flops(Step step, int width) {
        Op<?> op = step.op();
        if (op instanceof MatMul m) return 2.0 * m.m() * m.k() * width;
        if (op instanceof MatMulPlus m) return 2.0 * m.m() * m.k() * width;
        return op instanceof OuterDraws o ? 2.0 * o.m() * o.n() * width : 0;
    }
}
