package org.fluvia.vi;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fluvia.model.Quantity;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.draws.SummaryTable;

/** A posterior in words: the verdict, then the table of summaries. */
record PosteriorText(PosteriorDraws posterior) {
    private static final double LONGEST_WITH_DECIMALS = 1e9;

    @Override
    public String toString() {
        Assessment assessment = posterior.assessment();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: %s", posterior.modelName(), posterior.verdict()));
        for (String reason : assessment.reasons()) lines.add("  " + reason);
        lines.add(String.format(Locale.ROOT, "  k-hat %s, ESS %.0f of %d, ELBO %s, log evidence %s, %.1f s", khat(assessment.khat()),
                assessment.ess(), assessment.proposals(), text(assessment.elbo()), text(assessment.logEvidence()), posterior.seconds()));
        lines.add("");
        lines.addAll(new SummaryTable(labelled()).lines());
        if (posterior.drawCount() == 1) lines.add("One draw says nothing of the spread: there is no sd and no mcse.");
        for (String note : posterior.notes()) lines.add("Note: " + note);
        return String.join(System.lineSeparator(), lines);
    }

    /** The summaries by what people call the elements. */
    private Map<String, Summary> labelled() {
        Map<String, Summary> all = new LinkedHashMap<>();
        Iterator<Summary> summaries = posterior.summaries().values().iterator();
        for (Quantity q : posterior.quantities()) {
            for (String label : q.elementLabels()) all.put(label, summaries.next());
        }
        return all;
    }

    private static String khat(double k) {
        return Double.isFinite(k) ? String.format(Locale.ROOT, "%.2f", k) : k < 0 ? "none (equal weights)" : "unknown";
    }

    private static String text(Estimate e) {
        boolean isLong = !(Math.abs(e.value()) < LONGEST_WITH_DECIMALS);
        return String.format(Locale.ROOT, isLong ? "%.4g +- %.2g" : "%.3f +- %.3f", e.value(), e.standardError());
    }
}
