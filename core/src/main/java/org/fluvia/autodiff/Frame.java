package org.fluvia.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fluvia.kernel.KernelProvider;
import org.fluvia.kernel.Kernels;

/** The memory one thread computes in: its tile, and the regions it shares with others. */
final class Frame {
    static final Kernels K = KernelProvider.kernels();

    final double[] shared;
    final double[] tile;
    /** Sums over draws of groups of tiles, and where this group's begin. */
    double[] group = new double[0];
    int groupAt;
    /** Whether the tile is the first of its group: sums over draws begin with it, the place holds nothing yet. */
    boolean firstOfGroup;
    /** Draws in a row of the tile: a multiple of 8. */
    int width;
    /** The draws of the tile that count; the rest are padding and enter no sum. */
    int valid;

    /**
     * The moving places of the loops under way, a stack: pointer p of the innermost loop is entry base + p. An entry is an
     * array and a position in it.
     */
    final double[][] arrays;
    final int[] places;
    int base;
    /** The entries in use. */
    int top;

    private final List<Op> helperOf = new ArrayList<>();
    private final List<Object> helpers = new ArrayList<>();

    Frame(double[] shared, double[] tile, int places) {
        this.shared = shared;
        this.tile = tile;
        this.arrays = new double[places + 1][];
        this.places = new int[places + 1];
    }

    /**
     * What an operation needs to work with besides rows of doubles: made once for this frame.
     *
     * @param make from the operation
     */
    Object helper(Op op, Function<Op, Object> make) {
        for (int i = 0; i < helpers.size(); i++) if (helperOf.get(i) == op) return helpers.get(i);
        helperOf.add(op);
        helpers.add(make.apply(op));
        return helpers.get(helpers.size() - 1);
    }

    double[] array(Slot s) {
        if (s.pointer() > 0) return arrays[base + s.pointer()];
        return switch (s.region()) {
            case SHARED -> shared;
            case TILE -> tile;
            case GROUP -> group;
        };
    }

    int at(Slot s) {
        if (s.pointer() > 0) return places[base + s.pointer()] + s.offset() * stride(s);
        return switch (s.region()) {
            case SHARED -> s.offset();
            case TILE -> s.offset() * width;
            case GROUP -> groupAt + s.offset();
        };
    }

    /** The distance from one element to the next. */
    int stride(Slot s) {
        return s.region() == Slot.Region.TILE ? width : 1;
    }

    /** The number of doubles in the slot. */
    int length(Slot s) {
        return s.elements() * stride(s);
    }
}
