package org.fluvia.plots.canvas;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes what is drawn as SVG 1.1: text as text, numbers to a hundredth, the same bytes for the same picture. */
public final class SvgCanvas implements Canvas {
    private static final String FONTS = "Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif";
    /** A line of no length with round ends is a dot. Those of one path do not darken each other, so there are many paths. */
    private static final int DOTS_PER_PATH = 100;
    private final StringBuilder out = new StringBuilder();

    /** An empty picture of this size, white, shown larger by a factor, with a title for those who cannot see it. */
    public SvgCanvas(double width, double height, double scale, String title) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"").append(number(width * scale))
                .append("\" height=\"").append(number(height * scale)).append("\" viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height))
                .append("\" font-family=\"").append(FONTS).append("\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n");
        if (!title.isEmpty()) out.append("<title>").append(escaped(title)).append("</title>\n");
        fill(List.of(new Box(0, 0, width, height).outline()), Ink.of(0xFFFFFF));
    }

    /** The picture drawn so far, a whole document. */
    public String document() {
        return out + "</svg>\n";
    }

    @Override
    public void fill(List<double[]> outlines, Ink ink) {
        if (outlines.isEmpty()) return;
        out.append("<path d=\"");
        for (double[] outline : outlines) {
            points(outline);
            out.append('Z');
        }
        out.append("\" fill-rule=\"evenodd\"").append(paint("fill", ink)).append("/>\n");
    }

    @Override
    public void line(double[] points, Ink ink, Stroke stroke) {
        out.append("<path d=\"");
        points(points);
        out.append("\" fill=\"none\"").append(paint("stroke", ink)).append(" stroke-width=\"").append(number(stroke.width())).append('"');
        if (stroke.dash() > 0) {
            out.append(" stroke-linecap=\"butt\" stroke-dasharray=\"").append(number(stroke.dash())).append(' ').append(number(stroke.dash() * 0.7))
                    .append('"');
        }
        out.append("/>\n");
    }

    @Override
    public void dots(double[] centres, double radius, Ink ink) {
        if (centres.length == 0) return;
        out.append("<g fill=\"none\"").append(paint("stroke", ink)).append(" stroke-width=\"").append(number(2 * radius)).append("\">\n");
        for (int from = 0; from < centres.length; from += 2 * DOTS_PER_PATH) {
            out.append("<path d=\"");
            for (int i = from; i < Math.min(from + 2 * DOTS_PER_PATH, centres.length); i += 2) {
                out.append('M').append(number(centres[i])).append(' ').append(number(centres[i + 1])).append("h0");
            }
            out.append("\"/>\n");
        }
        out.append("</g>\n");
    }

    @Override
    public void image(Pixels pixels, Box box, boolean smooth) {
        out.append("<image").append(place(box)).append(" preserveAspectRatio=\"none\"").append(smooth ? "" : " style=\"image-rendering:pixelated\"")
                .append(" xlink:href=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(StoredPng.of(pixels))).append("\"/>\n");
    }

    @Override
    public void text(String text, double x, double y, double size, Anchor anchor, boolean upwards, Ink ink) {
        out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" font-size=\"").append(number(size)).append('"')
                .append(anchor == Anchor.START ? "" : " text-anchor=\"" + anchor.name().toLowerCase(Locale.ROOT) + "\"");
        if (upwards) out.append(" transform=\"rotate(-90 ").append(number(x)).append(' ').append(number(y)).append(")\"");
        out.append(paint("fill", ink)).append('>').append(escaped(text)).append("</text>\n");
    }

    /** A picture within the picture cuts off what is outside; a clip path would need a name, which another picture of the page may have. */
    @Override
    public void within(Box box, Runnable drawing) {
        out.append("<svg").append(place(box)).append(" viewBox=\"").append(number(box.x())).append(' ').append(number(box.y())).append(' ')
                .append(number(box.width())).append(' ').append(number(box.height())).append("\" preserveAspectRatio=\"none\">\n");
        drawing.run();
        out.append("</svg>\n");
    }

    private static String place(Box box) {
        return " x=\"" + number(box.x()) + "\" y=\"" + number(box.y()) + "\" width=\"" + number(box.width()) + "\" height=\"" + number(box.height()) + '"';
    }

    private static String paint(String what, Ink ink) {
        String colour = " " + what + "=\"#" + String.format("%06x", ink.rgb()) + '"';
        return ink.opacity() >= 1 ? colour : colour + " " + what + "-opacity=\"" + number(ink.opacity()) + '"';
    }

    private void points(double[] points) {
        for (int i = 0; i < points.length; i += 2) {
            out.append(i == 0 ? 'M' : 'L').append(number(points[i])).append(' ').append(number(points[i + 1]));
        }
    }

    /** To a hundredth: what Double.toString writes depends on the JDK. */
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        long whole = Math.abs(hundredths) / 100;
        long part = Math.abs(hundredths) % 100;
        String sign = hundredths < 0 ? "-" : "";
        if (part == 0) return sign + whole;
        return sign + whole + "." + (part % 10 == 0 ? String.valueOf(part / 10) : (part < 10 ? "0" : "") + part);
    }

    /** As XML wants it: what no document may contain, a control character or half a pair, becomes the sign for that. */
    static String escaped(String text) {
        StringBuilder b = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> b.append("&amp;");
                case '<' -> b.append("&lt;");
                case '>' -> b.append("&gt;");
                case '"' -> b.append("&quot;");
                default -> b.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return b.toString();
    }

    private static boolean allowed(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
