package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas.Ink;

/** All that is between two values of x, from bottom to top. */
record Strip(double from, double to, Look look) implements Mark {
    private static final double OPACITY = 0.18;

    static Strip of(double from, double to, Look look) {
        Checks.finite("strip", "ends", new double[] {from, to});
        return new Strip(from, to, look);
    }

    @Override
    public Range x(boolean logarithmic) {
        return Range.of(logarithmic, from, to);
    }

    @Override
    public Range y(boolean logarithmic) {
        return Range.empty();
    }

    @Override
    public void draw(Frame frame) {
        double one = frame.x().at(from);
        double other = frame.x().at(to);
        Box strip = new Box(Math.min(one, other), frame.box().y(), Math.abs(other - one), frame.box().height());
        frame.canvas().fill(List.of(strip.outline()), ink());
    }

    private Ink ink() {
        return new Ink(look.rgb(), Look.or(look.opacity(), OPACITY));
    }

    @Override
    public List<LegendKey> keys() {
        return LegendKey.of(look, "strip", (canvas, box) -> canvas.fill(List.of(box.outline()), ink()));
    }
}
