package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Canvas.Ink;

/** Arrows, each from a point to another. */
record Arrows(double[] fromX, double[] fromY, double[] toX, double[] toY, Look look) implements Mark {
    private static final double WIDTH = 0.8;
    private static final double HEAD = 4;

    static Arrows of(double[] fromX, double[] fromY, double[] toX, double[] toY, Look look) {
        Arrows arrows = new Arrows(Checks.finite("arrows", "fromX", fromX), Checks.finite("arrows", "fromY", fromY),
                Checks.finite("arrows", "toX", toX), Checks.finite("arrows", "toY", toY), look);
        Checks.sameLength("arrows", "fromX", fromX.length, "fromY", fromY.length);
        Checks.sameLength("arrows", "fromX", fromX.length, "toX", toX.length);
        Checks.sameLength("arrows", "fromX", fromX.length, "toY", toY.length);
        return arrows;
    }

    @Override
    public Range x(boolean logarithmic) {
        return Range.of(logarithmic, fromX).and(Range.of(logarithmic, toX));
    }

    @Override
    public Range y(boolean logarithmic) {
        return Range.of(logarithmic, fromY).and(Range.of(logarithmic, toY));
    }

    @Override
    public void draw(Frame frame) {
        double[] from = frame.points(fromX, fromY);
        double[] to = frame.points(toX, toY);
        for (int i = 0; i < from.length; i += 2) {
            double dx = to[i] - from[i];
            double dy = to[i + 1] - from[i + 1];
            double length = Math.sqrt(dx * dx + dy * dy);
            if (!(length > 0)) continue; // nor where an end has no logarithm
            double head = Math.min(HEAD, length / 2);
            dx *= head / length;
            dy *= head / length;
            double baseX = to[i] - dx;
            double baseY = to[i + 1] - dy;
            Line.trace(frame.canvas(), new double[] {from[i], from[i + 1], baseX, baseY}, look.wide(Look.or(look.width(), WIDTH)));
            frame.canvas().fill(List.of(new double[] {to[i], to[i + 1], baseX - dy * 0.45, baseY + dx * 0.45, baseX + dy * 0.45, baseY - dx * 0.45}),
                    new Ink(look.rgb(), Look.or(look.opacity(), 1)));
        }
    }

    @Override
    public List<LegendKey> keys() {
        return LegendKey.of(look, "line", Line.swatch(look));
    }
}
