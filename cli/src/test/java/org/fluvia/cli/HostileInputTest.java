package org.fluvia.cli;

import static org.fluvia.cli.BadInputTest.assertMistake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What never ends, is absurdly long, in another encoding, or speaks to the terminal, is refused in a few plain words. */
class HostileInputTest {
    @TempDir
    private Path folder;
    private Path good;
    private Path data;

    @BeforeEach
    void writeAGoodModelAndData() {
        good = Run.model(folder, "Good", "Expr mu = m.sample(\"mu\", normal(0, 5));", "m.observe(\"y\", normal(mu, m.data(\"sigma\")));");
        data = Run.file(folder, "data.json", "{\"y\": [1, 2, 3], \"sigma\": [1, 1, 2]}");
    }

    /** In a thread, as a file that never ends may never return. */
    @Test
    void filesThatNeverEndAreRefused() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertMistake(Run.of("fit", "/dev/zero"), "MODEL", "/dev/zero is a device or a pipe");
            assertMistake(Run.of("fit", good, "--data", "/dev/zero"), "zero is not valid JSON at line 1");
            Path pipe = folder.resolve("pipe.java");
            assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
            assertMistake(Run.of("fit", pipe), "MODEL", "pipe.java is a device or a pipe");
        });
        byte[] source = new byte[(10 << 20) + 1];
        Arrays.fill(source, (byte) ' ');
        assertMistake(Run.of("fit", Files.write(folder.resolve("Long.java"), source)), "Long.java is longer than 10 MiB");
    }

    @Test
    void anotherEncodingIsPlaced() throws Exception {
        byte[] latin1 = "{\n\"\u00e9\": 1}".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin.json"), latin1);
        assertMistake(Run.of("fit", good, "--data", file), "latin.json is not UTF-8 text: line 2, column 2 (byte 4)", "Latin-1. Save it as UTF-8");
        assertMistake(Run.of("density", good, "--data", data, "--at", file), "latin.json is not UTF-8 text: line 2");
        assertMistake(Run.of("fit", Files.write(folder.resolve("L.java"), latin1)), "L.java is not UTF-8 text: line 2");
    }

    /** However long what the user wrote, the message is one that can be read; and nothing in it speaks to the terminal. */
    @Test
    void whatTheUserWroteIsShownInPart() {
        for (String piece : List.of("a", "\u001b[31m", "\u202e", "9", "[", "{\"")) {
            String s = piece.repeat((1 << 20) / piece.length());
            String quoted = s.replace("\"", "\\\"").replace("\u001b", "\\u001b");
            List<Run> runs = List.of(Run.of("fit", s), Run.of("fit", s + ".java"), Run.of("fit", good, "--data", s), Run.of("fit", good, "--out", s),
                    Run.of("fit", good, "--data", data, "--" + s), Run.of("fit", good, s), Run.of(s), Run.of("fit", good, "--seed", s),
                    Run.of("fit", good, "--within", s), Run.of("fit", good, "--flow", s), Run.of("fit", good, "--" + s + "=" + s),
                    Run.of("density", good, "--at", s),
                    Run.of("fit", good, "--data", Run.file(folder, "a.json", "{\"y\": \"" + quoted + "\"}")),
                    Run.of("fit", good, "--data", Run.file(folder, "b.json", "{\"" + quoted + "\": 1}")),
                    Run.of("fit", good, "--data", Run.file(folder, "c.json", "{\"y\": " + s + "}")),
                    Run.of("fit", good, "--data", Run.file(folder, "d.json", "{\"" + quoted.substring(0, 60) + "\": 1}")),
                    Run.of("density", good, "--data", data, "--at", Run.file(folder, "e.json", "[{\"mu\": 1, \"" + quoted.substring(0, 60) + "\": 1}]")),
                    Run.of("fit", Run.model(folder, "Long", "int a = \"" + quoted + "\";")));
            for (Run run : runs) {
                assertEquals(ExitCode.USERS_MISTAKE, run.code(), () -> run.err());
                assertTrue(run.err().length() < 5_000, () -> run.err().length() + ": " + run.err().substring(0, 300));
                assertTrue(run.err().chars().noneMatch(c -> c != '\n' && c != '\r' && Character.isISOControl(c)), () -> run.err());
            }
        }
    }

    @Test
    void manyNamesAreCounted() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 50_000; i++) json.append(i == 0 ? "" : ",").append("\"x").append(i).append("\": 1");
        assertTimeout(Duration.ofSeconds(10),
                () -> assertMistake(Run.of("fit", good, "--data", Run.file(folder, "many.json", json.append('}').toString())), "x19 and 49980 more"));
    }
}
