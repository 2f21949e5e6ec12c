package org.fluvia.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what the user names on the command line, and says plainly why where it cannot. */
final class InputFiles {
    private InputFiles() {}

    static Path path(String what, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UserError(what + ": must be a file's name, but was " + name + " (" + e.getReason() + ")", e);
        }
    }

    /**
     * Fails early, before anything takes time.
     *
     * @param what how the user calls it: "--data", "MODEL"
     */
    static void check(String what, Path file) {
        if (!Files.exists(file)) throw new UserError(what + ": no such file: " + file);
        if (Files.isDirectory(file)) throw new UserError(what + ": must be a file, but " + file + " is a folder");
        if (!Files.isReadable(file)) throw new UserError(what + ": no permission to read " + file);
    }

    static String text(String what, Path file) {
        check(what, file);
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UserError(what + ": must be UTF-8 text, but " + file + " has other bytes. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw unreadable(what, file, e);
        }
    }

    static UserError unreadable(String what, Path file, IOException e) {
        return new UserError(what + ": cannot read " + file + " (" + e.getMessage() + ")", e);
    }
}
