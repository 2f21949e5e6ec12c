package org.fluvia.plots;

import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Canvas.Anchor;
import org.fluvia.plots.canvas.Canvas.Ink;

/** Words whose middle is at a point. */
record Note(double atX, double atY, String text, Look look) implements Mark {
    static final double SIZE = 10;

    @Override
    public Range x(boolean logarithmic) {
        return Range.of(logarithmic, atX);
    }

    @Override
    public Range y(boolean logarithmic) {
        return Range.of(logarithmic, atY);
    }

    @Override
    public void draw(Frame frame) {
        double x = frame.x().at(atX);
        double y = frame.y().at(atY);
        if (!Double.isNaN(x + y)) frame.canvas().text(text, x, y + SIZE * 0.35, SIZE, Anchor.MIDDLE, false, Ink.of(look.rgb()));
    }
}
