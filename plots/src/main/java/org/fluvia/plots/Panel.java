package org.fluvia.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.plots.axis.Range;
import org.jspecify.annotations.Nullable;

/**
 * Two axes and what is between them: marks, drawn one over the other in the order they are added. Immutable: every method returns
 * another panel. Arrays are copied. A mark whose look tells no colour takes the next one of {@link Colour#series}; one whose look has a
 * name is in the legend, which is above the axes.
 *
 * <p>Bad arguments are refused at once, with an {@link IllegalArgumentException}: values that are not finite (but a line may have gaps),
 * lengths that differ, values without a logarithm on a logarithmic axis.
 */
public final class Panel {
    private static final double USUAL_ASPECT = 0.7;
    private static final int CURVE_POINTS = 401;
    private static final Panel EMPTY = new Panel("", Axis.usual(), Axis.usual(), List.of(), Shape.USUAL, Optional.empty(), 0);

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Mark> marks;
    private final Shape shape;
    private final Optional<String> colourBar;
    /** How many colours of series are taken. */
    private final int series;

    /**
     * @param equal whether a unit is as long on both axes
     * @param aspect height by width where it is not
     */
    record Shape(boolean equal, double aspect, boolean bare) {
        static final Shape USUAL = new Shape(false, USUAL_ASPECT, false);
    }

