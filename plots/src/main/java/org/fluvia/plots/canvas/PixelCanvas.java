package org.fluvia.plots.canvas;

import java.awt.AWTError;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.plots.canvas.Glyphs.Glyph;

/** Draws into pixels by Java 2D. Letters are outlines as well, so no fonts are needed. */
public final class PixelCanvas implements Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Map<Integer, Path2D> letters = new HashMap<>();

    /** An empty picture of this size, white; a unit is this many pixels wide. */
    public PixelCanvas(double width, double height, double scale) {
        image = new BufferedImage((int) Math.round(width * scale), (int) Math.round(height * scale), BufferedImage.TYPE_INT_RGB);
        graphics = graphics(image);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
    }

    /** Java 2D needs no display, but asks the one that DISPLAY names, and does not go on without its answer. */
    private static Graphics2D graphics(BufferedImage image) {
        try {
            return image.createGraphics();
        } catch (AWTError | LinkageError e) {
            throw new IllegalStateException("Picture: this Java cannot draw pixels: " + e.getMessage()
                    + ". Start it with -Djava.awt.headless=true, or write an SVG.", e);
        }
    }

    /** The picture drawn so far. */
    public BufferedImage image() {
        return image;
    }

    @Override
    public void fill(List<double[]> outlines, Ink ink) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (double[] outline : outlines) {
            trace(path, outline);
            path.closePath();
        }
        take(ink);
        graphics.fill(path);
    }

    @Override
    public void line(double[] points, Ink ink, Stroke stroke) {
        take(ink);
        float width = (float) stroke.width();
        graphics.setStroke(stroke.dash() > 0
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {(float) stroke.dash(), (float) stroke.dash() * 0.7f}, 0)
                : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D path = new Path2D.Double();
        trace(path, points);
        graphics.draw(path);
    }

    @Override
    public void dots(double[] centres, double radius, Ink ink) {
        take(ink);
        Ellipse2D dot = new Ellipse2D.Double();
        for (int i = 0; i < centres.length; i += 2) {
            dot.setFrame(centres[i] - radius, centres[i + 1] - radius, 2 * radius, 2 * radius);
            graphics.fill(dot);
        }
    }

    @Override
    public void image(Pixels pixels, Box box, boolean smooth) {
        int edge = smooth ? 1 : 0; // its last pixels once more, or the outermost half of each would fade
        int width = pixels.width() + 2 * edge;
        int height = pixels.height() + 2 * edge;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                picture.setRGB(column, row, pixels.rgb(Math.min(Math.max(column - edge, 0), pixels.width() - 1),
                        Math.min(Math.max(row - edge, 0), pixels.height() - 1)));
            }
        }
        graphics.setComposite(AlphaComposite.SrcOver);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
                smooth ? RenderingHints.VALUE_INTERPOLATION_BILINEAR : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        AffineTransform stretch = AffineTransform.getTranslateInstance(box.x(), box.y());
        stretch.scale(box.width() / pixels.width(), box.height() / pixels.height());
        stretch.translate(-edge, -edge);
        within(box, () -> graphics.drawImage(picture, stretch, null));
    }

    @Override
    public void text(String text, double x, double y, double size, Anchor anchor, boolean upwards, Ink ink) {
        double before = switch (anchor) {
            case START -> 0;
            case MIDDLE -> Glyphs.width(text, size) / 2;
            case END -> Glyphs.width(text, size);
        };
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        if (upwards) place.rotate(-Math.PI / 2);
        place.translate(-before, 0);
        place.scale(size / Glyphs.UNITS, -size / Glyphs.UNITS);
        take(ink);
        text.codePoints().forEach(c -> {
            Glyph glyph = Glyphs.of(c);
            graphics.fill(letters.computeIfAbsent(c, letter -> outline(glyph.outline())).createTransformedShape(place));
            place.translate(glyph.advance(), 0);
        });
    }

    @Override
    public void within(Box box, Runnable drawing) {
        Shape before = graphics.getClip();
        graphics.clip(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
        drawing.run();
        graphics.setClip(before);
    }

    private void take(Ink ink) {
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) Math.min(Math.max(ink.opacity(), 0), 1)));
        graphics.setColor(new Color(ink.rgb()));
    }

    private static void trace(Path2D path, double[] points) {
        for (int i = 0; i < points.length; i += 2) {
            if (i == 0) {
                path.moveTo(points[0], points[1]);
            } else {
                path.lineTo(points[i], points[i + 1]);
            }
        }
    }

    /** The path that steps describe, "M10 20L30 40Z". */
    private static Path2D outline(String steps) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (String step : steps.isEmpty() ? new String[0] : steps.split("(?=[MLQZ])", -1)) {
            String[] numbers = step.substring(1).split(" ");
            switch (step.charAt(0)) {
                case 'M' -> path.moveTo(at(numbers, 0), at(numbers, 1));
                case 'L' -> path.lineTo(at(numbers, 0), at(numbers, 1));
                case 'Q' -> path.quadTo(at(numbers, 0), at(numbers, 1), at(numbers, 2), at(numbers, 3));
                default -> path.closePath();
            }
        }
        return path;
    }

    private static int at(String[] numbers, int index) {
        return Integer.parseInt(numbers[index]);
    }
}
