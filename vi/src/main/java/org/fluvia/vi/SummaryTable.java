package org.fluvia.vi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fluvia.vi.diagnostics.Summary;

/** Summaries as aligned text, four significant digits. */
final class SummaryTable {
    private static final String[] HEADER = {"", "mean", "sd", "mcse", "5%", "25%", "50%", "75%", "95%"};
    /** More elements than a person reads are left out, with their number. */
    private static final int MOST_ROWS = 100;

    private final Map<String, Summary> summaries;

    SummaryTable(Map<String, Summary> summaries) {
        this.summaries = summaries;
    }

    List<String> lines() {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEADER);
        summaries.forEach((name, s) -> {
            if (rows.size() <= MOST_ROWS) {
                rows.add(new String[] {name, text(s.mean()), text(s.sd()), text(s.mcse()), text(s.q05()), text(s.q25()),
                    text(s.q50()), text(s.q75()), text(s.q95())});
            }
        });
        int[] widths = new int[HEADER.length];
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
        if (summaries.size() > MOST_ROWS) lines.add("... and " + (summaries.size() - MOST_ROWS) + " more");
        return lines;
    }

    private static String text(double x) {
        if (x == 0) return "0";
        double magnitude = Math.abs(x);
        if (magnitude >= 1e6 || magnitude < 1e-4) return String.format(Locale.ROOT, "%.3e", x);
        int decimals = Math.max(0, 3 - (int) Math.floor(StrictMath.log10(magnitude)));
        return String.format(Locale.ROOT, "%." + decimals + "f", x);
    }
}
