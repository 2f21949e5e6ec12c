package org.fluvia.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.ModelFile;
import org.fluvia.cli.source.StanFile;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.text.Shown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments of every command that takes a model. */
final class ModelArguments {
    @Parameters(paramLabel = "MODEL", description = "A Java source file with one public class that implements ModelSource,"
            + " the name of such a class on the class path, or a Stan program, whose name ends in .stan.")
    private String model;

    @Option(names = "--data", paramLabel = "DATA.json", description = "The data, in Stan's JSON format; - is standard input. Not"
            + " needed by a model without data.")
    private @Nullable Path data;

    /** The text of the model's file, once it was {@linkplain #use used}; null if it is a class on the class path. */
    private @Nullable String source;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** As the user wrote it. */
    String name() {
        return model;
    }

    /** As the user wrote it, or null. */
    @Nullable String dataName() {
        return data == null ? null : data.toString();
    }

    @Nullable String source() {
        return source;
    }

    boolean readsStandardInput() {
        return InputFiles.STANDARD_INPUT.equals(data);
    }

    void checkFiles() {
        if (data != null) InputFiles.checkJson("--data", data);
    }

    /** What is done with a model and its data. */
    @FunctionalInterface
    interface Work<T> {
        T on(Model model, Data data);
    }

    /**
     * Reads the data, compiles the model and does something with both.
     *
     * @param seed of what a program draws before it is fitted
     * @throws UserError if either cannot be had, or the user's code throws
     * @throws ModelException if they do not fit each other
     */
    <T> T use(long seed, Work<T> work) {
        Data values = data();
        Versions.kernels();
        try {
            return StanFile.isProgram(model) ? onProgram(seed, work, values) : onClass(work, values);
        } catch (ModelException e) {
            boolean asksForData = data == null && e.subject().filter("data"::equals).isPresent();
            throw asksForData ? new UserError(e.getMessage() + ". Name a file with --data.", e) : e;
        }
    }

    private <T> T onProgram(long seed, Work<T> work, Data values) {
        StanFile file = StanFile.of(model);
        source = file.text();
        return work.on(file.model(seed, this::note), values);
    }

    private void note(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(Shown.lines(line));
        err.flush();
    }

    private <T> T onClass(Work<T> work, Data values) {
        ModelFile file = ModelFile.of(model);
        source = file.source();
        try {
            return work.on(file.model(), values);
        } catch (ModelException | UserError e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            if (file.code().threw(e)) throw file.code().error(e);
            throw e;
        }
    }

    /** The data; none where none were named. */
    private Data data() {
        if (data == null) return Data.empty();
        return InputFiles.read("--data", data, Data::json);
    }
}
