package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas;

/**
 * A row of the legend: a name, and what it looks like, drawn into a small rectangle.
 *
 * @param kind of mark
 */
record LegendKey(String name, String kind, Look look, Swatch swatch) {
    /** Draws a small example of a mark. */
    interface Swatch {
        void draw(Canvas canvas, Box box);
    }

    /** The row of a mark that may have no name. */
    static List<LegendKey> of(Look look, String kind, Swatch swatch) {
        return look.name().isEmpty() ? List.of() : List.of(new LegendKey(look.name(), kind, look, swatch));
    }

    /** Does it look the same, whatever it is called? */
    boolean looksLike(LegendKey other) {
        return kind.equals(other.kind) && look.as("").equals(other.look.as(""));
    }
}
