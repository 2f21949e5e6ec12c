package org.fluvia.plots;

import java.util.Arrays;
import java.util.List;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas;
import org.fluvia.plots.canvas.Canvas.Anchor;

/**
 * Where the panels of a picture are: what is between the axes is as wide in each column, and those of a row have their upper and lower
 * ends in line.
 */
final class Sheet {
    private static final double EDGE = 6;
    private static final double BETWEEN = 12;
    private static final double TITLE = 14;
    private static final double NARROWEST = 20;

    private final String title;
    private final List<List<PanelDrawing>> rows;
    private final List<LegendKey> keys;
    private final double width;
    private final double[] left;
    private final double[] right;
    private final double[] top;
    private final double[] bottom;
    private final double[] heights;
    /** The width between the axes. */
    private double inner;

    /** @param shared the legend of the whole picture */
    Sheet(String title, List<List<PanelDrawing>> rows, List<LegendKey> shared, double width) {
        this.title = title;
        this.rows = rows;
        this.keys = shared;
        this.width = width;
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        left = new double[columns];
        right = new double[columns];
        top = new double[rows.size()];
        bottom = new double[rows.size()];
        heights = new double[rows.size()];
        inner = width / columns * 0.8;
        for (int pass = 0; pass < 3; pass++) measure(columns); // room for numbers depends on how many there are, and they on the room
    }

    private void measure(int columns) {
        for (int i = 0; i < rows.size(); i++) {
            heights[i] = 0;
            for (PanelDrawing p : rows.get(i)) heights[i] = Math.max(heights[i], p.aspect() * inner);
        }
        Arrays.fill(left, 0);
        Arrays.fill(right, 0);
        double around = 0;
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows.size(); i++) {
                if (j >= rows.get(i).size()) continue;
                left[j] = Math.max(left[j], rows.get(i).get(j).left(heights[i]));
                right[j] = Math.max(right[j], rows.get(i).get(j).right(inner, heights[i]));
            }
            around += left[j] + right[j];
        }
        inner = (width - 2 * EDGE - around - (columns - 1) * BETWEEN) / columns;
        if (!(inner >= NARROWEST)) {
            throw new IllegalArgumentException("Picture: " + columns + " panels side by side need more room than a width of " + width
                    + ". Set a greater naturalWidth, or put fewer panels in a row.");
        }
        for (int i = 0; i < rows.size(); i++) {
            heights[i] = 0;
            for (PanelDrawing p : rows.get(i)) heights[i] = Math.max(heights[i], p.aspect() * inner);
            top[i] = 0;
            bottom[i] = 0;
            for (PanelDrawing p : rows.get(i)) {
                top[i] = Math.max(top[i], p.top(inner));
                bottom[i] = Math.max(bottom[i], p.bottom(inner));
            }
        }
    }

    private List<String> titleLines() {
        return PanelDrawing.wrapped(title, TITLE, width - 2 * EDGE);
    }

    private double head() {
        double legend = Legend.height(keys, width - 2 * EDGE - left[0]);
        double titles = titleLines().size() * (TITLE + 4);
        return EDGE + titles + legend + (titles + legend > 0 ? EDGE : 0);
    }

    double height() {
        double height = head() + EDGE + (rows.size() - 1) * BETWEEN;
        for (int i = 0; i < rows.size(); i++) height += top[i] + heights[i] + bottom[i];
        return height;
    }

    void draw(Canvas canvas) {
        double y = EDGE;
        double start = EDGE + left[0];
        for (String line : titleLines()) {
            canvas.text(line, start, y + TITLE, TITLE, Anchor.START, false, PanelDrawing.WORDS);
            y += TITLE + 4;
        }
        Legend.draw(canvas, keys, start, y, width - EDGE - start);
        y = head();
        for (int i = 0; i < rows.size(); i++) {
            double x = EDGE;
            for (int j = 0; j < rows.get(i).size(); j++) {
                PanelDrawing p = rows.get(i).get(j);
                x += left[j];
                double w = Math.min(inner, heights[i] / p.aspect());
                double h = w * p.aspect();
                p.draw(canvas, new Box(x + (inner - w) / 2, y + top[i], w, h));
                x += inner + right[j] + BETWEEN;
            }
            y += top[i] + heights[i] + bottom[i] + BETWEEN;
        }
    }
}
