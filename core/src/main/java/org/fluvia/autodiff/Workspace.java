package org.fluvia.autodiff;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.compile.Step;
import org.fluvia.autodiff.memory.Frame;
import org.fluvia.autodiff.memory.Slot;
import org.fluvia.autodiff.op.Form;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.Kernels;

/**
 * The memory of a program's replays. Belongs to one thread; the workers it was made with help with the tiles.
 *
 * <p>A replay allocates nothing once it has run with its number of draws. Results have the same bits for any number of
 * workers: tiles are summed in order within a fixed number of groups, and the groups in order.
 */
public final class Workspace {
    /** Elements in a replay below which waking other threads takes longer than the work. */
    private static final long WORTH_WAKING = 200_000;

    private final Program program;
    private final long workPerDraw;
    private final Workers workers;
    private Kernels kernels;
    private final double[] shared;
    private final Frame[] frames;
    private final DrawSource[] sources;
    private final Map<Expr, DMatrixRMaj> results = new HashMap<>();
    private final Expr[] drawOutputs;
    private final DMatrixRMaj[] drawResults;
    /** Shared inputs set since the last replay. */
    private final BitSet changed = new BitSet();
    private final Workers.Task groupTask;
    /** Sums over the draws of the groups but the first, as many groups as are there at a time. */
    private double[] groups = new double[0];
    private int tileWidth;
    private int tileCount;
    private int groupCount;
    private int draws;
    /** Whether values from before the tiles are there from an earlier replay. */
    private boolean fresh;

    Workspace(Program program, Workers workers, Kernels kernels) {
        this.program = program;
        workPerDraw = program.workPerDraw();
        this.workers = workers;
        this.kernels = kernels;
        shared = new double[program.sharedSize];
        for (Expr c : program.constants) write(c, c.op().values(), 0);
        for (Expr in : program.sharedInputs) write(in, in.op().values(), 0);
        sources = new DrawSource[program.drawInputs.size()];
        frames = new Frame[workers.threads()];
        groupTask = (group, worker) -> runGroup(group, (group - 1) * program.sumsSize, frames[worker]);
        drawOutputs = program.outputs.stream().filter(Expr::isPerDraw).distinct().toArray(Expr[]::new);
        drawResults = new DMatrixRMaj[drawOutputs.length];
        for (int i = 0; i < drawOutputs.length; i++) {
            drawResults[i] = new DMatrixRMaj(drawOutputs[i].shape().size(), 0);
            results.put(drawOutputs[i], drawResults[i]);
        }
    }

    /**
     * Sets a shared input; it keeps the value until it is set again. An input that the program does not use is ignored.
     *
     * @param values not modified; the input's elements start at offset
     */
    public void set(Expr sharedInput, double[] values, int offset) {
        if (sharedInput.op().form() != Form.INPUT || sharedInput.isPerDraw()) {
            throw new IllegalArgumentException("set: " + sharedInput + " must be a shared input");
        }
        int i = program.sharedInputs.indexOf(sharedInput);
        if (i >= 0) {
            write(sharedInput, values, offset);
            changed.set(i);
        }
    }

    /** Sets where the values of an input per draw come from. */
    public void set(Expr drawInput, DrawSource source) {
        int i = program.drawInputs.indexOf(drawInput);
        if (i >= 0) {
            sources[i] = source;
        } else if (drawInput.op().form() != Form.INPUT || !drawInput.isPerDraw()) {
            throw new IllegalArgumentException("set: " + drawInput + " must be an input per draw");
        }
    }

    /**
     * Says that thousands of replays of this are to follow. Else they start slowly: vectors take longer to be compiled than short
     * work takes without them. Changes no result. Not while a replay is under way.
     */
    public void expectMuchWork() {
        kernels = kernels.forMuchWork();
        Arrays.fill(frames, null);
    }

