package org.fluvia.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The folder that results go into, all of them or none: files are written under other names and renamed when all are
 * complete, so that whatever happens before leaves older results as they were. Safe to cancel from another thread.
 */
final class OutputFolder {
    /** Writes the content of one file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private final Path folder;
    private final boolean isNew;
    private final Map<Path, Path> written = new LinkedHashMap<>();
    private boolean closed;

    private OutputFolder(Path folder, boolean isNew) {
        this.folder = folder;
        this.isNew = isNew;
    }

    /**
     * Creates the folder where there is none, and tries to write into it.
     *
     * @throws UserError if that fails
     */
    static OutputFolder prepare(Path folder) {
        boolean isNew = !Files.exists(folder);
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".fluvia-", ".tmp"));
            return new OutputFolder(folder, isNew);
        } catch (IOException e) {
            throw new UserError("--out: cannot write to " + folder + " (" + reason(e) + "). Choose another folder.", e);
        }
    }

    /** Writes a file, not yet under its name. */
    void write(String name, Content content) throws IOException {
        try (OutputStream out = begin(name)) {
            content.writeTo(out);
        }
    }

    private synchronized OutputStream begin(String name) throws IOException {
        if (closed) return OutputStream.nullOutputStream();
        Path temporary = folder.resolve("." + name + "-" + ProcessHandle.current().pid() + ".tmp");
        written.put(temporary, folder.resolve(name));
        return new BufferedOutputStream(Files.newOutputStream(temporary));
    }

    /** Gives the files their names. */
    synchronized void commit() throws IOException {
        if (closed) return;
        for (Map.Entry<Path, Path> e : written.entrySet()) {
            try {
                Files.move(e.getKey(), e.getValue(), StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException notHere) {
                Files.move(e.getKey(), e.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        closed = true;
    }

    /** Takes back what was not committed, and the folder if it was made for nothing. Returns whether nothing was committed. */
    synchronized boolean cancel() {
        if (closed) return false;
        closed = true;
        try {
            for (Path temporary : written.keySet()) Files.deleteIfExists(temporary);
            if (isNew) Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger(OutputFolder.class.getName()).log(System.Logger.Level.DEBUG, "cancelling", e);
        }
        return true;
    }

    /** Why a file cannot be written, in words. */
    static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) return "it is a file";
        if (e instanceof NoSuchFileException) return "there is no such folder, and it cannot be made";
        if (e instanceof AccessDeniedException) return "permission denied";
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : String.valueOf(e.getMessage());
    }
}
