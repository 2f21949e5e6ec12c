package org.fluvia.stan;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fluvia.model.Model;
import org.fluvia.model.ModelException;
import org.fluvia.stan.check.Checker;
import org.fluvia.stan.parse.Parser;
import org.fluvia.stan.run.Recorder;
import org.fluvia.stan.translate.Translation;
import org.fluvia.stan.tree.Program;
import org.fluvia.stan.tree.ProgramText;

/**
 * A Stan program, read: {@code StanProgram.read(Path.of("schools.stan")).model()} is its model, to be fitted as any other.
 * Immutable.
 */
public final class StanProgram {
    private static final int LARGEST = 4 << 20;

    private final Program program;

    private StanProgram(Program program) {
        this.program = program;
    }

    /**
     * Reads a program and checks it by Stan's rules.
     *
     * @throws ModelException naming file, line and column of the first mistake
     * @throws IOException if the file cannot be read
     */
    public static StanProgram read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (Files.size(file) > LARGEST) throw new ModelException(name + " has more than " + LARGEST + " bytes, which no program has").in(name);
        try {
            return of(name, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ModelException(name + " is not in UTF-8. Save it in that encoding").in(name);
        }
    }

    /**
     * As {@link #read}, from a string.
     *
     * @param name what messages call it
     */
    public static StanProgram of(String name, String text) {
        Program program = Parser.program(new ProgramText(name, text));
        Checker.check(program);
        return new StanProgram(program);
    }

    /** The model that the program is; what it prints is lost, and the seed is 1. */
    public Model model() {
        return model(1, line -> { });
    }

    /**
     * The model that the program is, named as its file. It is recorded for each data set anew.
     *
     * @param seed of what transformed data draw at random
     * @param notes takes what the program prints, and which generated quantities are left out and why
     */
    public Model model(long seed, Consumer<String> notes) {
        return Model.define(name().replaceFirst("\\.stan$", ""), m -> Recorder.record(program, m, seed, notes));
    }

    /**
     * The program as a model in Java, to go on from: the source of a class that implements {@link org.fluvia.model.ModelSource}, with the
     * program's comments.
     *
     * @param notes takes which generated quantities are left out and why
     * @throws ModelException naming file, line and column of what cannot be translated, with what to write instead
     */
    public String toJava(Consumer<String> notes) {
        return Translation.of(program, notes);
    }

    /** The file's name. */
    public String name() {
        return program.text().name();
    }
}
