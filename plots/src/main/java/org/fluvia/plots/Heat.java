package org.fluvia.plots;

import java.util.Optional;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Pixels;

/** A grid as an image, each cell in the colour of its value. */
record Heat(Grid grid, ColourScale scale) implements GridMark {
    @Override
    public Optional<ColourScale> colourScale() {
        return Optional.of(scale);
    }

    @Override
    public void draw(Frame frame) {
        if (frame.x().logarithmic() || frame.y().logarithmic()) {
            throw new IllegalStateException("density: the axes of an image must not be logarithmic. Make the grid of the logarithms instead.");
        }
        int columns = grid.over().columns();
        int rows = grid.over().rows();
        Pixels pixels = Pixels.of(columns, rows, scale.colours().table(), i -> scale.index(grid.value(i % columns, rows - 1 - i / columns)));
        double left = frame.x().at(grid.over().x0());
        double top = frame.y().at(grid.over().y1());
        frame.canvas().image(pixels, new Box(left, top, frame.x().at(grid.over().x1()) - left, frame.y().at(grid.over().y0()) - top), true);
    }
}
