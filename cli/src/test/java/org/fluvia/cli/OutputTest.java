package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.fluvia.cli.source.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a folder that cannot be written to. */
class OutputTest {
    @TempDir
    private Path folder;

    @Test
    void aFailureInWritingNamesTheFolder() {
        UserError e = Output.refused(folder.resolve("a"), new NoSuchFileException("a"));
        assertEquals("--out: cannot write to " + folder.resolve("a") + " (there is no such folder, and it cannot be made). "
                + "Choose another folder.", e.getMessage());
    }

    @Test
    void whatCannotBeWrittenToIsToldAtOnceAndNothingIsMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals("--out: cannot write to " + file + " (it is a file). Choose another folder.",
                assertThrows(UserError.class, () -> Output.prepare(file)).getMessage());
        assertEquals("--out: must be a folder's name, but is empty. For this folder write --out .",
                assertThrows(UserError.class, () -> Output.prepare(Path.of(""))).getMessage());
        Output.prepare(folder.resolve("new"));
        assertFalse(Files.exists(folder.resolve("new")));
    }
}
