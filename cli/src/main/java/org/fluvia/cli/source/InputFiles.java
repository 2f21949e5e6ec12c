package org.fluvia.cli.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.fluvia.flows.file.FlowFile;
import org.fluvia.model.Data;
import org.fluvia.model.ModelException;
import org.fluvia.text.Shown;
import org.fluvia.text.Utf8Input;
import org.fluvia.vi.PosteriorFile;
import org.fluvia.vi.SavedPosterior;

/** Reads what the user names on the command line, and says plainly why where it cannot. */
public final class InputFiles {
    /** The name that stands for standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");
    /** A model's source is a page or two. */
    private static final long LONGEST_SOURCE = 10 << 20;

    private static final String FLOWS_BEGIN = "Fluvia file,";

    private InputFiles() {}

    /** Makes something of a stream that it closes, and that messages call by a name. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream in, String source) throws IOException;
    }

    static Path path(String what, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UserError(what + ": must be a file's name, but was " + Shown.text(name) + " (" + e.getReason() + ")", e);
        }
    }

    /**
     * Fails early, before anything takes time.
     *
     * @param what how the user calls it: "--data", "MODEL"
     */
    static void check(String what, Path file) {
        if (file.toString().isEmpty()) throw new UserError(what + ": must be a file's name, but is empty");
        if (!Files.exists(file)) throw new UserError(what + ": no such file: " + Shown.text(file.toString()));
        if (Files.isDirectory(file)) throw new UserError(what + ": must be a file, but " + file + " is a folder");
        if (!Files.isReadable(file)) throw new UserError(what + ": no permission to read " + file);
    }

    /** As {@link #check}, for a file of data; standard input will do too. */
    public static void checkJson(String what, Path file) {
        if (file.equals(STANDARD_INPUT)) return;
        check(what, file);
        FileKinds.checkData(what, file);
    }

    /** As {@link #check}, for a table. */
    public static void checkTable(String what, Path file) {
        check(what, file);
        FileKinds.checkTable(what, file);
    }

    /** Whether a file is a flow that was learned, by its name or by how it begins. */
    public static boolean isFlow(String name) {
        Path file = path("FLOW", name);
        if (FileKinds.isFlow(file)) return true;
        if (!Files.isRegularFile(file)) return false;
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FLOWS_BEGIN.length()), StandardCharsets.ISO_8859_1).equals(FLOWS_BEGIN);
        } catch (IOException e) {
            return false; // whoever reads it says why it cannot be read
        }
    }

    /** Reads a flow that was learned. */
    public static FlowFile flow(String name) {
        Path file = path("FLOW", name);
        check("FLOW", file);
        try {
            return FlowFile.read(file);
        } catch (IOException e) {
            throw new UserError("FLOW: " + e.getMessage(), e);
        }
    }

    /** Reads values of parameters, in Stan's JSON format. */
    public static Data values(String option, Path file) {
        checkJson(option, file);
        try {
            return read(option, file, Data::json);
        } catch (ModelException e) {
            throw new UserError(option + ": " + e.problem(), e);
        }
    }

    /** Where a posterior that was fitted before is. */
    public static Path folderOf(String posterior) {
        Path named = path("POSTERIOR", posterior);
        return Files.isDirectory(named) ? named : named.toAbsolutePath().resolveSibling("");
    }

    /** Reads a posterior that was fitted before: a file, or the one in a folder. */
    public static SavedPosterior posterior(String name) {
        Path named = path("POSTERIOR", name);
        Path file = !name.isEmpty() && Files.isDirectory(named) ? named.resolve("posterior.fluvia") : named;
        check("POSTERIOR", file);
        try {
            return PosteriorFile.read(file);
        } catch (IOException e) {
            throw new UserError("POSTERIOR: " + e.getMessage(), e);
        }
    }

    /** Reads a file, a pipe, or standard input where the file is called "-". */
    public static <T> T read(String what, Path file, Reader<T> reader) {
        boolean standard = file.equals(STANDARD_INPUT);
        try {
            InputStream in = standard ? new FilterInputStream(System.in) {
                @Override
                public void close() { } // it is not ours
            } : Files.newInputStream(file);
            return reader.read(in, standard ? "standard input" : String.valueOf(file.getFileName()));
        } catch (IOException e) {
            throw unreadable(what, file, e);
        }
    }

    /** The text of a source file; not of a device or pipe, which may never end. */
    static String source(String what, Path file) {
        check(what, file);
        if (!Files.isRegularFile(file)) throw new UserError(what + ": must be a file, but " + file + " is a device or a pipe");
        try (InputStream in = new Utf8Input(Files.newInputStream(file), LONGEST_SOURCE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text; // a mark that editors of Windows put before UTF-8
        } catch (Utf8Input.Refused e) {
            throw new UserError(what + ": " + file + " " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw unreadable(what, file, e);
        }
    }

    static UserError unreadable(String what, Path file, IOException e) {
        return new UserError(what + ": cannot read " + file + " (" + e.getMessage() + ")", e);
    }
}
