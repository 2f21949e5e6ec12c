package org.fluvia.report.html;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fluvia.plots.Picture;
import org.fluvia.text.Digits;
import org.fluvia.text.Shown;

/** Pieces of HTML. What is called text is not HTML, and is escaped here. */
final class Html {
    private Html() {}

    /** A piece of text of one line, cut where it is absurdly long, without what turns the direction of writing. */
    static String text(String text) {
        return escaped(Shown.text(text));
    }

    /** Text of several lines. */
    static String lines(String text) {
        return escaped(Shown.lines(text));
    }

    private static String escaped(String text) {
        StringBuilder b = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> b.append("&amp;");
                case '<' -> b.append("&lt;");
                case '>' -> b.append("&gt;");
                case '"' -> b.append("&quot;");
                case '\'' -> b.append("&#39;");
                default -> b.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c); // half a pair
            }
        });
        return b.toString();
    }

    static String paragraph(String text) {
        return "<p>" + lines(text) + "</p>\n";
    }

    static String list(List<String> texts) {
        return texts.isEmpty() ? "" : texts.stream().map(t -> "<li>" + lines(t) + "</li>\n").collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
    }

    /** A row of a list of terms. */
    static String term(String term, String text) {
        return "<dt>" + text(term) + "</dt><dd>" + lines(text) + "</dd>\n";
    }

    /**
     * A picture.
     *
     * @param alternative text for those who cannot see it
     * @param caption text below it; empty for none
     */
    static String figure(Picture picture, String alternative, String caption) {
        return "<figure><div role=\"img\" aria-label=\"" + lines(alternative) + "\">" + picture.svg() + "</div>"
                + (caption.isEmpty() ? "" : "<figcaption>" + lines(caption) + "</figcaption>") + "</figure>\n";
    }

    /** What may be wider than the screen: it can be scrolled, by the keyboard too. */
    static String scrolled(String label, String html) {
        return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + text(label) + "\">\n" + html + "</div>\n";
    }

    /** The beginning of a table, up to its rows. */
    static String tableHead(String caption, String... heads) {
        return "<table>\n<caption>" + text(caption) + "</caption>\n<thead><tr>"
                + Arrays.stream(heads).map(h -> "<th scope=\"col\">" + text(h) + "</th>").collect(Collectors.joining()) + "</tr></thead>\n<tbody>\n";
    }

    /** A cell with a number of four digits, by which its column can be sorted. */
    static String cell(double x) {
        return "<td data-v=\"" + (Double.isNaN(x) ? "NaN" : Double.isInfinite(x) ? x > 0 ? "Infinity" : "-Infinity" : Double.toString(x)) + "\">" + number(x)
                + "</td>";
    }

    /** Four significant digits; a dash for NaN: there is no such number. */
    static String number(double x) {
        return Double.isNaN(x) ? "–" : Digits.four(x);
    }

    static String number(String format, double x) {
        return Double.isFinite(x) ? String.format(Locale.ROOT, format, x) : number(x);
    }
}
