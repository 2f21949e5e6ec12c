package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.flows.training.Optimisers;
import org.fluvia.vi.ladder.Rungs;
import org.fluvia.vi.objective.Objectives;
import org.fluvia.vi.plan.FitPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/engine.md has the rows of the engine's tables, and its rooms. */
class EngineDocumentTest {
    private static final Map<String, Catalogue<?>> TABLES =
            Map.of("rungs", Rungs.table(), "objectives", Objectives.table(), "optimisers", Optimisers.table());

    private String document;

    @BeforeEach
    void read() throws IOException {
        document = Files.readString(Path.of("../docs/engine.md"));
    }

    @Test
    void hasEveryRowOfEveryTableInOrder() {
        TABLES.forEach((name, table) -> {
            List<String> written = document.lines().dropWhile(line -> !line.equals("<!-- " + name + " -->")).skip(3)
                    .takeWhile(line -> !line.isEmpty()).toList();
            List<String> rows = table.rows().stream().map(row -> "| `" + row.name() + "` | " + row.description().replace("|", "\\|")
                    + " | " + row.source() + " |").toList();
            assertEquals(String.join("\n", rows), String.join("\n", written), name);
        });
    }

    /** The document tells some of the plan's numbers: those of the code. */
    @Test
    void tellsTheNumbersOfThePlan() {
        String flat = document.replaceAll("\\s+", " ");
        FitPlan plan = FitPlan.standard();
        FitPlan.Judging judging = plan.judging();
        for (String sentence : List.of(
                String.format(Locale.ROOT, "%d steps of %,d draws", plan.gaussian().steps(), plan.gaussian().draws()),
                String.format(Locale.ROOT, "Adam, %d draws a step", Fit.DEFAULT_BATCH),
                String.format(Locale.ROOT, "Every %d steps the ELBO is estimated on %,d draws", plan.training().judgeEvery(),
                        plan.training().judgingDraws()),
                String.format(Locale.ROOT, "%,d fresh draws of the approximation q and %,.0f of its", judging.proposals(),
                        plan.defence().share() * judging.proposals()),
                "no move is larger than " + judging.smallMove() + " sd",
                String.format(Locale.ROOT, "Fewer than %.0f effective draws", judging.leastEss()),
                String.format(Locale.ROOT, "%.0f %% of the draws are effective and nothing moves by %s", 100 * plan.tail().most(),
                        plan.tail().littleMove()),
                "where k-hat is " + plan.tail().steep() + " or more",
                String.format(Locale.ROOT, "at least %.0f %% of the mass", 100 * judging.missedMass()),
                String.format(Locale.ROOT, "more than %.1f %% of the posterior may be hidden", 100 * judging.mostHidden()))) {
            assertTrue(flat.contains(sentence), sentence);
        }
    }

    @Test
    void namesEveryRoom() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/org/fluvia/vi"))) {
            folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).filter(f -> !f.equals("text"))
                    .forEach(room -> assertTrue(document.contains("`" + room + "`"), room));
        }
    }
}
