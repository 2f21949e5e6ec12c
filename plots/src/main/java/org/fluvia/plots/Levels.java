package org.fluvia.plots;

import java.util.Arrays;
import java.util.List;
import org.fluvia.plots.canvas.Canvas.Ink;
import org.fluvia.plots.contour.Contours;

/**
 * Lines of equal value of a grid, or what is between them filled.
 *
 * @param levels ascending
 * @param colours what areas are filled with; unused for lines
 */
record Levels(Grid grid, double[] levels, boolean filled, ColourMap colours, Look look) implements GridMark {
    private static final double WIDTH = 0.8;

    static Levels of(Grid grid, double[] levels, boolean filled, ColourMap colours, Look look) {
        Checks.present("contours", "grid", grid);
        double[] ascending = Checks.finite("contours", "levels", levels);
        Arrays.sort(ascending);
        return new Levels(grid, ascending, filled, Checks.present("contours", "colours", colours), look);
    }

    @Override
    public void draw(Frame frame) {
        Contours contours = grid.contours();
        for (int i = 0; i < levels.length; i++) {
            List<double[]> shapes = (filled ? contours.areas(levels[i]) : contours.lines(levels[i])).stream().map(s -> placed(frame, s)).toList();
            if (filled) {
                frame.canvas().fill(shapes, new Ink(colour(i), Look.or(look.opacity(), 1)));
            } else {
                for (double[] shape : shapes) Line.trace(frame.canvas(), shape, look.wide(Look.or(look.width(), WIDTH)));
            }
        }
    }

    /** The colour of what is above a level: the first is not that of nothing at all. */
    int colour(int level) {
        return colours.at((level + 1.0) / levels.length);
    }

    private static double[] placed(Frame frame, double[] shape) {
        double[] placed = shape.clone();
        for (int i = 0; i < placed.length; i += 2) {
            placed[i] = frame.x().at(shape[i]);
            placed[i + 1] = frame.y().at(shape[i + 1]);
        }
        return placed;
    }

    @Override
    public List<LegendKey> keys() {
        return filled ? LegendKey.of(look, "area", (canvas, box) -> canvas.fill(List.of(box.outline()), Ink.of(colour(levels.length / 2))))
                : LegendKey.of(look, "line", Line.swatch(look.wide(Look.or(look.width(), WIDTH))));
    }
}
