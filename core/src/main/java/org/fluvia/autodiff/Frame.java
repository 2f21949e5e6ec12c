package org.fluvia.autodiff;

import org.fluvia.kernel.KernelProvider;
import org.fluvia.kernel.Kernels;

/** The memory one thread computes in: its tile, and the regions it shares with others. */
final class Frame {
    static final Kernels K = KernelProvider.kernels();

    final double[] shared;
    final double[] tile;
    /** Sums over draws of all groups of tiles, and where this group's begin. */
    double[] group = new double[0];
    int groupAt;
    /** Draws in a row of the tile: a multiple of 8. */
    int width;
    /** The draws of the tile that count; the rest are padding and enter no sum. */
    int valid;

    Frame(double[] shared, double[] tile) {
        this.shared = shared;
        this.tile = tile;
    }

    double[] array(Slot s) {
        return switch (s.region()) {
            case SHARED -> shared;
            case TILE -> tile;
            case GROUP -> group;
        };
    }

    int at(Slot s) {
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
