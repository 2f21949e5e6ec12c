package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fluvia plot} of what {@code fluvia fit} wrote. */
class PlotCommandTest {
    @TempDir
    private static Path folder;
    private static Path results;
    private static Path model;

    @BeforeAll
    static void fit() {
        model = Run.model(folder, "Small", "m.dimension(\"group\", \"one\", \"<two>\");", "Expr tau = m.sample(\"tau\", logNormal(0, 1));",
                "m.sample(\"a\", normal(0, 1), 2);", "m.axes(\"a\", \"group\");", "m.sample(\"many\", normal(0, 1), 35, 2);",
                "m.derive(\"bad\", tau.minus(1).log());", "m.derive(\"same\", tau.times(0));");
        results = folder.resolve("out");
        assertEquals(0, Run.of("fit", model, "--out", results, "--draws", 300).code());
    }

    @Test
    void picturesAreWrittenBesideThePosteriorAndGoWithIt() throws IOException {
        Run run = Run.of("plot", results, "--names", "tau,a");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        assertEquals(Stream.of("forest.png", "forest.svg", "marginals.png", "marginals.svg", "pairs.png", "pairs.svg").map(f -> results.resolve(f).toString())
                .toList(), run.out().lines().toList());
        for (String name : List.of("forest", "marginals", "pairs")) {
            assertTrue(ImageIO.read(results.resolve(name + ".png").toFile()).getWidth() > 300, name);
        }
        String svg = Files.readString(results.resolve("forest.svg"));
        assertTrue(svg.contains("Small: PASS"), svg);
        assertFalse(svg.contains("<two>"), svg);
        assertEquals(0, Run.of("fit", model, "--out", results, "--draws", 300).code());
        assertFalse(Files.exists(results.resolve("pairs.png")));
    }

    @Test
    void whatHasNoRoomOrCannotBeShownIsSaid() {
        Run run = Run.of("plot", results.resolve("posterior.fluvia"), "--out", folder.resolve("pictures"));
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("warning: 2 values are left out, not finite in some draws or the same in all.",
                "warning: forest has the first 60 of 73 values. Choose with --names.", "warning: marginals have the first 24 of 73 values. Choose with --names.",
                "warning: pairs have the first 6 of 73 values. Choose with --names."), run.err().lines().toList());
        assertTrue(Files.exists(folder.resolve("pictures/pairs.svg")));
    }

    @Test
    void elementsAreNamedByIndexOrEntry() {
        for (String name : List.of("a[2]", "a[<two>]", "tau", "many[35,1]", "many[1,2],a[1],many[3,1]")) {
            assertEquals(0, Run.of("plot", results, "--names", name, "--out", folder.resolve("one")).code(), name);
        }
        refused("--names: there is no tua. Did you mean tau? There are tau, a, many, bad, same.", "--names", "tua");
        refused("--names: there is no many[36,1]. There are tau", "--names", "tau,many[36,1]");
        refused("--names: must be names with commas between, but one of them is empty", "--names", "tau,,a");
        refused("POSTERIOR: there is nothing to show", "--names", "bad,same");
        refused("--out: must be a folder's name, but is empty. For this folder write --out .", "--out", "");
        refused("--out: cannot write ", "--out", results.resolve("draws.csv"));
    }

    private static void refused(String message, Object... options) {
        Object[] all = Stream.concat(Stream.of("plot", results), Arrays.stream(options)).toArray();
        Run run = Run.of(all);
        assertEquals(ExitCode.USERS_MISTAKE, run.code(), run.out());
        assertTrue(run.err().contains("fluvia: " + message), run.err());
    }

    @Test
    void afterCrossValidationThereAreKhats() {
        Path observing = Run.model(folder, "Observing", "m.observe(\"y\", normal(m.sample(\"mu\", normal(0, 1)), 1));");
        Path data = Run.file(folder, "data.json", "{\"y\": [0, 1, 2.5]}");
        Path out = folder.resolve("observing");
        assertEquals(0, Run.of("fit", observing, "--data", data, "--loo", "--draws", 100, "--flow", "fullRank", "--out", out).code());
        Run run = Run.of("plot", out);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("khats.svg") && Files.exists(out.resolve("khats.png")), run.out());
    }
}
