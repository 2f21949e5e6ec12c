package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas.Ink;

/** What is between two lines. */
record Band(double[] xs, double[] lows, double[] highs, Look look) implements Mark {
    private static final double OPACITY = 0.25;

    static Band of(double[] x, double[] low, double[] high, Look look) {
        Band band = new Band(Checks.finite("band", "x", x), Checks.finite("band", "low", low), Checks.finite("band", "high", high), look);
        Checks.sameLength("band", "x", x.length, "low", low.length);
        Checks.sameLength("band", "x", x.length, "high", high.length);
        return band;
    }

    @Override
    public Range x(boolean logarithmic) {
        return Range.of(logarithmic, xs);
    }

    @Override
    public Range y(boolean logarithmic) {
        return Range.of(logarithmic, lows).and(Range.of(logarithmic, highs));
    }

    @Override
    public boolean wantsMargin() {
        return true;
    }

    @Override
    public void draw(Frame frame) {
        double[] there = frame.points(xs, highs);
        double[] back = frame.points(xs, lows);
        double[] outline = new double[there.length + back.length];
        System.arraycopy(there, 0, outline, 0, there.length);
        for (int i = 0; i < xs.length; i++) System.arraycopy(back, 2 * i, outline, outline.length - 2 * i - 2, 2);
        for (int i = 1; i < outline.length; i += 2) { // no logarithm: as low as can be
            if (Double.isNaN(outline[i])) outline[i] = frame.box().bottom();
        }
        frame.canvas().fill(List.of(outline), ink());
    }

    private Ink ink() {
        return new Ink(look.rgb(), Look.or(look.opacity(), OPACITY));
    }

    @Override
    public List<LegendKey> keys() {
        return LegendKey.of(look, "band", (canvas, box) -> canvas.fill(List.of(
                new Box(box.x(), box.y() + 0.1 * box.height(), box.width(), 0.8 * box.height()).outline()), ink()));
    }
}
