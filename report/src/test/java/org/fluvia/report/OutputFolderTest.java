package org.fluvia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All files or none. */
class OutputFolderTest {
    @TempDir
    private Path temporary;

    private static Document content(String text) {
        return out -> out.write(text);
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
        assertFalse(Files.exists(temporary.resolve("a"))); // nothing to put in yet
        out.write("draws.csv", content("1"));
        out.write("loo.csv", content("2"));
        out.commit();
        assertFalse(out.cancel());
        assertEquals(List.of("draws.csv", "loo.csv"), names(folder));
        assertEquals("1", Files.readString(folder.resolve("draws.csv")));
    }

    @Test
    void olderResultsStayUntilAllNewOnesAreWhole() throws IOException {
        Files.writeString(temporary.resolve("draws.csv"), "old");
        OutputFolder out = OutputFolder.prepare(temporary);
        out.write("draws.csv", content("new"));
        assertEquals("old", Files.readString(temporary.resolve("draws.csv")));
        assertTrue(out.cancel());
        out.commit();
        out.write("loo.csv", content("too late"));
        assertEquals(List.of("draws.csv"), names(temporary));
        assertEquals("old", Files.readString(temporary.resolve("draws.csv")));
    }

    @Test
    void aRunReplacesAnotherOneWhole() throws IOException {
        for (String name : OutputFolder.FILES) Files.writeString(temporary.resolve(name), "old");
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        OutputFolder out = OutputFolder.prepare(temporary);
        out.write("draws.csv", content("new"));
        out.write("summary.json", content("new"));
        assertEquals("old", Files.readString(temporary.resolve("loo.csv")));
        out.commit();
        assertEquals(List.of("draws.csv", "notes.txt", "summary.json"), names(temporary));
        assertEquals("new", Files.readString(temporary.resolve("summary.json")));
        assertThrows(IllegalArgumentException.class, () -> OutputFolder.prepare(temporary).write("other", content("unknown to the next run")));
    }

    @Test
    void whereOneFileCannotTakeItsNameTheOlderRunIsPutBack() throws IOException {
        for (String name : OutputFolder.FILES) Files.writeString(temporary.resolve(name), "old");
        OutputFolder out = OutputFolder.prepare(temporary);
        out.write("draws.csv", content("new"));
        out.write("summary.json", content("new"));
        try (var files = Files.list(temporary)) {
            Files.delete(files.filter(f -> f.getFileName().toString().startsWith(".fluvia-summary.json-")).findFirst().orElseThrow());
        }
        assertThrows(IOException.class, out::commit);
        out.cancel();
        assertEquals(OutputFolder.FILES.stream().sorted().toList(), names(temporary));
        for (String name : OutputFolder.FILES) assertEquals("old", Files.readString(temporary.resolve(name)), name);
    }

    @Test
    void aFolderMadeForNothingGoesAgain() throws IOException {
        Path folder = temporary.resolve("new/inner");
        OutputFolder out = OutputFolder.prepare(folder);
        assertThrows(IOException.class, () -> out.write("draws.csv", to -> {
            to.write("1");
            throw new IOException("disk full");
        }));
        assertTrue(Files.exists(folder));
        out.cancel();
        assertFalse(Files.exists(temporary.resolve("new")));
    }

    /** A link where a file is to be is replaced, and what it leads to is not touched; temporary names cannot be foreseen. */
    @Test
    void linksAreNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(temporary.resolve("elsewhere"), "precious");
        Path folder = Files.createDirectory(temporary.resolve("out"));
        Files.createSymbolicLink(folder.resolve("draws.csv"), elsewhere);
        Files.createSymbolicLink(folder.resolve("loo.csv"), elsewhere);
        OutputFolder out = OutputFolder.prepare(folder);
        out.write("draws.csv", content("new"));
        out.commit();
        assertEquals("precious", Files.readString(elsewhere));
        assertFalse(Files.isSymbolicLink(folder.resolve("draws.csv")));
        assertEquals(List.of("draws.csv"), names(folder));
        assertFalse(TemporaryFiles.name(folder, "x").equals(TemporaryFiles.name(folder, "x")));
    }

    @Test
    void whatADeadRunLeftBehindIsSweptAndNothingElse() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String tail = "-0123456789abcdef.tmp";
        String living = ".fluvia-draws.csv-" + ProcessHandle.current().pid();
        Path left = Files.writeString(temporary.resolve(".fluvia-draws.csv-" + dead.pid() + tail), "left");
        Path young = Files.writeString(temporary.resolve(living + tail), "being written");
        Path old = Files.writeString(temporary.resolve(living + "-0123456789abcde0.tmp"), "by a process of the same number, long ago");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path before = Files.writeString(temporary.resolve(living + "-0123456789abcde1.tmp"), "by one before this process began");
        Instant began = ProcessHandle.current().info().startInstant().orElse(Instant.now());
        Files.setLastModifiedTime(before, FileTime.from(began.minusSeconds(60)));
        Path others = Files.writeString(temporary.resolve(".draws.csv-" + dead.pid() + ".tmp"), "not of our pattern");
        Path link = Files.createSymbolicLink(temporary.resolve(".fluvia-loo.csv-" + dead.pid() + tail), others);
        OutputFolder out = OutputFolder.prepare(temporary);
        assertTrue(Files.exists(left)); // nothing written yet
        out.write("draws.csv", content("new"));
        assertFalse(Files.exists(left));
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(before));
        assertTrue(Files.exists(young) && Files.exists(others) && Files.isSymbolicLink(link));
    }

    @Test
    void whatCannotBeWrittenToIsToldAtOnce() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        Files.createDirectories(temporary.resolve("taken/draws.csv"));
        assertRefused(file, "it is a file");
        assertRefused(file.resolve("inner"), "file is a file");
        assertRefused(Files.createSymbolicLink(temporary.resolve("broken"), temporary.resolve("none")), "broken is a link to nothing");
        assertRefused(temporary.resolve("taken"), "draws.csv in it is a folder");
    }

    private static void assertRefused(Path folder, String part) {
        FileSystemException e = assertThrows(FileSystemException.class, () -> OutputFolder.prepare(folder));
        assertEquals(folder.toString(), e.getFile());
        assertTrue(e.getReason().contains(part), e.getReason());
    }
}
