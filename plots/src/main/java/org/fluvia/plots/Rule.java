package org.fluvia.plots;

import java.util.List;
import org.fluvia.plots.axis.Range;

/** A straight line from end to end of the panel: all points of one x, or of one y. */
record Rule(double value, boolean upright, Look look) implements Mark {
    static Rule of(double value, boolean upright, Look look) {
        Checks.finite(upright ? "verticalLine" : "horizontalLine", "value", new double[] {value});
        return new Rule(value, upright, look);
    }

    @Override
    public Range x(boolean logarithmic) {
        return upright ? Range.of(logarithmic, value) : Range.empty();
    }

    @Override
    public Range y(boolean logarithmic) {
        return upright ? Range.empty() : Range.of(logarithmic, value);
    }

    @Override
    public void draw(Frame frame) {
        double at = upright ? frame.x().at(value) : frame.y().at(value);
        if (Double.isNaN(at)) return;
        double[] line = upright ? new double[] {at, frame.box().y(), at, frame.box().bottom()} : new double[] {frame.box().x(), at, frame.box().right(), at};
        Line.trace(frame.canvas(), line, look);
    }

    @Override
    public List<LegendKey> keys() {
        return LegendKey.of(look, "line", Line.swatch(look));
    }
}
