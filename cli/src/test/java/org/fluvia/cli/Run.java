package org.fluvia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** What one run of the command did. */
record Run(int code, String out, String err) {

    /** Runs the command in this JVM. */
    static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = FluviaCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) words[i] = String.valueOf(arguments[i]);
        int code = line.execute(words);
        return new Run(code, out.toString(), err.toString());
    }

    /** A model's source: a class of that name whose definition has these lines, the first being line 10 of the file. */
    static Path model(Path folder, String name, String... definition) {
        return file(folder, name + ".java", """
                import static org.fluvia.dist.Distributions.*;

                import org.fluvia.autodiff.Expr;
                import org.fluvia.model.*;
                import org.fluvia.support.Support;

                public class %s implements ModelSource {
                    @Override
                    public void define(ModelBuilder m) {
                %s
                    }
                }
                """.formatted(name, String.join("\n", definition)));
    }

    static Path file(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