    /**
     * Replays the program for a number of draws, 0 or more.
     *
     * @throws Stopped if the workers were told to stop; then there are no results, and the next replay is as any other
     */
    public void run(int draws) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] == null) {
                throw new IllegalStateException("run: " + program.drawInputs.get(i) + " has no source");
            }
        }
        this.draws = draws;
        workers.begin();
        prepare();
        for (int i = 0; i < program.before.length; i++) {
            if (!fresh || program.dependencies[i].intersects(changed)) run(program.before[i]);
        }
        fresh = true;
        changed.clear();
        if (groupCount == 0) kernels.fill(0, shared, 0, program.sumsSize);
        if (isAlone()) {
            for (int g = 0; g < groupCount; g++) {
                runGroup(g, 0, frames[0]);
                if (g > 0) addToFirst(0);
            }
        } else {
            workers.run(groupCount, groupTask);
            for (int g = 1; g < groupCount; g++) addToFirst((g - 1) * program.sumsSize);
        }
        for (Step s : program.after) run(s);
    }

    private void run(Step outsideTiles) {
        outsideTiles.run(frames[0]);
        frames[0].worked(outsideTiles.out().elements());
    }

    /** Bytes that this holds once it was replayed with so many draws: shared values, a tile for each thread, sums and outputs. */
    public long bytes(int draws) {
        int width = program.tileWidth(draws);
        int groups = Program.groups((draws + width - 1) / width);
        long doubles = program.sharedSize + (long) frames.length * program.tileRows * width
                + (long) Math.max(1, groups - 1) * program.sumsSize;
        for (Expr x : drawOutputs) doubles += (long) x.shape().size() * draws;
        return Double.BYTES * doubles;
    }

    /** Whether the calling thread computes one group after the other, with memory for the sums of one. */
    private boolean isAlone() {
        return workers.threads() == 1 || draws * workPerDraw < WORTH_WAKING;
    }

    private void addToFirst(int sums) {
        kernels.binary(BinaryOp.ADD, shared, 0, groups, sums, shared, 0, program.sumsSize);
    }

    /** An output per draw of the last replay, elements x draws. Overwritten by the next. */
    public DMatrixRMaj perDraw(Expr output) {
        DMatrixRMaj result = results.get(output);
        if (result == null) throw new IllegalArgumentException("perDraw: " + output + " must be an output per draw");
        return result;
    }

    /** Copies a shared output of the last replay to values, from offset on. */
    public void shared(Expr output, double[] values, int offset) {
        System.arraycopy(shared, sharedSlot(output).offset(), values, offset, output.shape().size());
    }

    /** A shared scalar output of the last replay. */
    public double scalar(Expr output) {
        return shared[sharedSlot(output).offset()];
    }

    private Slot sharedSlot(Expr output) {
        if (output.isPerDraw() || !program.outputs.contains(output)) {
            throw new IllegalArgumentException("shared: " + output + " must be a shared output");
        }
        return program.slot(output);
    }

    private void write(Expr input, double[] values, int offset) {
        System.arraycopy(values, offset, shared, program.slot(input).offset(), input.shape().size());
    }

    Program program() {
        return program;
    }

    /** The calling thread's memory of the last replay. */
    Frame frame() {
        return frames[0];
    }

    private void prepare() {
        tileWidth = program.tileWidth(draws);
        tileCount = (draws + tileWidth - 1) / tileWidth;
        groupCount = Program.groups(tileCount);
        int tileSize = Math.max(1, program.tileRows * tileWidth);
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] == null || frames[i].tile.length < tileSize) {
                frames[i] = new Frame(shared, new double[tileSize], program.places, kernels, workers::check);
            }
            frames[i].width = tileWidth;
        }
        int sums = (isAlone() ? 1 : groupCount - 1) * program.sumsSize;
        if (groups.length < sums) groups = new double[sums];
        for (int i = 0; i < drawOutputs.length; i++) drawResults[i].reshape(drawOutputs[i].shape().size(), draws);
    }

    /** The tiles of one group, in order. Sums of the first go where all are added up, others to a place in the groups' memory. */
    private void runGroup(int group, int sums, Frame f) {
        f.group = group == 0 ? shared : groups;
        f.groupAt = group == 0 ? 0 : sums;
        int first = (int) ((long) tileCount * group / groupCount);
        int last = (int) ((long) tileCount * (group + 1) / groupCount);
        for (int t = first; t < last; t++) {
            f.firstOfGroup = t == first;
            runTile(f, t * tileWidth);
        }
    }

    private void runTile(Frame f, int firstDraw) {
        f.valid = Math.min(tileWidth, draws - firstDraw);
        for (int i = 0; i < sources.length; i++) {
            Expr input = program.drawInputs.get(i);
            Slot s = program.slot(input);
            sources[i].fill(firstDraw, f.valid, s.elements(), f.tile, f.at(s), tileWidth);
            pad(f, s);
        }
        int step = 0;
        for (int i = 0; i < program.pieceEnds.length; i++) {
            for (; step < program.pieceEnds[i]; step++) program.tile[step].run(f);
            f.worked(program.pieceWork[i] * tileWidth);
        }
        for (int i = 0; i < drawOutputs.length; i++) {
            Slot s = program.slot(drawOutputs[i]);
            double[] out = drawResults[i].data;
            for (int e = 0; e < s.elements(); e++) {
                System.arraycopy(f.tile, f.at(s) + e * tileWidth, out, e * draws + firstDraw, f.valid);
            }
        }
    }

    /** Repeats a tile's first draw in the lanes that have none. */
    private static void pad(Frame f, Slot s) {
        if (f.valid == f.width) return;
        for (int e = 0; e < s.elements(); e++) {
            int row = f.at(s) + e * f.width;
            f.kernels.fill(f.tile[row], f.tile, row + f.valid, f.width - f.valid);
        }
    }
}
