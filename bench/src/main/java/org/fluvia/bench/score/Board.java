package org.fluvia.bench.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The tables: one for each kind of target with a row for each, over all seeds, and what they come to. */
final class Board {
    private final List<Result> results;

    Board(List<Result> results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder b = new StringBuilder(totals());
        by(results, Result::kind).forEach((kind, of) -> b.append(table(kind, of)));
        return b.toString();
    }

    private static Map<String, List<Result>> by(List<Result> results, Function<Result, String> key) {
        return results.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private String totals() {
        StringBuilder b = new StringBuilder("\n## In all\n\n| kind | fits |");
        for (Outcome o : Outcome.values()) b.append(' ').append(o.words).append(" |");
        b.append(" seconds, median (most) |\n|---|---|").append("---|".repeat(Outcome.values().length + 1)).append('\n');
        by(results, Result::kind).forEach((kind, of) -> b.append(counts(kind, of)));
        b.append(counts("**all**", results)).append('\n');
        b.append(named("Trusted and wrong", Outcome.TRUSTED_AND_WRONG)).append(named("Crashed", Outcome.CRASHED));
        long right = results.stream().filter(r -> r.isTrusted() && r.outcome() != Outcome.TRUSTED_AND_WRONG).count();
        long timid = count(results, Outcome.REFUSED_THOUGH_RIGHT);
        if (right + timid > 0) {
            b.append(String.format(Locale.ROOT, "- Refused though right: %d of the %d fits that are right, %.1f %%%n", timid, right + timid,
                    100.0 * timid / (right + timid)));
        }
        return b.append(calibration()).append(tiers()).toString();
    }

    private static String counts(String kind, List<Result> of) {
        StringBuilder b = new StringBuilder("| " + kind + " | " + of.size() + " |");
        for (Outcome o : Outcome.values()) b.append(count(of, o) == 0 ? " |" : " " + count(of, o) + " |");
        return b.append(seconds(of)).append(" |\n").toString();
    }

    private static long count(List<Result> of, Outcome outcome) {
        return of.stream().filter(r -> r.outcome() == outcome).count();
    }

    private String named(String title, Outcome outcome) {
        Map<String, List<Result>> which = by(results.stream().filter(r -> r.outcome() == outcome).toList(), Result::target);
        if (which.isEmpty()) return "- " + title + ": none\n";
        return "- " + title + ": " + which.entrySet().stream().map(e -> "`" + e.getKey() + "` (seed "
                + e.getValue().stream().map(r -> Long.toString(r.seed())).collect(Collectors.joining(", ")) + ")").collect(Collectors.joining(", ")) + "\n";
    }

    /** Whether the stated errors of the log evidence are true: of fits that are trusted, not wrong, and have an error to speak of. */
    private String calibration() {
        StringBuilder b = new StringBuilder();
        double[] bounds = {Double.NEGATIVE_INFINITY, 0.3, 0.5, 0.7, Double.POSITIVE_INFINITY};
        for (int i = 0; i + 1 < bounds.length; i++) {
            double from = bounds[i];
            double to = bounds[i + 1];
            double[] z = results.stream().filter(r -> r.isTrusted() && r.outcome() != Outcome.TRUSTED_AND_WRONG && r.khat() >= from && r.khat() < to)
                    .mapToDouble(Result::z).filter(v -> !Double.isNaN(v)).toArray();
            if (z.length == 0) continue;
            b.append(String.format(Locale.ROOT,
                    "- Log evidence by its stated error, k-hat %s: mean z %+.2f, rms %.2f, beyond 2: %.0f %%, furthest %.1f, of %d fits%n",
                    from < 0 ? "below 0.3" : to > 1 ? "0.7 and more" : "from " + from + " to " + to,
                    Arrays.stream(z).average().orElseThrow(),
                    Math.sqrt(Arrays.stream(z).map(v -> v * v).average().orElseThrow()), 100.0 * Arrays.stream(z).filter(v -> Math.abs(v) > 2).count() / z.length,
                    Arrays.stream(z).map(Math::abs).max().orElseThrow(), z.length));
        }
        return b.toString();
    }

    private String tiers() {
        Map<String, List<Result>> by = by(results.stream().filter(r -> !r.score().tier().isEmpty()).toList(), r -> r.score().tier());
        if (by.isEmpty()) return "";
        return "- Beside reference draws: " + by.entrySet().stream().map(e -> e.getKey() + " " + e.getValue().size()).collect(Collectors.joining(", ")) + " fits\n";
    }

    private static String table(String kind, List<Result> of) {
        boolean hasTiers = of.stream().anyMatch(r -> !r.score().tier().isEmpty());
        StringBuilder b = new StringBuilder("\n## " + kind + "\n\n| target | outcome | " + (hasTiers ? "tier | " : "")
                + "verdict | k-hat | log evidence: error, nats | by its stated error | mean, sds | sd, % | " + (hasTiers ? "margin" : "quantile")
                + ", sds | seconds |\n|"
                + "---|".repeat(hasTiers ? 11 : 10) + "\n");
        by(of, Result::target).forEach((target, rows) -> {
            b.append("| `").append(target).append("` | ").append(several(rows, r -> r.outcome().words)).append(" | ");
            if (hasTiers) b.append(several(rows, r -> r.score().tier())).append(" | ");
            b.append(several(rows, Result::verdict)).append(" | ").append(furthest(rows, Result::khat, "%.2f")).append(" | ")
                    .append(furthest(rows, r -> r.score().logEvidence(), "%+.3f")).append(" | ").append(furthest(rows, Result::z, "%+.1f")).append(" | ")
                    .append(furthest(rows, r -> r.score().mean(), "%.3f")).append(" | ").append(furthest(rows, r -> r.score().sd(), "%.1f")).append(" | ")
                    .append(furthest(rows, r -> r.score().quantile(), "%.3f")).append(" |").append(seconds(rows)).append(" |\n");
        });
        return b.toString();
    }

    /** "PASS", where all seeds agree, else "3 PASS, 2 FAIL". */
    private static String several(List<Result> rows, Function<Result, String> of) {
        Map<String, List<Result>> by = by(rows, of);
        if (by.size() == 1) return by.keySet().iterator().next();
        return by.entrySet().stream().map(e -> e.getValue().size() + " " + e.getKey()).collect(Collectors.joining(", "));
    }

    /** The one of all seeds that is furthest from zero, of those that are known. */
    private static String furthest(List<Result> rows, ToDoubleFunction<Result> of, String format) {
        return rows.stream().map(of::applyAsDouble).filter(v -> !Double.isNaN(v)).max(Comparator.comparingDouble(Math::abs))
                .map(v -> String.format(Locale.ROOT, format, v)).orElse("");
    }

    private static String seconds(List<Result> rows) {
        double[] sorted = rows.stream().mapToDouble(Result::seconds).sorted().toArray();
        double median = sorted[sorted.length / 2];
        return sorted.length == 1 ? String.format(Locale.ROOT, " %.1f", median) : String.format(Locale.ROOT, " %.1f (%.1f)", median, sorted[sorted.length - 1]);
    }
}
