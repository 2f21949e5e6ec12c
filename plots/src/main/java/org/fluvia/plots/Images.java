package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Pixels;

/**
 * Grey images in rows, from the upper left on. Image i has its left upper corner at (column, -row), in units of an image and the gap
 * after it.
 *
 * @param images each width x height, row by row from the top
 */
record Images(List<double[]> images, int width, int height, int columns, ColourScale scale) implements Mark {
    /** In widths of an image. */
    private static final double GAP = 0.12;

    int rows() {
        return (images.size() + columns - 1) / columns;
    }

    /** Height by width of the whole. */
    double aspect() {
        double gap = GAP * width;
        return (rows() * (height + gap) - gap) / (columns * (width + gap) - gap);
    }

    @Override
    public Range x(boolean logarithmic) {
        return new Range(0, columns * (width + GAP * width) - GAP * width);
    }

    @Override
    public Range y(boolean logarithmic) {
        return new Range(GAP * width - rows() * (height + GAP * width), 0);
    }

    @Override
    public boolean wantsMargin() {
        return false;
    }

    @Override
    public void draw(Frame frame) {
        double gap = GAP * width;
        for (int i = 0; i < images.size(); i++) {
            double[] image = images.get(i);
            double left = frame.x().at(i % columns * (width + gap));
            double top = frame.y().at(-(i / columns) * (height + gap));
            double right = frame.x().at(i % columns * (width + gap) + width);
            double bottom = frame.y().at(-(i / columns) * (height + gap) - height);
            Box box = new Box(left, top, right - left, bottom - top);
            frame.canvas().image(Pixels.of(width, height, scale.colours().table(), p -> scale.index(image[p])), box, false);
        }
    }
}
