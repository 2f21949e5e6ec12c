package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All files or none. */
class OutputFolderTest {
    @TempDir
    private Path temporary;

    private static OutputFolder.Content content(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void committedFilesAreThereAndNothingElse() throws IOException {
        Path folder = temporary.resolve("a/b");
        OutputFolder out = OutputFolder.prepare(folder);
        out.write("x", content("1"));
        out.write("y", content("2"));
        out.commit();
        assertFalse(out.cancel());
        assertEquals(List.of("x", "y"), names(folder));
        assertEquals("1", Files.readString(folder.resolve("x")));
    }

    @Test
    void olderResultsStayUntilAllNewOnesAreWhole() throws IOException {
        Files.writeString(temporary.resolve("x"), "old");
        OutputFolder out = OutputFolder.prepare(temporary);
        out.write("x", content("new"));
        assertEquals("old", Files.readString(temporary.resolve("x")));
        assertTrue(out.cancel());
        out.commit();
        out.write("z", content("too late"));
        assertEquals(List.of("x"), names(temporary));
        assertEquals("old", Files.readString(temporary.resolve("x")));
    }

    @Test
    void aFolderMadeForNothingGoesAgain() throws IOException {
        Path folder = temporary.resolve("new");
        OutputFolder out = OutputFolder.prepare(folder);
        assertThrows(IOException.class, () -> out.write("x", to -> {
            to.write(1);
            throw new IOException("disk full");
        }));
        out.cancel();
        assertFalse(Files.exists(folder));
    }
}
