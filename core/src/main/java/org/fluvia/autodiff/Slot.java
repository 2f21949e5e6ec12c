package org.fluvia.autodiff;

/**
 * Where a value lives: {@code elements} rows from row {@code offset} of a region. A row has one double in SHARED and
 * GROUP, and one double a draw in TILE.
 */
record Slot(Region region, int offset, int elements) {
    enum Region {
        /** Inputs, constants and values that are the same for all draws; one a workspace. */
        SHARED,
        /** Values per draw; one a thread. */
        TILE,
        /** Sums over draws under way; one a group of tiles. */
        GROUP
    }

    boolean perDraw() {
        return region == Region.TILE;
    }
}
