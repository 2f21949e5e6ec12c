package org.fluvia.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * The folder that results go into, all of them or none: files are written under other names and take their own when all are
 * complete, so that whatever happens before leaves older results as they were. A run replaces another one whole: of the files that
 * Fluvia writes none of an older run stays. Nothing is created before there is something to write. Safe to cancel from another thread.
 */
public final class OutputFolder {
    /** Every file that Fluvia writes into a folder, pictures of {@code fluvia plot} first; the summary comes last, so where it is the others are. */
    public static final List<String> FILES = List.of("forest.png", "forest.svg", "khats.png", "khats.svg", "marginals.png", "marginals.svg",
            "pairs.png", "pairs.svg", "posterior.fluvia", "draws.csv", "arviz.json", "predictions.csv", "loo.csv", "summary.json");

    /** What a fit that is under way keeps in the folder; there is none any more when its results are there. */
    public static final String CHECKPOINT = "checkpoint.fluvia";

    private final Path folder;
    /** Folders made for this one, the innermost first. */
    private final Deque<Path> made = new ArrayDeque<>();
    /** Temporary files by the names they are to have. */
    private final Map<String, Path> written = new LinkedHashMap<>();
    private boolean closed;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Creates nothing yet.
     *
     * @throws FileSystemException if the folder cannot be written to, or cannot be created; its reason says why in words
     */
    public static OutputFolder prepare(Path folder) throws FileSystemException {
        Path nearest = folder.toAbsolutePath();
        while (nearest != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS)) nearest = nearest.getParent();
        boolean exists = nearest != null && nearest.equals(folder.toAbsolutePath());
        if (nearest == null) throw refused(folder, "there is no such folder, and it cannot be made");
        if (!Files.exists(nearest)) throw refused(folder, Shown.text(nearest.toString()) + " is a link to nothing");
        if (!Files.isDirectory(nearest)) throw refused(folder, (exists ? "it" : Shown.text(nearest.toString())) + " is a file");
        if (!Files.isWritable(nearest)) throw refused(folder, exists ? "permission denied" : "permission denied in " + nearest);
        for (String name : FILES) {
            if (Files.isDirectory(folder.resolve(name))) throw refused(folder, name + " in it is a folder");
        }
        return new OutputFolder(folder);
    }

    private static FileSystemException refused(Path folder, String reason) {
        return new FileSystemException(folder.toString(), null, reason);
    }

    /**
     * Writes a file, not yet under its name.
     *
     * @param name one of {@link #FILES}
     */
    public void write(String name, Document content) throws IOException {
        try (Writer out = begin(name)) {
            content.writeTo(out);
        }
    }

    /** Writes a file to a path that it is given. */
    @FunctionalInterface
    interface File {
        void write(Path to) throws IOException;
    }

    /**
     * Writes a file that is no text, not yet under its name.
     *
     * @param name one of {@link #FILES}
     */
    void writeFile(String name, File content) throws IOException {
        begin(name).close();
        Path temporary = written(name);
        if (temporary != null) content.write(temporary);
    }

    private synchronized @Nullable Path written(String name) {
        return written.get(name);
    }

    private synchronized Writer begin(String name) throws IOException {
        if (!FILES.contains(name)) throw new IllegalArgumentException("OutputFolder: name must be one of " + FILES + ", but was " + name);
        if (closed) return Writer.nullWriter();
        if (written.isEmpty()) create();
        Path temporary = TemporaryFiles.name(folder, name);
        Writer out = TemporaryFiles.create(temporary);
        written.put(name, temporary);
        return out;
    }

    private void create() throws IOException {
        for (Path p = folder.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) made.addLast(p);
        Files.createDirectories(folder);
        TemporaryFiles.sweep(folder);
    }

    /**
     * Puts the files in the place of those of an older run; where that fails, the older ones are put back.
     *
     * @throws IOException if a file cannot be renamed
     */
    public synchronized void commit() throws IOException {
        if (closed) return;
        Map<Path, Path> older = new LinkedHashMap<>();
        Map<Path, Path> newer = new LinkedHashMap<>();
        try {
            for (int i = FILES.size() - 1; i >= 0; i--) {
                Path file = folder.resolve(FILES.get(i));
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) move(file, TemporaryFiles.name(folder, FILES.get(i)), older);
            }
            for (String name : FILES) {
                if (written.containsKey(name)) move(written.get(name), folder.resolve(name), newer);
            }
        } catch (IOException | RuntimeException e) {
            for (Path file : newer.values()) Files.deleteIfExists(file);
            for (Map.Entry<Path, Path> moved : older.entrySet()) Files.move(moved.getValue(), moved.getKey());
            throw e;
        }
        closed = true;
        for (Path file : older.values()) Files.deleteIfExists(file);
        Files.deleteIfExists(folder.resolve(CHECKPOINT));
    }

    /** Within one folder a move is a rename, and made in one go. */
    private static void move(Path from, Path to, Map<Path, Path> done) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        done.put(from, to);
    }

    /** Takes back what was not committed, and the folders made for nothing. Returns whether nothing was committed. */
    public synchronized boolean cancel() {
        if (closed) return false;
        closed = true;
        try {
            for (Path temporary : written.values()) Files.deleteIfExists(temporary);
            for (Path folder : made) Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger(OutputFolder.class.getName()).log(System.Logger.Level.DEBUG, "cancelling", e);
        }
        return true;
    }
}
