package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Quantity;
import org.fluvia.report.Document;
import org.fluvia.report.DrawsCsv;
import org.fluvia.report.OutputFolder;
import org.fluvia.text.ConsoleLine;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;

/** Where results go, and what is said where they cannot: of a fit, which may take long, before it. */
final class Output {
    private static final long MIB = 1 << 20;

    private Output() {}

    /** @throws UserError if the folder cannot be written to, or cannot be created */
    static OutputFolder prepare(Path folder) {
        if (folder.toString().isEmpty()) throw new UserError("--out: must be a folder's name, but is empty. For this folder write --out .");
        try {
            return OutputFolder.prepare(folder);
        } catch (IOException e) {
            throw refused(folder, e);
        }
    }

    /** What is said of a folder that cannot be written to. */
    static UserError refused(Path folder, IOException e) {
        return new UserError("--out: cannot write to " + Shown.text(folder.toString()) + " (" + reason(e) + "). Choose another folder.", e);
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) return "it is a file";
        if (e instanceof NoSuchFileException) return "there is no such folder, and it cannot be made";
        if (e instanceof AccessDeniedException) return "permission denied";
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : String.valueOf(e.getMessage());
    }

    /** Whether a file can be written, before work that may take long. */
    static void checkFile(String option, Path file) {
        if (file.toString().isEmpty()) throw new UserError(option + ": must be a file's name, but is empty");
        Path folder = file.toAbsolutePath().normalize().getParent();
        String problem = Files.isDirectory(file) ? "it is a folder" : folder != null && !Files.isDirectory(folder) ? "there is no such folder"
                : folder != null && !Files.isWritable(folder) ? "permission denied" : null;
        if (problem != null) throw new UserError(unwritable(option, file, problem));
    }

    private static String unwritable(String option, @Nullable Path file, String reason) {
        return option + ": cannot write to " + Shown.text(String.valueOf(file)) + " (" + reason + "). Choose another file.";
    }

    /** Writes to the file of --out, or to standard output where none is named. */
    static void write(Document document, @Nullable Path out, PrintWriter standard) {
        write("--out", document, out, standard);
    }

    /** Writes to a file, or to standard output where none is named. */
    static void write(String option, Document document, @Nullable Path to, PrintWriter standard) {
        if (to != null && to.toString().isEmpty()) throw new UserError(option + ": must be a file's name, but is empty");
        try {
            if (to != null) {
                document.writeTo(to);
            } else {
                document.writeTo(standard);
                standard.flush();
            }
        } catch (IOException e) {
            throw new UserError(unwritable(option, to, e instanceof NoSuchFileException ? "there is no such folder" : reason(e)), e);
        }
    }

    /** The line of the terminal that says how work goes on; none where standard error is no terminal. */
    static ConsoleLine progress() {
        return isTerminal() ? ConsoleLine.on(System.err) : ConsoleLine.none();
    }

    /** Whether standard error is a terminal. */
    static boolean isTerminal() {
        return Boolean.getBoolean("fluvia.terminal");
    }

    /** @throws UserError if a format is none of those there are */
    static void checkFormat(String format, List<String> all) {
        if (all.contains(format)) return;
        throw new UserError("--format: there is no format " + Shown.text(format) + Failures.suggestion(format, all) + " There are "
                + String.join(", ", all) + ".");
    }

    static void warn(PrintWriter err, String warning) {
        err.println(Shown.lines("warning: " + warning));
        err.flush();
    }

    /**
     * Before draws are made.
     *
     * @param numbers that they take, copies included
     */
    static void checkMemory(int draws, long numbers) {
        long bytes = Double.BYTES * numbers;
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw new UserError("--draws: " + draws + " draws need " + bytes / MIB + " MiB, more than the " + Runtime.getRuntime().maxMemory() / MIB
                    + " MiB that Java may take. Ask for fewer, or give it more: FLUVIA_OPTS=-Xmx16g.");
        }
    }

    /** Whether the log-likelihood can be had. */
    static void checkLogLikelihood(BoundModel model, int draws) {
        for (List<Quantity> all : List.of(model.parameters(), model.derived())) {
            if (all.stream().anyMatch(q -> q.name().equals(DrawsCsv.LOG_LIKELIHOOD))) {
                throw new UserError("--log-lik: the model " + model.name() + " has a quantity " + DrawsCsv.LOG_LIKELIHOOD
                        + " of its own, which is written without that option");
            }
        }
        long observations = model.observations().stream().mapToLong(o -> o.logDensity().shape().size()).sum();
        long needed = 3 * 8 * observations * draws; // copies are made
        if (needed > Runtime.getRuntime().maxMemory() / 2) {
            throw new UserError("--log-lik: " + observations + " observations at " + draws + " draws need " + needed / MIB
                    + " MiB, more than half of the " + Runtime.getRuntime().maxMemory() / MIB
                    + " MiB that Java may take. Ask for fewer --draws, or give it more:"
                    + " FLUVIA_OPTS=-Xmx16g.");
        }
    }
}
