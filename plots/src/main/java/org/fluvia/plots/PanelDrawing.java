package org.fluvia.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.fluvia.plots.axis.Range;
import org.fluvia.plots.axis.Scale;
import org.fluvia.plots.axis.Ticks;
import org.fluvia.plots.canvas.Box;
import org.fluvia.plots.canvas.Canvas;
import org.fluvia.plots.canvas.Canvas.Anchor;
import org.fluvia.plots.canvas.Canvas.Ink;
import org.fluvia.plots.canvas.Canvas.Stroke;
import org.fluvia.plots.canvas.Glyphs;
import org.fluvia.plots.canvas.Pixels;

/** A panel with what is around it: how much room that needs, and how it is drawn. */
final class PanelDrawing {
    static final Ink WORDS = Ink.of(0x222222);
    static final double TITLE = 12;
    private static final Ink LINES = Ink.of(0x444444);
    private static final Stroke THIN = new Stroke(0.8, 0);
    private static final double LABEL = 11;
    private static final double NUMBER = 10;
    private static final double TICK = 3;
    private static final double GAP = 4;
    private static final double BAR = 9;
    /** How far apart numbers are to be, about. */
    private static final double BETWEEN_X = 42;
    private static final double BETWEEN_Y = 30;
    private static final int MOST_NUMBERS = 6;
    private static final double FLATTEST = 0.15;
    private static final double STEEPEST = 3;

    private final Panel panel;
    private final Range x;
    private final Range y;
    private final List<LegendKey> keys;
    private final Optional<ColourScale> colours;

    /** @param legend whether this panel shows its own */
    PanelDrawing(Panel panel, boolean legend) {
        this.panel = panel;
        List<Mark> marks = panel.marks();
        boolean bars = marks.stream().anyMatch(Mark::standsOnZero);
        Function<Mark, Range> alongX = m -> m.x(panel.x().logarithmic());
        Function<Mark, Range> alongY = m -> m.y(panel.y().logarithmic());
        x = panel.x().ends(reach(alongX, m -> bars || !m.wantsMargin()), reach(alongX, m -> !bars && m.wantsMargin()), false);
        y = panel.y().ends(reach(alongY, m -> !m.wantsMargin()), reach(alongY, Mark::wantsMargin), bars);
        keys = legend ? keys(panel) : List.of();
        colours = marks.stream().flatMap(m -> m.colourScale().stream()).reduce((first, last) -> last);
        if (panel.colourBar().isPresent() && colours.isEmpty()) {
            throw new IllegalArgumentException("colourBar: the panel must have a density, or points coloured by a value, but has none");
        }
    }

    /** From where to where some of the marks reach. */
    private Range reach(Function<Mark, Range> along, Predicate<Mark> which) {
        return panel.marks().stream().filter(which).map(along).reduce(Range.empty(), Range::and);
    }

    static List<LegendKey> keys(Panel panel) {
        return panel.marks().stream().flatMap(m -> m.keys().stream()).toList();
    }

    /** Height by width of what is between the axes. */
    double aspect() {
        if (!panel.shape().equal()) return panel.shape().aspect();
        return Math.min(STEEPEST, Math.max(FLATTEST, (y.high() - y.low()) / (x.high() - x.low())));
    }

    // ---- room ----

    double left(double height) {
        if (panel.shape().bare() || panel.y().hidden()) return GAP;
        Ticks ticks = ticksY(height);
        return TICK + GAP + widest(ticks) + (label(panel.y(), ticks).isEmpty() ? 0 : LABEL + GAP);
    }

    double right(double width, double height) {
        double room = GAP;
        if (!panel.shape().bare() && !panel.x().hidden()) { // half of the last number reaches beyond
            Ticks ticks = ticksX(width);
            int last = ticks.values().size() - 1;
            if (last >= 0) {
                double at = new Scale(x, panel.x().logarithmic(), 0, width).at(ticks.values().get(last));
                room = Math.max(room, at + Glyphs.width(ticks.labels().get(last), NUMBER) / 2 - width + 1);
            }
        }
        if (panel.colourBar().isEmpty()) return room;
        return room + GAP + BAR + TICK + GAP + widest(barTicks(height)) + (panel.colourBar().get().isEmpty() ? 0 : LABEL + GAP);
    }

