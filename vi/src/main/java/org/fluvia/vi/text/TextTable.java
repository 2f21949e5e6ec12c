package org.fluvia.vi.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fluvia.text.Digits;

/** Rows of words as aligned lines: the first column to the left, the others to the right. Belongs to one thread. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();
    private final int mostRows;
    private int leftOut;

    private TextTable(int mostRows, String... header) {
        this.mostRows = mostRows;
        rows.add(header);
    }

    /** A table that shows so many rows and tells how many more there are. */
    public static TextTable of(int mostRows, String... header) {
        return new TextTable(mostRows, header);
    }

    /** Adds a row of as many words as the header has. */
    public void add(String... words) {
        if (words.length != rows.get(0).length) {
            throw new IllegalArgumentException("TextTable: a row must have " + rows.get(0).length + " words, but had " + words.length);
        }
        if (rows.size() <= mostRows) {
            rows.add(words);
        } else {
            leftOut++;
        }
    }

    public List<String> lines() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) widths[i] = Math.max(widths[i], row[i].length());
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder b = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String pad = " ".repeat(widths[i] - row[i].length());
                b.append(i == 0 ? row[i] + pad : "  " + pad + row[i]);
            }
            lines.add(b.toString());
        }
        if (leftOut > 0) lines.add("... and " + leftOut + " more");
        return lines;
    }

    /** Four significant digits; a dash for NaN: there is no such number. */
    public static String known(double x) {
        return Double.isNaN(x) ? "-" : Digits.four(x);
    }

    /** One decimal, or the name of an infinity. */
    public static String oneDecimal(double x) {
        return Double.isFinite(x) ? String.format(Locale.ROOT, "%.1f", x) : Digits.four(x);
    }
}
