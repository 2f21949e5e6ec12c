package org.fluvia.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;
import org.fluvia.plots.PredictiveChecks;
import org.fluvia.vi.diagnostics.Summary;
import org.fluvia.vi.predictive.Predictions;

/** Posterior predictive checks: pictures, and statistics of the data beside those of replications. */
public final class ChecksPart {
    private static final double SURPRISING = 0.01;
    private static final int MOST_PREDICTED = 60;
    private static final double WIDTH = 400;

    private final Map<String, Predictions> predictions;

    /** @param predictions by name */
    public ChecksPart(Map<String, Predictions> predictions) {
        this.predictions = predictions;
    }

    /** What of data is compared with what of replications. */
    private static Map<String, ToDoubleFunction<double[]>> statistics(int size) {
        Map<String, ToDoubleFunction<double[]>> all = new LinkedHashMap<>();
        all.put("mean", x -> Arrays.stream(x).average().orElseThrow());
        if (size == 1) return all;
        all.put("sd", x -> Summary.of(x, x.length).sd());
        all.put("least", x -> Arrays.stream(x).min().orElseThrow());
        all.put("greatest", x -> Arrays.stream(x).max().orElseThrow());
        return all;
    }

    /** The section; empty where there are no predictions. */
    public String html() {
        StringBuilder b = new StringBuilder();
        predictions.forEach((name, of) -> {
            if (of.shape().size() == 0) return;
            b.append("<h3>").append(Html.text(name)).append("</h3>\n");
            if (PredictiveChecks.areFor(of)) b.append(compared(name, of));
            else if (!of.isObserved()) b.append(predicted(name, of));
            else b.append(Html.paragraph("There is nothing to compare: no replication is finite in all elements, or the data themselves are not."));
            b.append(Html.list(of.notes()));
        });
        return b.toString();
    }

    private static String compared(String name, Predictions of) {
        StringBuilder b = new StringBuilder("<div class=\"pictures\">\n");
        for (Panel p : PredictiveChecks.of(of)) {
            b.append(Html.figure(Picture.of(p).naturalWidth(WIDTH), "Observed " + name + " and replications of it. The table below compares statistics of"
                    + " both.", ""));
        }
        b.append("</div>\n");
        StringBuilder table = new StringBuilder(Html.tableHead("Statistics of " + name + " and of " + (of.drawCount() - of.unusable()) + " replications.",
                "statistic", "observed", "5%", "50%", "95%", "share at least as large"));
        statistics(of.shape().size()).forEach((what, statistic) -> {
            double[] replicated = IntStream.range(0, of.drawCount()).mapToDouble(j -> statistic.applyAsDouble(of.draw(j))).toArray();
            Summary s = Summary.of(replicated, replicated.length);
            table.append("<tr><th scope=\"row\">").append(what).append("</th>");
            for (double x : new double[] {statistic.applyAsDouble(of.observed()), s.q05(), s.q50(), s.q95(), of.pValue(statistic)}) table.append(Html.cell(x));
            table.append("</tr>\n");
        });
        return b.append(Html.scrolled("Statistics of " + name, table.append("</tbody></table>\n").toString())).toString();
    }

    private static String predicted(String name, Predictions of) {
        StringBuilder table = new StringBuilder(Html.tableHead("Predicted, and not observed.", "name", "mean", "sd", "5%", "50%", "95%"));
        of.summaries().entrySet().stream().limit(MOST_PREDICTED).forEach(e -> {
            Summary s = e.getValue();
            table.append("<tr><th scope=\"row\">").append(Html.text(e.getKey())).append("</th>");
            for (double x : new double[] {s.mean(), s.sd(), s.q05(), s.q50(), s.q95()}) table.append(Html.cell(x));
            table.append("</tr>\n");
        });
        int more = of.shape().size() - MOST_PREDICTED;
        return Html.scrolled("Predictions of " + name, table.append("</tbody></table>\n").toString()) + (more > 0 ? Html.paragraph("And " + more + " more.") : "");
    }

    /** Statistics of the data that hardly any replication has, a sentence each. */
    public List<String> surprises() {
        List<String> all = new ArrayList<>();
        predictions.forEach((name, of) -> {
            if (of.shape().size() == 0 || !PredictiveChecks.areFor(of)) return;
            statistics(of.shape().size()).forEach((what, statistic) -> {
                double p = of.pValue(statistic);
                if (p >= SURPRISING && p <= 1 - SURPRISING) return;
                all.add(String.format(Locale.ROOT, "The model does not reproduce the data: %s of %s is %s than in %s of its replications.",
                        what.equals("mean") || what.equals("sd") ? "the " + what : "the " + what + " value", name, p < SURPRISING ? "greater" : "smaller",
                        p == 0 || p == 1 ? "all" : "99 %"));
            });
        });
        return all;
    }
}
