package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia compare} of what {@code fluvia fit --loo} wrote. */
class CompareCommandTest {
    @TempDir
    private static Path folder;
    private static Path data;

    private static Path fitted(String name, String prior, Path data, Object... more) {
        Path model = Run.model(folder, name, "Expr mu = m.sample(\"mu\", " + prior + ");", "m.observe(\"y\", normal(mu, 1));");
        Path out = folder.resolve(name.toLowerCase(Locale.ROOT));
        Object[] all = {"fit", model, "--data", data, "--out", out, "--draws", 500};
        Object[] words = Stream.concat(Arrays.stream(all), Arrays.stream(more)).toArray();
        assertEquals(0, Run.of(words).code());
        return out;
    }

    @BeforeAll
    static void writeData() {
        data = Run.file(folder, "data.json", "{\"y\": [2.5, 3.1, 2.2, 3.4, 2.9, 3.3]}");
    }

    @Test
    void theBetterModelComesFirst() {
        Path free = fitted("Free", "normal(0, 10)", data, "--loo");
        Path fixed = fitted("Fixed", "normal(0, 0.1)", data, "--loo");
        Run run = Run.of("compare", fixed, free);
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(1).matches(Pattern.quote(free.toString()) + " +-\\d+\\.\\d +\\d+\\.\\d +\\d+\\.\\d +- +- +1\\.00"), run.out());
        assertTrue(lines.get(2).startsWith(fixed.toString()) && lines.get(2).endsWith("0.00"), run.out());
        assertTrue(lines.stream().anyMatch(l -> l.matches(Pattern.quote(free.toString()) + ": log evidence -\\d+\\.\\d\\d \\+- 0\\.\\d\\d, PASS")),
                run.out());
    }

    @Test
    void whatCannotBeComparedIsSaid() {
        Path without = fitted("Without", "normal(0, 10)", data);
        Path other = fitted("Other", "normal(0, 10)", Run.file(folder, "other.json", "{\"y\": [2.5, 3.1, 2.2, 3.4, 2.9, 3.0]}"), "--loo");
        Path one = fitted("One", "normal(0, 10)", data, "--loo");
        refused("POSTERIOR: " + without + " was fitted without cross-validation. Fit it again with --loo.", one, without);
        refused("Loo.compare: both models must observe the same data, but y[6] is 3.", one, other);
        refused("POSTERIOR: no such file: " + folder.resolve("none"), one, folder.resolve("none"));
        refused("POSTERIOR is missing", one);
    }

    private static void refused(String message, Object... posteriors) {
        Object[] all = new Object[posteriors.length + 1];
        all[0] = "compare";
        System.arraycopy(posteriors, 0, all, 1, posteriors.length);
        Run run = Run.of(all);
        assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.out());
        assertTrue(run.err().startsWith("fluvia: " + message), run.err());
    }
}
