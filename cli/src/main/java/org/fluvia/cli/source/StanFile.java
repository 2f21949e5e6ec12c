package org.fluvia.cli.source;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.stan.StanProgram;

/**
 * The user's model as a Stan program.
 *
 * @param name of the file
 * @param text the whole program
 */
public record StanFile(String name, String text) {

    /** Whether a name is that of one. */
    public static boolean isProgram(String name) {
        return FileKinds.isStan(InputFiles.path("MODEL", name));
    }

    /** @throws UserError if the file cannot be read */
    public static StanFile of(String name) {
        Path file = InputFiles.path("MODEL", name);
        return new StanFile(String.valueOf(file.getFileName()), InputFiles.source("MODEL", file));
    }

    /**
     * The model that the program is.
     *
     * @param seed of what transformed data draw at random
     * @param notes takes what it prints, and what of it is left out
     * @throws ModelException if it is no program of Stan
     */
    public Model model(long seed, Consumer<String> notes) {
        return StanProgram.of(name, text).model(seed, notes);
    }

    /**
     * The program as a model in Java.
     *
     * @param notes takes what of it is left out
     * @throws ModelException if it is no program of Stan, or cannot be translated
     */
    public String toJava(Consumer<String> notes) {
        return StanProgram.of(name, text).toJava(notes);
    }
}
