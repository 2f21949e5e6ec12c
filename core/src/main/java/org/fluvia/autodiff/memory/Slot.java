package org.fluvia.autodiff.memory;

/**
 * Where a value lives: {@code elements} rows from row {@code offset} of a region. A row has one double in SHARED and
 * GROUP, and one double a draw in TILE.
 *
 * @param pointer 0 for a place that is fixed in its region; else the number of a place in the {@link Frame} that the loop
 *     under way moves from step to step, from which the offset counts
 */
public record Slot(Region region, int offset, int elements, int pointer) {
    public enum Region {
        /** Inputs, constants and values that are the same for all draws; one a workspace. */
        SHARED,
        /** Values per draw; one a thread. */
        TILE,
        /** Sums over draws under way; one a group of tiles. */
        GROUP
    }

    public Slot(Region region, int offset, int elements) {
        this(region, offset, elements, 0);
    }

    public boolean perDraw() {
        return region == Region.TILE;
    }

    /** Some of the rows. */
    public Slot part(int from, int elements) {
        return new Slot(region, offset + from, elements, pointer);
    }
}
