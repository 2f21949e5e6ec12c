package org.fluvia.plots;

import org.fluvia.plots.axis.Scale;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas;

/** Where marks are drawn: a canvas, the rectangle between the axes, and their scales. */
record Frame(Canvas canvas, Box box, Scale x, Scale y) {
    /** Points of the picture, x, y, x, y, ..., NaN where a value has no place. */
    double[] points(double[] xs, double[] ys) {
        double[] points = new double[2 * xs.length];
        for (int i = 0; i < xs.length; i++) {
            points[2 * i] = x.at(xs[i]);
            points[2 * i + 1] = y.at(ys[i]);
        }
        return points;
    }
}
