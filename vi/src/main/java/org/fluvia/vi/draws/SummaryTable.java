package org.fluvia.vi.draws;

import java.util.List;
import java.util.Map;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.text.TextTable;

/** Summaries as aligned text, four significant digits; a dash for what is not known, as the sd of one draw. */
public final class SummaryTable {
    /** More elements than a person reads are left out, with their number. */
    private static final int MOST_ROWS = 100;

    private final Map<String, Summary> summaries;

    public SummaryTable(Map<String, Summary> summaries) {
        this.summaries = summaries;
    }

    public List<String> lines() {
        TextTable table = TextTable.of(MOST_ROWS, "", "mean", "sd", "mcse", "5%", "25%", "50%", "75%", "95%");
        summaries.forEach((name, s) -> table.add(name, TextTable.known(s.mean()), TextTable.known(s.sd()), TextTable.known(s.mcse()),
                TextTable.known(s.q05()), TextTable.known(s.q25()), TextTable.known(s.q50()), TextTable.known(s.q75()),
                TextTable.known(s.q95())));
        return table.lines();
    }
}
