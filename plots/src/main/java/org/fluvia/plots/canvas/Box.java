package org.fluvia.plots.canvas;

/** A rectangle, y downwards. */
public record Box(double x, double y, double width, double height) {
    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    /** Its corners, as an outline. */
    public double[] outline() {
        return new double[] {x, y, right(), y, right(), bottom(), x, bottom()};
    }
}
