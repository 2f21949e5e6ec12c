package org.fluvia.plots;

import java.util.Arrays;
import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Canvas;
import org.fluvia.plots.canvas.Canvas.Ink;
import org.fluvia.plots.canvas.Canvas.Stroke;

/** A line from point to point, with a gap where a value is not finite. */
record Line(double[] xs, double[] ys, Look look) implements Mark {
    static final double WIDTH = 1.5;
    private static final double DASH = 4;

    static Line of(double[] x, double[] y, Look look) {
        Line line = new Line(Checks.some("line", "x", x), Checks.some("line", "y", y), look);
        Checks.sameLength("line", "x", x.length, "y", y.length);
        return line;
    }

    @Override
    public Range x(boolean logarithmic) {
        return Range.of(logarithmic, xs);
    }

    @Override
    public Range y(boolean logarithmic) {
        return Range.of(logarithmic, ys);
    }

    @Override
    public void draw(Frame frame) {
        double[] points = frame.points(xs, ys);
        int from = 0;
        for (int i = 0; i <= xs.length; i++) {
            if (i < xs.length && !Double.isNaN(points[2 * i] + points[2 * i + 1])) continue;
            if (i > from) trace(frame.canvas(), Arrays.copyOfRange(points, 2 * from, 2 * i), look);
            from = i + 1;
        }
    }

    /** Points of a canvas in the look of a line. */
    static void trace(Canvas canvas, double[] points, Look look) {
        canvas.line(points, new Ink(look.rgb(), Look.or(look.opacity(), 1)), new Stroke(Look.or(look.width(), WIDTH), look.dashed() ? DASH : 0));
    }

    @Override
    public List<LegendKey> keys() {
        return LegendKey.of(look, "line", swatch(look));
    }

    static LegendKey.Swatch swatch(Look look) {
        return (canvas, box) -> {
            double middle = box.y() + box.height() / 2;
            trace(canvas, new double[] {box.x(), middle, box.right(), middle}, look);
        };
    }
}