    private Panel(String title, Axis x, Axis y, List<Mark> marks, Shape shape, Optional<String> colourBar, int series) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.marks = marks;
        this.shape = shape;
        this.colourBar = colourBar;
        this.series = series;
    }

    /** A panel with a title, empty for none. */
    public static Panel titled(String title) {
        return new Panel(Checks.present("Panel", "title", title), EMPTY.x, EMPTY.y, EMPTY.marks, EMPTY.shape, EMPTY.colourBar, 0);
    }

    /** Nothing, where a picture is to have a gap. */
    public static Panel blank() {
        return EMPTY.bare();
    }

    /**
     * Grey images in rows, from white for the lowest of all values to black for the highest.
     *
     * @param images each of width x height values, row by row from the top
     * @param columns how many are side by side
     */
    public static Panel images(String title, List<double[]> images, int width, int height, int columns) {
        Checks.present("images", "images", images);
        double[] all = images.stream().flatMapToDouble(Arrays::stream).toArray();
        Range range = Range.of(false, Checks.finite("images", "values", all));
        return images(title, images, width, height, columns, range.low(), range.high());
    }

    /** As above, from white for low to black for high. */
    public static Panel images(String title, List<double[]> images, int width, int height, int columns, double low, double high) {
        Checks.atLeast("images", "width", 1, width);
        Checks.atLeast("images", "height", 1, height);
        Checks.atLeast("images", "columns", 1, columns);
        Checks.atLeast("images", "number of images", 1, Checks.present("images", "images", images).size());
        List<double[]> copies = new ArrayList<>();
        for (double[] image : images) {
            copies.add(Checks.finite("images", "values", image));
            if (image.length != width * height) {
                throw new IllegalArgumentException("images: each must have " + width + " x " + height + " values, but image " + (copies.size() - 1) + " has "
                        + image.length);
            }
        }
        Images mark = new Images(copies, width, height, Math.min(columns, copies.size()), ColourScale.of("images", ColourMap.INK, low, high));
        Panel panel = titled(title).with(mark, 0);
        return new Panel(panel.title, panel.x, panel.y, panel.marks, new Shape(false, mark.aspect(), true), panel.colourBar, 0);
    }

    // ---- axes ----

    /** What is written beside the axes. */
    public Panel axes(String xLabel, String yLabel) {
        return new Panel(title, x.labelled(xLabel), y.labelled(yLabel), marks, shape, colourBar, series);
    }

    /** From where to where the axes go; what is outside is cut off. */
    public Panel range(double x0, double x1, double y0, double y1) {
        return rangeX(x0, x1).rangeY(y0, y1);
    }

    /** From where to where the axis of x goes. */
    public Panel rangeX(double x0, double x1) {
        return new Panel(title, x.from(x0, x1), y, marks, shape, colourBar, series);
    }

    /** From where to where the axis of y goes. */
    public Panel rangeY(double y0, double y1) {
        return new Panel(title, x, y.from(y0, y1), marks, shape, colourBar, series);
    }

    /** A logarithmic axis of x. */
    public Panel logX() {
        return new Panel(title, x.logarithms(), y, marks, shape, colourBar, series);
    }

    /** A logarithmic axis of y. */
    public Panel logY() {
        return new Panel(title, x, y.logarithms(), marks, shape, colourBar, series);
    }

    /** Names at 0, 1, 2, ... beside the axis of x, instead of numbers. */
    public Panel namesX(String... names) {
        return new Panel(title, x.named(List.of(names)), y, marks, shape, colourBar, series);
    }

    /** Names at 0, 1, 2, ... beside the axis of y, instead of numbers. */
    public Panel namesY(String... names) {
        return new Panel(title, x, y.named(List.of(names)), marks, shape, colourBar, series);
    }

    /** A unit of x as long as one of y. */
    public Panel equalAspect() {
        return new Panel(title, x, y, marks, new Shape(true, shape.aspect, shape.bare), colourBar, series);
    }

    /** Height by width, 0.7 if it is not told. */
    public Panel aspect(double heightByWidth) {
        if (!(heightByWidth >= 0.05 && heightByWidth <= 20)) {
            throw new IllegalArgumentException("aspect: height by width must be from 0.05 to 20, but was " + heightByWidth);
        }
        return new Panel(title, x, y, marks, new Shape(false, heightByWidth, shape.bare), colourBar, series);
    }

    /** Nothing written beside the axes, and no axes. */
    public Panel bare() {
        return new Panel(title, x, y, marks, new Shape(shape.equal, shape.aspect, true), colourBar, series);
    }

    /** Nothing written beside the axis of x: it is that of the panel below. */
    public Panel withoutLabelsX() {
        return new Panel(title, x.unwritten(), y, marks, shape, colourBar, series);
    }

    /** Nothing written beside the axis of y: it is that of the panel on the left. */
    public Panel withoutLabelsY() {
        return new Panel(title, x, y.unwritten(), marks, shape, colourBar, series);
    }

    /** Beside the panel, which colour of its {@link #density}, or of its points, is which value. */
    public Panel colourBar(String label) {
        return new Panel(title, x, y, marks, shape, Optional.of(Checks.present("colourBar", "label", label)), series);
    }

    // ---- marks of functions of two variables ----

    /** A grid as an image, in viridis, from its lowest value to its highest. */
    public Panel density(Grid grid) {
        return density(grid, ColourMap.VIRIDIS);
    }

    /** A grid as an image, from its lowest value to its highest. */
    public Panel density(Grid grid, ColourMap colours) {
        Checks.present("density", "grid", grid);
        return with(new Heat(grid, ColourScale.spanning("density", colours, grid.lowest(), grid.highest())), 0);
    }

    /** A grid as an image; values beyond low and high have the colours of those. */
    public Panel density(Grid grid, ColourMap colours, double low, double high) {
        return with(new Heat(Checks.present("density", "grid", grid), ColourScale.of("density", colours, low, high)), 0);
    }

    /** Lines where a grid has these values, such as those of {@link Grid#levelsOfMass}. */
    public Panel contours(Grid grid, double... levels) {
        return contours(grid, Look.of(Colour.BLACK), levels);
    }

    /** Lines where a grid has these values. */
    public Panel contours(Grid grid, Look look, double... levels) {
        Look own = coloured(look, series);
        return with(Levels.of(grid, levels, false, ColourMap.BLUES, own), taken(look));
    }

    /** Areas between lines where a grid has these values, the darker the higher; nothing below the lowest. */
    public Panel filledContours(Grid grid, double... levels) {
        return filledContours(grid, ColourMap.BLUES, levels);
    }

    /** Areas between lines where a grid has these values, from the lowest colour to the highest; nothing below the lowest level. */
    public Panel filledContours(Grid grid, ColourMap colours, double... levels) {
        return with(Levels.of(grid, levels, true, colours, Look.usual()), 0);
    }

    // ---- points ----

    /** Dots. */
    public Panel points(double[] xs, double[] ys) {
        return points(xs, ys, Look.usual());
    }

    /** Dots. */
    public Panel points(double[] xs, double[] ys, Look look) {
        Look own = coloured(look, series);
        return with(Points.of(xs, ys, new int[Checks.present("points", "x", xs).length], List.of(own)), taken(look));
    }

    /** Dots at the first two elements of draws (elements x draws). */
    public Panel points(DMatrixRMaj draws) {
        return points(draws, Look.usual());
    }

    /** Dots at the first two elements of draws (elements x draws). */
    public Panel points(DMatrixRMaj draws, Look look) {
        return points(row(draws, 0), row(draws, 1), look);
    }

    /**
     * Dots in groups, each in the colour of its own.
     *
     * @param group of each point, from 0
     * @param names of the groups for the legend; none for no legend
     */
    public Panel points(double[] xs, double[] ys, int[] group, String... names) {
        int groups = Math.max(names.length, Arrays.stream(Checks.present("points", "group", group)).max().orElse(0) + 1);
        if (names.length > 0 && names.length != groups) {
            throw new IllegalArgumentException("points: there must be a name for each of the " + groups + " groups, but there were " + names.length);
        }
        List<Look> looks = new ArrayList<>();
        for (int k = 0; k < groups; k++) looks.add(Look.of(Colour.series(k)).as(names.length > 0 ? names[k] : ""));
        return pointsOf(xs, ys, group, looks);
    }

    /** As above, at the first two elements of draws (elements x draws). */
    public Panel points(DMatrixRMaj draws, int[] group, String... names) {
        return points(row(draws, 0), row(draws, 1), group, names);
    }

    /** Dots in groups, each in its own look. */
    public Panel points(double[] xs, double[] ys, int[] group, List<Look> looks) {
        return pointsOf(xs, ys, group, IntStream.range(0, looks.size()).mapToObj(k -> coloured(looks.get(k), k)).toList());
    }

    /** Dots coloured by a value of each, from the lowest to the highest. */
    public Panel points(double[] xs, double[] ys, double[] values, ColourMap colours) {
        Range range = Range.of(false, Checks.finite("points", "values", values));
        return with(Points.of(xs, ys, values, ColourScale.spanning("points", colours, range.low(), range.high()), Look.usual()), 0);
    }

    private Panel pointsOf(double[] xs, double[] ys, int[] group, List<Look> looks) {
        for (int i = 0; i < group.length; i++) {
            if (group[i] < 0 || group[i] >= looks.size()) {
                throw new IllegalArgumentException("points: group must be from 0 to " + (looks.size() - 1) + ", but was " + group[i] + " at index " + i);
            }
        }
        return with(Points.of(xs, ys, group, looks), looks.size());
    }

    private static double[] row(DMatrixRMaj draws, int row) {
        if (Checks.present("points", "draws", draws).numRows < 2) {
            throw new IllegalArgumentException("points: draws must have at least 2 rows, elements x draws, but had " + draws.numRows);
        }
        return Arrays.copyOfRange(draws.data, row * draws.numCols, (row + 1) * draws.numCols);
    }

    // ---- lines ----

    /** A line from point to point, with a gap where a value is not finite. */
    public Panel line(double[] xs, double[] ys) {
        return line(xs, ys, Look.usual());
    }

    /** A line with a name for the legend. */
    public Panel line(double[] xs, double[] ys, String name) {
        return line(xs, ys, Look.named(name));
    }

    /** A line from point to point, with a gap where a value is not finite. */
    public Panel line(double[] xs, double[] ys, Look look) {
        return with(Line.of(xs, ys, coloured(look, series)), taken(look));
    }

    /** The graph of a function from one x to another. */
    public Panel curve(double from, double to, DoubleUnaryOperator f, Look look) {
        Checks.present("curve", "f", f);
        if (!(from < to && to - from < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("curve: from and to must be finite and ascending, but were " + from + " and " + to);
        }
        double[] xs = IntStream.range(0, CURVE_POINTS).mapToDouble(i -> from + i * (to - from) / (CURVE_POINTS - 1)).toArray();
        return line(xs, Arrays.stream(xs).map(f).toArray(), look);
    }

    /** What is between two functions, low and high at each x. */
    public Panel band(double[] xs, double[] low, double[] high, Look look) {
        return with(Band.of(xs, low, high, coloured(look, series)), taken(look));
    }

    /** A line at one x from bottom to top. */
    public Panel verticalLine(double at, Look look) {
        return with(Rule.of(at, true, coloured(look, series)), taken(look));
    }

    /** A line at one y from left to right. */
    public Panel horizontalLine(double at, Look look) {
        return with(Rule.of(at, false, coloured(look, series)), taken(look));
    }

    /** All between two values of x, shaded. */
    public Panel strip(double from, double to, Look look) {
        return with(Strip.of(from, to, coloured(look, series)), taken(look));
    }

    /** Arrows, each from a point to another. */
    public Panel arrows(double[] fromX, double[] fromY, double[] toX, double[] toY, Look look) {
        return with(Arrows.of(fromX, fromY, toX, toY, coloured(look, series)), taken(look));
    }

    /** Words around a point. */
    public Panel note(double atX, double atY, String text) {
        Checks.finite("note", "place", new double[] {atX, atY});
        return with(new Note(atX, atY, Checks.present("note", "text", text), Look.of(Colour.BLACK)), 0);
    }

    // ---- histograms ----

    /** How values are distributed, as a density, in bins whose width Freedman and Diaconis tell. */
    public Panel histogram(double[] values, Look look) {
        return histogram(values, Bars.bins(values), look);
    }

    /** How values are distributed, as a density, in this many bins from the least to the greatest. */
    public Panel histogram(double[] values, int bins, Look look) {
        return with(Bars.of(values, bins, coloured(look, series)), taken(look));
    }

    /**
     * Bars side by side on the line y = 0.
     *
     * @param edges ascending, one more than heights
     */
    public Panel bars(double[] edges, double[] heights, Look look) {
        Checks.sameLength("bars", "edges", edges.length, "heights and one more", heights.length + 1);
        return with(new Bars(Checks.finite("bars", "edges", edges), Checks.finite("bars", "heights", heights), coloured(look, series)), taken(look));
    }

    // ---- inside ----

    private Panel with(Mark mark, int colours) {
        List<Mark> more = new ArrayList<>(marks);
        more.add(mark);
        return new Panel(title, x, y, List.copyOf(more), shape, colourBar, series + colours);
    }

    private static Look coloured(@Nullable Look look, int series) {
        Look told = Checks.present("Panel", "look", look);
        return told.colour().isPresent() ? told : told.in(Colour.series(series));
    }

    private static int taken(Look look) {
        return look.colour().isPresent() ? 0 : 1;
    }

    String title() {
        return title;
    }

    Axis x() {
        return x;
    }

    Axis y() {
        return y;
    }

    List<Mark> marks() {
        return marks;
    }

    Shape shape() {
        return shape;
    }

    Optional<String> colourBar() {
        return colourBar;
    }
}
