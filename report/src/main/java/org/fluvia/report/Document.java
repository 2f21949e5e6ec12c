package org.fluvia.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text that leaves the library, to a writer, a file or a string. Those of this package are immutable and thread-safe. */
@FunctionalInterface
public interface Document {
    /** Writes all of it. The writer is the caller's, and not closed. */
    void writeTo(Writer out) throws IOException;

    /**
     * Writes a file in UTF-8, which takes its name, and the place of an older one, when it is whole. A device or a pipe is written
     * to as it is.
     */
    default void writeTo(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (Writer out = TemporaryFiles.utf8(Files.newOutputStream(file))) {
                writeTo(out);
            }
            return;
        }
        Path temporary = TemporaryFiles.name(file.toAbsolutePath().resolveSibling(""), "document");
        try {
            try (Writer out = TemporaryFiles.create(temporary)) {
                writeTo(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** All of it as a string. */
    default String text() {
        StringWriter out = new StringWriter();
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
