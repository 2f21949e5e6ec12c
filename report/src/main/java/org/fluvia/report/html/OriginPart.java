package org.fluvia.report.html;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fluvia.model.Data;

/** What the fit was made of: the model's source, the data, and how to make it again. */
public final class OriginPart {
    private static final int LONGEST_SOURCE = 200_000;
    private static final int MOST_VARIABLES = 200;

    private OriginPart() {}

    /** The source with its lines counted. */
    public static String source(String text) {
        String shown = text.length() <= LONGEST_SOURCE ? text : text.substring(0, LONGEST_SOURCE);
        return "<pre class=\"source\" role=\"region\" tabindex=\"0\" aria-label=\"Source of the model\"><code>"
                + shown.stripTrailing().lines().map(line -> "<span>" + Html.lines(line) + "</span>").collect(Collectors.joining("\n")) + "</code></pre>\n"
                + (shown.equals(text) ? "" : Html.paragraph("And " + (text.length() - shown.length()) + " characters more."));
    }

    /** Each variable's name, shape and range. */
    public static String data(Data data) {
        if (data.names().isEmpty()) return Html.paragraph("The model was fitted without data.");
        StringBuilder b = new StringBuilder(Html.tableHead("Variables of " + data.source() + ".", "name", "shape", "least", "mean", "greatest", "missing"));
        data.names().stream().limit(MOST_VARIABLES).forEach(name -> {
            double[] known = Arrays.stream(data.values(name)).filter(x -> !Double.isNaN(x)).toArray();
            b.append("<tr><th scope=\"row\">").append(Html.text(name)).append("</th><td>").append(Html.text(data.shape(name).toString())).append("</td>");
            b.append(Html.cell(Arrays.stream(known).min().orElse(Double.NaN))).append(Html.cell(Arrays.stream(known).average().orElse(Double.NaN)))
                    .append(Html.cell(Arrays.stream(known).max().orElse(Double.NaN)));
            b.append("<td>").append(data.shape(name).size() - known.length).append("</td></tr>\n");
        });
        int more = data.names().size() - MOST_VARIABLES;
        return Html.scrolled("Table of data", b.append("</tbody></table>\n").toString()) + (more > 0 ? Html.paragraph("And " + more + " more.") : "");
    }

    /**
     * How to make it again.
     *
     * @param command a line for a shell; empty where a program fitted it
     * @param terms name and text, one after the other
     */
    public static String repeat(String command, List<String> terms) {
        StringBuilder b = new StringBuilder();
        if (!command.isEmpty()) {
            b.append("<pre role=\"region\" tabindex=\"0\" aria-label=\"The command\"><code>").append(Html.lines(command)).append("</code></pre>\n");
        }
        b.append("<dl>\n");
        for (int i = 0; i + 1 < terms.size(); i += 2) b.append(Html.term(terms.get(i), terms.get(i + 1)));
        return b.append("</dl>\n").append(Html.paragraph("The same version, model, data, options and seed give the same bits, on any machine and any"
                + " number of threads, unless the limit of time ended the fit.")).toString();
    }
}
