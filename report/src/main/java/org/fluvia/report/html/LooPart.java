package org.fluvia.report.html;

import java.util.List;
import java.util.Locale;
import org.fluvia.plots.LooChecks;
import org.fluvia.plots.Picture;
import org.fluvia.vi.diagnostics.Estimate;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.LooPit;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.jspecify.annotations.Nullable;

/** Leave-one-out cross-validation. */
public final class LooPart {
    private static final int MOST_ROWS = 200;
    private static final double WIDTH = 640;

    private LooPart() {}

    /** @param pit null where it is not known */
    public static String of(Loo loo, @Nullable LooPit pit) {
        StringBuilder b = new StringBuilder("<dl>\n");
        b.append(Html.term("elpd, nats: the higher the better", estimate(loo.elpd())));
        b.append(Html.term("p_loo, effective parameters", estimate(loo.effectiveParameters())));
        b.append(Html.term("looic, -2 elpd", estimate(loo.looic()))).append(Html.term("Monte-Carlo error of elpd", Html.number(loo.monteCarloError())));
        b.append(Html.term("observations", String.valueOf(loo.pointwise().size())));
        b.append(Html.term("not to be relied on", loo.unreliable().isEmpty() ? "none" : loo.unreliable().size() + " of them")).append("</dl>\n");
        b.append(Html.list(loo.notes()));
        if (loo.pointwise().stream().anyMatch(p -> Double.isFinite(p.khat()))) {
            b.append(Html.figure(Picture.of(LooChecks.khats(loo)).naturalWidth(WIDTH), "k-hat of each observation beside the limit of "
                    + Html.number("%.2f", loo.khatLimit()) + ". The table has the numbers.",
                    "Above the limit an observation has so great an influence that its value may be far off."));
        }
        if (pit != null && pit.values().stream().anyMatch(p -> !p.isNaN())) {
            b.append(Html.figure(Picture.of(LooChecks.pit(pit)).naturalWidth(WIDTH), "LOO-PIT, where each observation lies in what is predicted of it from the"
                    + " others: the distribution function less the uniform one, and a band.", "Where observations lie in what is predicted of them from the others."
                    + " Out of the band, above at the left and below at the right: predictions are too narrow; the other way round: too wide."));
        }
        return b.append(table(loo.pointwise())).toString();
    }

    private static String table(List<PointwiseLoo> points) {
        StringBuilder b = new StringBuilder("<table class=\"sortable\">\n<caption>Each observation, left out. Press a heading to sort.</caption>\n<thead><tr>");
        for (String head : List.of("observation", "elpd", "p_loo", "k-hat", "ESS")) {
            b.append("<th scope=\"col\" aria-sort=\"none\"><button type=\"button\">").append(head).append("</button></th>");
        }
        b.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < Math.min(MOST_ROWS, points.size()); i++) {
            PointwiseLoo p = points.get(i);
            b.append("<tr><th scope=\"row\" data-v=\"").append(i).append("\">").append(Html.text(p.name())).append("</th>");
            for (double x : new double[] {p.elpd(), p.effectiveParameters(), p.khat(), p.ess()}) b.append(Html.cell(x));
            b.append("</tr>\n");
        }
        b.append("</tbody></table>\n");
        return Html.scrolled("Table of observations", b.toString()) + (points.size() > MOST_ROWS
                ? Html.paragraph(String.format(Locale.ROOT, "And %d more, which loo.csv has (--out).", points.size() - MOST_ROWS)) : "");
    }

    private static String estimate(Estimate e) {
        return Html.number("%.1f", e.value()) + " ± " + Html.number("%.1f", e.standardError());
    }
}
