package org.fluvia.plots.canvas;

import java.util.List;

/**
 * A surface to draw on. Lengths are in units of the picture, y runs downwards; outlines are x, y, x, y, ... and must be finite.
 * Arguments are not modified.
 */
public interface Canvas {
    /** Fills closed outlines, a point being inside if it is inside an odd number of them. */
    void fill(List<double[]> outlines, Ink ink);

    /** A line through points, with round corners and ends. */
    void line(double[] points, Ink ink, Stroke stroke);

    /** Round dots of one radius. */
    void dots(double[] centres, double radius, Ink ink);

    /** Pixels stretched over a rectangle, blended into each other if smooth. */
    void image(Pixels pixels, Box box, boolean smooth);

    /** A line of text whose anchor, on the base line, is at a point; turned by 90 degrees, it runs upwards. */
    void text(String text, double x, double y, double size, Anchor anchor, boolean upwards, Ink ink);

    /** What is drawn meanwhile is cut off at a rectangle. */
    void within(Box box, Runnable drawing);

    /** Which point of a text is at the place named. */
    enum Anchor { START, MIDDLE, END }

    /** A colour, 0xRRGGBB, and how much it covers what is beneath, from 0 to 1. */
    record Ink(int rgb, double opacity) {
        /** Covers what is beneath. */
        public static Ink of(int rgb) {
            return new Ink(rgb, 1);
        }
    }

    /** How wide a line is, and the lengths of its dash and of the gap after it, or 0 for a whole line. */
    record Stroke(double width, double dash) {}
}
