package org.fluvia.autodiff;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.autodiff.compile.Node;
import org.fluvia.autodiff.compile.Node.Phase;
import org.fluvia.autodiff.compile.Numbering;
import org.fluvia.autodiff.compile.SharedPlan;
import org.fluvia.autodiff.compile.Step;
import org.fluvia.autodiff.compile.TilePlan;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.provider.KernelProvider;

/**
 * A recorded computation with its memory planned: a flat list of operations that a {@link Workspace} replays for many
 * draws. Immutable; shared by threads.
 *
 * <p>Shared values are computed once before the tiles of draws, values per draw tile by tile, and what depends on sums over
 * draws once after them.
 */
public final class Program {
    /** A piece of a tile's steps that computes as many elements for a draw is long enough. */
    private static final long PIECE = 1 << 12;
    /** Doubles in a tile's memory that still fit the second-level cache of common machines. */
    private static final int TILE_DOUBLES = 64 * 1024;
    private static final int MOST_GROUPS = 8;
    private static final int WIDEST_TILE = 256;
    /**
     * Even where a tile's memory then exceeds that cache: narrow rows cost matrix products and the small operations of loops more than
     * the third-level cache does, and elementwise operations on many rows go through them in blocks whatever their width. Measured with
     * tiles of 8, 16, 32 and 64 draws: products and loops gain up to a factor of 2, nothing loses.
     */
    private static final int NARROWEST_TILE = 64;
    /** Memory bounds that. */
    private static final int MOST_TILE_DOUBLES = 4 * 1024 * 1024;

    final Step[] before;
    /** For each step before the tiles, the shared inputs (bits, by position) that it depends on. */
    final BitSet[] dependencies;
    final Step[] tile;
    /** Pieces of the tile's steps between which a replay may stop: where each ends, and roughly how many elements it computes for a draw. */
    final int[] pieceEnds;
    final long[] pieceWork;
    final Step[] after;
    final int sharedSize;
    /** Sums over draws: so many doubles, at the beginning of the shared memory and in that of each group of tiles. */
    final int sumsSize;
    final int tileRows;
    /** The moving places that a frame must have: see {@link Slot#pointer}. */
    final int places;
    /** Where inputs, constants and outputs are. */
    private final Map<Expr, Slot> slots = new HashMap<>();
    final List<Expr> sharedInputs = new ArrayList<>();
    final List<Expr> drawInputs = new ArrayList<>();
    final List<Expr> constants = new ArrayList<>();
    final List<Expr> outputs;

    private Program(List<Expr> outputs) {
        this.outputs = List.copyOf(outputs);
        Numbering<Expr> numbering = Numbering.of(outputs);
        List<Node> roots = outputs.stream().map(numbering::node).toList();
        List<Node> nodes = numbering.needed(roots);

        SharedPlan shared = new SharedPlan(nodes);
        sharedSize = shared.size();
        sumsSize = shared.sumsSize;
        TilePlan plan = TilePlan.of(nodes.stream().filter(n -> n.perDraw || n.op.sumsDraws()).toList(), roots, shared.group);
        tile = plan.steps();
        long[] work = new long[tile.length];
        int[] ends = new int[tile.length];
        int pieces = 0;
        for (int i = 0; i < tile.length; i++) {
            work[pieces] += tile[i].op().work(tile[i].out().elements());
            ends[pieces] = i + 1;
            if (work[pieces] >= PIECE) pieces++;
        }
        int all = pieces < tile.length && ends[pieces] > 0 ? pieces + 1 : pieces;
        pieceEnds = Arrays.copyOf(ends, all);
        pieceWork = Arrays.copyOf(work, all);
        tileRows = plan.rows();
        places = nodes.stream().mapToInt(n -> n.op.places()).max().orElse(0);

        Map<Node, BitSet> reads = new HashMap<>();
        List<BitSet> beforeReads = new ArrayList<>();
        List<Step> b = new ArrayList<>();
        List<Step> a = new ArrayList<>();
        for (Node n : nodes) {
            BitSet inputs = new BitSet();
            for (Node operand : n.operands) inputs.or(reads.get(operand));
            reads.put(n, inputs);
            if (n.op.form() == Form.INPUT || n.op.form() == Form.CONSTANT) {
                Expr given = (Expr) n.expr;
                if (n.op.form() == Form.INPUT && !n.perDraw) inputs.set(sharedInputs.size());
                (n.op.form() == Form.CONSTANT ? constants : n.perDraw ? drawInputs : sharedInputs).add(given);
                slots.put(given, n.place());
            } else if (!n.isView() && n.phase != Phase.TILE && !n.op.sumsDraws()) {
                Step step = new Step(n.op, n.operandSlots(shared.scratch(n)), n.place());
                (n.phase == Phase.BEFORE ? b : a).add(step);
                if (n.phase == Phase.BEFORE) beforeReads.add(inputs);
            }
        }
        before = b.toArray(new Step[0]);
        dependencies = beforeReads.toArray(new BitSet[0]);
        after = a.toArray(new Step[0]);
        for (int i = 0; i < outputs.size(); i++) slots.put(outputs.get(i), roots.get(i).place());
    }

    /** A program that computes these values. */
    public static Program of(List<Expr> outputs) {
        return new Program(outputs);
    }

    /** A program that computes these values. */
    public static Program of(Expr... outputs) {
        return new Program(List.of(outputs));
    }

    /** Memory to replay this in, for one calling thread, with the workers' help. */
    public Workspace workspace(Workers workers) {
        return workspace(workers, KernelProvider.kernels());
    }

    /** As above, with kernels of the caller's choice: they change the speed, not the bits. */
    @SuppressWarnings("exports") // kernels are chosen within the library
    public Workspace workspace(Workers workers, Kernels kernels) {
        return new Workspace(this, workers, kernels);
    }

    /** Memory to replay this in, on the calling thread alone. */
    public Workspace workspace() {
        return workspace(Workers.none());
    }

    /** The inputs per draw that it reads: each needs a source. */
    public List<Expr> inputsPerDraw() {
        return List.copyOf(drawInputs);
    }

    /** Where an input, a constant or an output is. */
    Slot slot(Expr x) {
        return requireNonNull(slots.get(x));
    }

    /** Roughly how many elements are computed for each draw. */
    public long workPerDraw() {
        return Arrays.stream(pieceWork).sum();
    }

    /** The number of operations that run for each tile of draws. */
    public int operations() {
        return tile.length;
    }

    /**
     * Draws in a tile, a multiple of 8: as many as keep a tile's memory in cache, but not few. It depends on the program and the number
     * of draws alone, because the order of sums over draws depends on it.
     */
    int tileWidth(int draws) {
        int rows = Math.max(1, tileRows);
        int narrowest = Math.max(8, Math.min(NARROWEST_TILE, MOST_TILE_DOUBLES / rows / 8 * 8));
        int fits = Math.max(narrowest, Math.min(WIDEST_TILE, TILE_DOUBLES / rows / 8 * 8));
        int share = (draws + MOST_GROUPS - 1) / MOST_GROUPS;
        int fair = Math.max(NARROWEST_TILE, (share + 7) / 8 * 8);
        return Math.min(Math.min(fits, fair), Math.max(8, (draws + 7) / 8 * 8));
    }

    static int groups(int tiles) {
        return Math.min(tiles, MOST_GROUPS);
    }
}
