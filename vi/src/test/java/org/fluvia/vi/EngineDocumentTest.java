package org.fluvia.vi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fluvia.catalogue.Catalogue;
import org.fluvia.vi.ladder.Rungs;
import org.fluvia.vi.objective.Objectives;
import org.fluvia.vi.optimise.Optimisers;
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

    @Test
    void namesEveryRoom() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/org/fluvia/vi"))) {
            folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).filter(f -> !f.equals("text"))
                    .forEach(room -> assertTrue(document.contains("`" + room + "`"), room));
        }
    }
}
