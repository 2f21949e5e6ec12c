package org.fluvia.plots;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.fluvia.plots.canvas.PixelCanvas;
import org.fluvia.plots.canvas.SvgCanvas;

/**
 * Panels in rows, to be written as PNG or SVG. Immutable. Needs neither a display nor fonts; the bytes of an SVG are the same on every
 * machine. A PNG is drawn by Java 2D, which throws an {@link IllegalStateException} where DISPLAY names a display that does not answer: start
 * Java with {@code -Djava.awt.headless=true} there.
 */
public final class Picture {
    /** The width of pictures with as many columns as this is long, letters being 10 to 12 high, so that they can be read at half the size. */
    private static final double[] WIDTHS = {400, 640, 800, 920};
    private static final double WIDER = 190;
    /** Pixels for a unit of the natural width. */
    private static final double FINE = 2;
    private static final int WIDEST = 10_000;
    private static final double TALLEST = 20_000;

    private final String title;
    private final List<List<Panel>> rows;
    private final double naturalWidth;

    private Picture(String title, List<List<Panel>> rows, double naturalWidth) {
        this.title = title;
        this.rows = rows;
        this.naturalWidth = naturalWidth;
    }

    /** Panels side by side. */
    public static Picture of(Panel... panels) {
        return rows(List.of(List.of(panels)));
    }

    /** Rows of panels, the uppermost first; they may be of different lengths. */
    public static Picture rows(List<? extends List<Panel>> rows) {
        List<List<Panel>> copy = new ArrayList<>();
        for (List<Panel> row : Checks.present("Picture", "rows", rows)) copy.add(List.copyOf(row));
        int columns = copy.stream().mapToInt(List::size).max().orElse(0);
        if (columns == 0) throw new IllegalArgumentException("Picture: there must be at least one panel");
        return new Picture("", List.copyOf(copy), columns <= WIDTHS.length ? WIDTHS[columns - 1] : WIDTHS[WIDTHS.length - 1] + (columns - WIDTHS.length) * WIDER);
    }

    /** Panels in rows of this many. */
    public static Picture grid(int columns, List<Panel> panels) {
        Checks.atLeast("Picture", "columns", 1, columns);
        Checks.present("Picture", "panels", panels);
        List<List<Panel>> rows = new ArrayList<>();
        for (int i = 0; i < panels.size(); i += columns) rows.add(panels.subList(i, Math.min(i + columns, panels.size())));
        return rows(rows);
    }

    /** With a title above all panels. */
    public Picture titled(String text) {
        return new Picture(Checks.present("Picture", "title", text), rows, naturalWidth);
    }

    /** The width at which letters are 10 to 12 high: the greater, the more room for the panels and the smaller the letters beside them. */
    public Picture naturalWidth(double width) {
        if (!(width >= 100 && width <= WIDEST)) throw new IllegalArgumentException("naturalWidth: the width must be from 100 to " + WIDEST + ", but was " + width);
        return new Picture(title, rows, width);
    }

    /**
     * Writes the picture, as PNG two pixels for each unit of the natural width. Folders that are missing are made.
     *
     * @param file which ends in .png or .svg
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        write(file, (int) Math.round(naturalWidth * FINE));
    }

    /**
     * Writes the picture.
     *
     * @param file which ends in .png or .svg
     * @param width in pixels; of an SVG what it asks for
     */
    public void write(Path file, int width) throws IOException {
        String name = Checks.present("write", "file", file).toString().toLowerCase(Locale.ROOT);
        byte[] bytes;
        if (name.endsWith(".svg")) {
            bytes = svg(width).getBytes(StandardCharsets.UTF_8);
        } else if (name.endsWith(".png")) {
            bytes = png(width);
        } else {
            throw new IllegalArgumentException("write: the file must end in .png or .svg, but was " + file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Files.write(file, bytes);
    }

    /** The picture as an SVG document. */
    public String svg() {
        return svg((int) Math.round(naturalWidth));
    }

    private String svg(int width) {
        Sheet sheet = sheet();
        SvgCanvas canvas = new SvgCanvas(naturalWidth, sheet.height(), scale(width, sheet), title);
        sheet.draw(canvas);
        return canvas.document();
    }

    /** The picture as a PNG file, this many pixels wide. */
    public byte[] png(int width) {
        Sheet sheet = sheet();
        PixelCanvas canvas = new PixelCanvas(naturalWidth, sheet.height(), scale(width, sheet));
        sheet.draw(canvas);
        BufferedImage image = canvas.image();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private double scale(int width, Sheet sheet) {
        double scale = width / naturalWidth;
        if (width < 50 || width > WIDEST || sheet.height() * scale > TALLEST) {
            throw new IllegalArgumentException("Picture: it must be from 50 to " + WIDEST + " pixels wide and at most " + TALLEST + " high, but was to be "
                    + width + " x " + Math.round(sheet.height() * scale));
        }
        return scale;
    }

    private Sheet sheet() {
        List<LegendKey> shared = sharedLegend();
        boolean own = shared.isEmpty();
        List<List<PanelDrawing>> drawings = rows.stream().map(row -> row.stream().map(p -> new PanelDrawing(p, own)).toList()).toList();
        return new Sheet(title, drawings, shared, naturalWidth);
    }

    /** The legend of all panels, where they have rows in common, no name has two looks and no look two names; else none. */
    private List<LegendKey> sharedLegend() {
        List<LegendKey> all = new ArrayList<>();
        boolean repeated = false;
        for (Panel panel : rows.stream().flatMap(List::stream).toList()) {
            for (LegendKey key : PanelDrawing.keys(panel)) {
                List<LegendKey> alike = all.stream().filter(k -> k.name().equals(key.name()) || k.looksLike(key)).toList();
                if (alike.stream().anyMatch(k -> !k.name().equals(key.name()) || !k.looksLike(key))) return List.of();
                if (alike.isEmpty()) all.add(key);
                repeated |= !alike.isEmpty();
            }
        }
        return repeated ? all : List.of();
    }
}
