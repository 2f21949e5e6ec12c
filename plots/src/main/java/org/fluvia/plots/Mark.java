package org.fluvia.plots;

import java.util.List;
import java.util.Optional;
import org.fluvia.plots.axis.Range;

/** Something drawn between the axes of a panel. Immutable. */
interface Mark {
    /** From where to where its values of x reach; the positive ones for a logarithmic axis. */
    Range x(boolean logarithmic);

    /** As {@link #x}. */
    Range y(boolean logarithmic);

    void draw(Frame frame);

    /** Its rows of the legend. */
    default List<LegendKey> keys() {
        return List.of();
    }

    /** What its colours mean, if that is a number. */
    default Optional<ColourScale> colourScale() {
        return Optional.empty();
    }

    /** Whether the axes go a little beyond its values. */
    default boolean wantsMargin() {
        return true;
    }

    /** Whether the axis of y begins at 0 exactly where its values do. */
    default boolean standsOnZero() {
        return false;
    }
}
