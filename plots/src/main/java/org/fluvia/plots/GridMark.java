package org.fluvia.plots;

import org.fluvia.plots.axis.Range;

/** A mark that shows the values of a grid, and reaches as far as that. */
interface GridMark extends Mark {
    Grid grid();

    @Override
    default Range x(boolean logarithmic) {
        return new Range(grid().over().x0(), grid().over().x1());
    }

    @Override
    default Range y(boolean logarithmic) {
        return new Range(grid().over().y0(), grid().over().y1());
    }

    @Override
    default boolean wantsMargin() {
        return false;
    }
}
