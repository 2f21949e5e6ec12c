package org.fluvia.report.html;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fluvia.model.Quantity;
import org.fluvia.plots.Colour;
import org.fluvia.plots.Elements;
import org.fluvia.plots.Look;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;
import org.fluvia.plots.Plots;
import org.fluvia.vi.PosteriorDraws;
import org.fluvia.vi.diagnostics.Summary;

/** The table of parameters and derived values, and their pictures. */
public final class ParametersPart {
    /** Rows that a person may want to see; the others are counted. */
    private static final int MOST_ROWS = 300;
    private static final int SPARK_BINS = 24;
    private static final double SPARK_WIDTH = 100;
    private static final double SPARK_ASPECT = 0.22;
    private static final int MOST_IN_FOREST = 40;
    private static final int MOST_MARGINALS = 12;
    private static final double MARGINAL_WIDTH = 260;
    private static final int MOST_IN_PAIRS = 4;
    private static final int DRAWS_IN_PAIRS = 600;
    private static final List<String> HEADS = List.of("mean", "sd", "mcse", "5%", "25%", "50%", "75%", "95%");

    private ParametersPart() {}

    /** A row for each element, which can be sorted by each column. */
    public static String table(PosteriorDraws posterior) {
        StringBuilder b = new StringBuilder("<table class=\"sortable\">\n<caption>Press a heading to sort. mcse is the Monte-Carlo error of the mean.</caption>\n");
        b.append("<thead><tr><th scope=\"col\" aria-sort=\"none\"><button type=\"button\">name</button></th><th scope=\"col\">density</th>");
        for (String head : HEADS) b.append("<th scope=\"col\" aria-sort=\"none\"><button type=\"button\">").append(head).append("</button></th>");
        b.append("</tr></thead>\n<tbody>\n");
        int row = 0;
        for (Quantity q : posterior.quantities()) {
            List<String> names = q.elementNames();
            List<String> labels = q.elementLabels();
            for (int i = 0; i < names.size(); i++) {
                if (row++ >= MOST_ROWS) continue;
                row(b, row, labels.get(i), posterior.summary(names.get(i)), posterior.draws(names.get(i)));
            }
        }
        b.append("</tbody></table>\n");
        return Html.scrolled("Table of parameters", b.toString())
                + (row > MOST_ROWS ? Html.paragraph("And " + (row - MOST_ROWS) + " more, which summary.json and draws.csv have (--out).") : "");
    }

    private static void row(StringBuilder b, int place, String label, Summary s, double[] draws) {
        b.append("<tr><th scope=\"row\" data-v=\"").append(place).append("\">").append(Html.text(label)).append("</th><td class=\"spark\">").append(spark(s, draws))
                .append("</td>");
        for (double x : new double[] {s.mean(), s.sd(), s.mcse(), s.q05(), s.q25(), s.q50(), s.q75(), s.q95()}) b.append(Html.cell(x));
        b.append("</tr>\n");
    }

    /** A small histogram of all but the outermost draws; the numbers beside it say the same. */
    private static String spark(Summary s, double[] draws) {
        double[] sorted = Arrays.stream(draws).filter(Double::isFinite).sorted().toArray();
        if (sorted.length < 2 || !(s.q05() < s.q95())) return "";
        int few = sorted.length / 200;
        double[] shown = Arrays.copyOfRange(sorted, few, sorted.length - few);
        if (Math.abs(shown[0]) > Elements.LARGEST || Math.abs(shown[shown.length - 1]) > Elements.LARGEST) return "";
        Panel p = Panel.titled("").bare().aspect(SPARK_ASPECT).histogram(shown, SPARK_BINS, Look.of(Colour.BLUE).opaque(0.8));
        return "<span aria-hidden=\"true\">" + Picture.of(p).naturalWidth(SPARK_WIDTH).svg() + "</span>";
    }

    /** Forest, marginals and pairs of what a picture can show. */
    public static String pictures(PosteriorDraws posterior) {
        Elements all = Elements.of(posterior);
        String leftOut = all.leftOut() == 0 ? "" : Html.paragraph(all.leftOut() + (all.leftOut() == 1 ? " value is" : " values are")
                + " in no picture, not finite in some draws or the same in all.");
        if (all.size() == 0) return leftOut;
        Elements first = Elements.of(posterior, scalarsFirst(posterior));
        StringBuilder b = new StringBuilder();
        List<String> forest = all.names(MOST_IN_FOREST);
        b.append("<h3>Intervals</h3>\n").append(Html.figure(Picture.of(Plots.forest("", forest, all.draws(MOST_IN_FOREST, posterior.drawCount()))),
                "Forest plot: median and intervals of 50 and 90 % of " + list(forest) + ". The table has the numbers.",
                "Medians with the intervals that hold 50 and 90 % of the draws." + more(all, MOST_IN_FOREST)));
        b.append("<h3>Marginals</h3>\n<div class=\"pictures\">\n");
        List<String> marginals = first.names(MOST_MARGINALS);
        for (int i = 0; i < marginals.size(); i++) {
            List<String> one = List.of(marginals.get(i));
            b.append(Html.figure(Plots.marginals(one, first.rows(i, 1, posterior.drawCount())).naturalWidth(MARGINAL_WIDTH), "Histogram of " + one.get(0), ""));
        }
        b.append("</div>\n").append(Html.paragraph("Histograms, shaded where 90 % of the draws are, with the median." + more(all, MOST_MARGINALS)));
        int draws = Math.min(DRAWS_IN_PAIRS, posterior.drawCount());
        if (all.size() < 2 || draws < 2) return b.append(leftOut).toString();
        List<String> pairs = first.names(MOST_IN_PAIRS);
        b.append("<h3>Pairs</h3>\n").append(Html.figure(Plots.pairs(pairs, first.draws(MOST_IN_PAIRS, draws)), "Pairs of draws of " + list(pairs),
                String.format(Locale.ROOT, "%d draws, and the regions that hold half and 90 %% of them.", draws) + more(all, MOST_IN_PAIRS)));
        return b.append(leftOut).toString();
    }

    /** Names to labels: scalars, which the others often depend on, then the first element of each quantity, then the rest. */
    private static Map<String, String> scalarsFirst(PosteriorDraws posterior) {
        Map<String, String> all = new LinkedHashMap<>();
        List<Quantity> quantities = posterior.quantities().stream().filter(q -> q.shape().size() > 0).toList();
        quantities.stream().filter(q -> q.shape().size() == 1).forEach(q -> all.put(q.elementNames().get(0), q.elementLabels().get(0)));
        quantities.forEach(q -> all.putIfAbsent(q.elementNames().get(0), q.elementLabels().get(0)));
        for (Quantity q : quantities) {
            List<String> names = q.elementNames();
            List<String> labels = q.elementLabels();
            for (int i = 0; i < names.size(); i++) all.putIfAbsent(names.get(i), labels.get(i));
        }
        return all;
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }

    private static String more(Elements all, int most) {
        return all.size() <= most ? "" : String.format(Locale.ROOT, " %d of %d; fluvia plot --names shows others.", most, all.size());
    }
}
