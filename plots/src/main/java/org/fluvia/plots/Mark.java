package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas;

/** Something drawn between the axes of a panel. Immutable. */
interface Mark {
    /** From where to where its values of x reach; the positive ones for a logarithmic axis. */
    Range x(boolean logarithmic);

    /** As {@link #x}. */
    Range y(boolean logarithmic);

    void draw(Frame frame);

    /** Its rows of the legend. */
    default List<Key> keys() {
        return List.of();
    }

    /** Whether the axes go a little beyond its values. */
    default boolean wantsMargin() {
        return true;
    }

    /** Whether the axis of y begins at 0 exactly where its values do. */
    default boolean standsOnZero() {
        return false;
    }

    /**
     * A row of the legend: a name, and what it looks like, drawn into a small rectangle.
     *
     * @param kind of mark
     */
    record Key(String name, String kind, Look look, Swatch swatch) {
        /** The row of a mark that may have no name. */
        static List<Key> of(Look look, String kind, Swatch swatch) {
            return look.name().isEmpty() ? List.of() : List.of(new Key(look.name(), kind, look, swatch));
        }

        /** Does it look the same, with the same name? */
        boolean equalTo(Key other) {
            return kind.equals(other.kind) && look.equals(other.look);
        }
    }

    /** Draws a small example of a mark. */
    interface Swatch {
        void draw(Canvas canvas, Box box);
    }
}