    double top(double width) {
        double titles = titleLines(width).size() * (TITLE + 3);
        return titles + Legend.height(keys, width) + (titles > 0 || !keys.isEmpty() ? GAP : panel.shape().bare() ? 0 : NUMBER / 2);
    }

    double bottom(double width) {
        if (panel.shape().bare() || panel.x().hidden()) return GAP;
        return TICK + GAP + NUMBER + (label(panel.x(), ticksX(width)).isEmpty() ? 0 : LABEL + GAP);
    }

    private List<String> titleLines(double width) {
        return wrapped(panel.title(), TITLE, width);
    }

    /** Lines of words that are no wider than this, where no word is. */
    static List<String> wrapped(String text, double size, double width) {
        List<String> lines = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            String longer = lines.isEmpty() ? word : lines.get(lines.size() - 1) + " " + word;
            if (!lines.isEmpty() && Glyphs.width(longer, size) <= width) {
                lines.set(lines.size() - 1, longer);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private static double widest(Ticks ticks) {
        return ticks.labels().stream().mapToDouble(l -> Glyphs.width(l, NUMBER)).max().orElse(0);
    }

    /** As many as have room side by side. */
    private Ticks ticksX(double width) {
        int wanted = wanted(width / BETWEEN_X, width * aspect() / BETWEEN_Y);
        Ticks ticks = panel.x().ticks(x, wanted);
        while (wanted > 2 && panel.x().names().isEmpty() && !haveRoom(ticks, width)) ticks = panel.x().ticks(x, --wanted);
        return ticks;
    }

    /** As many as there is room for; where a unit is as long on both axes, so are the steps. */
    private int wanted(double room, double roomOfOther) {
        double square = panel.shape().equal() && Math.abs(aspect() - 1) < 0.2 ? Math.min(room, roomOfOther) : room;
        return Math.max(2, Math.min(MOST_NUMBERS, (int) square));
    }

    private boolean haveRoom(Ticks ticks, double width) {
        Scale scale = new Scale(x, panel.x().logarithmic(), 0, width);
        double end = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ticks.values().size(); i++) {
            String label = ticks.labels().get(i);
            if (label.isEmpty()) continue;
            double half = Glyphs.width(label, NUMBER) / 2;
            double at = scale.at(ticks.values().get(i));
            if (at - half < end + NUMBER * 0.8) return false;
            end = at + half;
        }
        return true;
    }

    private Ticks ticksY(double height) {
        return panel.y().ticks(y, wanted(height / BETWEEN_Y, height / aspect() / BETWEEN_X));
    }

    private Ticks barTicks(double height) {
        return Ticks.of(barRange(), false, wanted(height / BETWEEN_Y, height / BETWEEN_Y));
    }

    private Range barRange() {
        ColourScale c = colours.orElseThrow();
        return new Range(c.low(), c.high()).widened();
    }

    private static String label(Axis axis, Ticks ticks) {
        if (ticks.note().isEmpty()) return axis.label();
        return axis.label().isEmpty() ? ticks.note() : axis.label() + " (" + ticks.note() + ")";
    }

    // ---- drawing ----

    /** Draws the panel with what is between the axes in a rectangle. */
    void draw(Canvas canvas, Box box) {
        Scale xs = new Scale(x, panel.x().logarithmic(), box.x(), box.right());
        Scale ys = new Scale(y, panel.y().logarithmic(), box.bottom(), box.y());
        Frame frame = new Frame(canvas, box, xs, ys);
        canvas.within(box, () -> {
            for (Mark m : panel.marks()) m.draw(frame);
        });
        head(canvas, box);
        panel.colourBar().ifPresent(label -> bar(canvas, box, label));
        if (panel.shape().bare()) return;
        lines(canvas, box);
        xAxis(frame);
        yAxis(frame);
    }

    private void head(Canvas canvas, Box box) {
        List<String> title = titleLines(box.width());
        double bottom = box.y() - GAP;
        Legend.draw(canvas, keys, box.x(), bottom - Legend.height(keys, box.width()), box.width());
        double line = bottom - Legend.height(keys, box.width()) - (title.size() - 1) * (TITLE + 3) - 3;
        for (String text : title) {
            canvas.text(text, box.x(), line, TITLE, Anchor.START, false, WORDS);
            line += TITLE + 3;
        }
    }

    private boolean isFramed() {
        return panel.shape().equal() || !panel.marks().stream().allMatch(Mark::wantsMargin);
    }

    /** On the left and below; all around where the rectangle itself means something. */
    private void lines(Canvas canvas, Box box) {
        boolean around = isFramed();
        double[] open = {box.x(), box.y(), box.x(), box.bottom(), box.right(), box.bottom()};
        double[] closed = {box.x(), box.y(), box.x(), box.bottom(), box.right(), box.bottom(), box.right(), box.y(), box.x(), box.y()};
        double[] below = {box.x(), box.bottom(), box.right(), box.bottom()};
        canvas.line(around ? closed : panel.y().hidden() ? below : open, LINES, THIN);
    }

    private void xAxis(Frame frame) {
        Box box = frame.box();
        Ticks ticks = ticksX(box.width());
        for (int i = 0; i < ticks.values().size(); i++) {
            double at = frame.x().at(ticks.values().get(i));
            double length = panel.x().logarithmic() && ticks.labels().get(i).isEmpty() ? TICK / 2 : TICK;
            frame.canvas().line(new double[] {at, box.bottom(), at, box.bottom() + length}, LINES, THIN);
            if (panel.x().hidden() || ticks.labels().get(i).isEmpty()) continue;
            frame.canvas().text(ticks.labels().get(i), at, box.bottom() + TICK + 2 + NUMBER * 0.85, NUMBER, Anchor.MIDDLE, false, WORDS);
        }
        String label = label(panel.x(), ticks);
        if (panel.x().hidden() || label.isEmpty()) return;
        frame.canvas().text(label, box.x() + box.width() / 2, box.bottom() + TICK + GAP + NUMBER + LABEL, LABEL, Anchor.MIDDLE, false, WORDS);
    }

    private void yAxis(Frame frame) {
        if (panel.y().hidden() && !isFramed()) return;
        Box box = frame.box();
        Ticks ticks = ticksY(box.height());
        for (int i = 0; i < ticks.values().size(); i++) {
            double at = frame.y().at(ticks.values().get(i));
            double length = panel.y().logarithmic() && ticks.labels().get(i).isEmpty() ? TICK / 2 : TICK;
            frame.canvas().line(new double[] {box.x() - length, at, box.x(), at}, LINES, THIN);
            if (panel.y().hidden() || ticks.labels().get(i).isEmpty()) continue;
            frame.canvas().text(ticks.labels().get(i), box.x() - TICK - 2, at + NUMBER * 0.36, NUMBER, Anchor.END, false, WORDS);
        }
        String label = label(panel.y(), ticks);
        if (panel.y().hidden() || label.isEmpty()) return;
        frame.canvas().text(label, box.x() - TICK - GAP - widest(ticks) - GAP, box.y() + box.height() / 2, LABEL, Anchor.MIDDLE, true, WORDS);
    }

    private void bar(Canvas canvas, Box box, String label) {
        Range range = barRange();
        Box bar = new Box(box.right() + 2 * GAP, box.y(), BAR, box.height());
        canvas.image(Pixels.of(1, ColourMap.SIZE, colours.orElseThrow().colours().table(), i -> ColourMap.SIZE - 1 - i), bar, true);
        Scale scale = new Scale(range, false, bar.bottom(), bar.y());
        Ticks ticks = barTicks(box.height());
        for (int i = 0; i < ticks.values().size(); i++) {
            double at = scale.at(ticks.values().get(i));
            canvas.line(new double[] {bar.right(), at, bar.right() + TICK, at}, LINES, THIN);
            canvas.text(ticks.labels().get(i), bar.right() + TICK + 2, at + NUMBER * 0.36, NUMBER, Anchor.START, false, WORDS);
        }
        String words = ticks.note().isEmpty() ? label : label + " (" + ticks.note() + ")";
        canvas.text(words, bar.right() + TICK + GAP + widest(ticks) + LABEL, box.y() + box.height() / 2, LABEL, Anchor.MIDDLE, true, WORDS);
    }
}
