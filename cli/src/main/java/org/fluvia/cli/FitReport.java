package org.fluvia.cli;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fluvia.model.Data;
import org.fluvia.report.HtmlReport;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.Predictions;
import org.jspecify.annotations.Nullable;

/** The page that {@code fluvia fit --report} writes. */
final class FitReport {
    /** Replications that a check is made of, where the data are few enough. */
    private static final int REPLICATIONS = 200;
    private static final long MOST_NUMBERS = 4_000_000;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private FitReport() {}

    /**
     * @param predictions those asked for; where there are none and data are observed, the page has its own
     * @param arguments of the command that made the fit
     */
    static HtmlReport of(Posterior posterior, @Nullable Loo loo, Map<String, Predictions> predictions, Data data, @Nullable String source, List<String> arguments) {
        HtmlReport page = HtmlReport.of(posterior).data(data).command(command(arguments));
        page = page.predictions(predictions.isEmpty() ? checks(posterior) : predictions);
        if (loo != null) page = page.loo(loo).looPit(posterior.looPit());
        return source == null ? page : page.modelSource(source);
    }

    private static Map<String, Predictions> checks(Posterior posterior) {
        if (posterior.observed().isEmpty() && posterior.predicted().isEmpty()) return Map.of();
        long elements = posterior.observedData().stream().mapToLong(o -> o.values().length).sum();
        long most = Math.min(REPLICATIONS, MOST_NUMBERS / Math.max(1, elements));
        return posterior.predict(posterior.seed(), (int) Math.max(1, Math.min(most, posterior.drawCount())));
    }

    /** As a line for a shell. */
    private static String command(List<String> arguments) {
        return "fluvia " + arguments.stream().map(a -> PLAIN.matcher(a).matches() ? a : "'" + a.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }
}
