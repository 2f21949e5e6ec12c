package org.fluvia.plots;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas;
import org.fluvia.plots.canvas.Canvas.Anchor;
import org.fluvia.plots.canvas.Glyphs;

/** Names of marks side by side, in as many lines as they need. */
final class Legend {
    private static final double SIZE = 10;
    private static final double LINE = 14;
    private static final double SWATCH = 14;
    private static final double GAP = 4;
    private static final double BETWEEN = 12;

    private Legend() {}

    static double height(List<LegendKey> keys, double width) {
        return keys.isEmpty() ? 0 : (places(keys, width).get(keys.size() - 1)[1] + 1) * LINE;
    }

    /** Where each begins, and in which line. */
    private static List<double[]> places(List<LegendKey> keys, double width) {
        List<double[]> places = new ArrayList<>();
        double at = 0;
        int line = 0;
        for (LegendKey key : keys) {
            double length = SWATCH + GAP + Glyphs.width(key.name(), SIZE);
            if (at > 0 && at + length > width) {
                at = 0;
                line++;
            }
            places.add(new double[] {at, line});
            at += length + BETWEEN;
        }
        return places;
    }

    static void draw(Canvas canvas, List<LegendKey> keys, double x, double y, double width) {
        List<double[]> places = places(keys, width);
        for (int i = 0; i < keys.size(); i++) {
            double left = x + places.get(i)[0];
            double top = y + places.get(i)[1] * LINE;
            keys.get(i).swatch().draw(canvas, new Box(left, top + 2, SWATCH, LINE - 4));
            canvas.text(keys.get(i).name(), left + SWATCH + GAP, top + LINE / 2 + SIZE * 0.36, SIZE, Anchor.START, false, PanelDrawing.WORDS);
        }
    }
}
