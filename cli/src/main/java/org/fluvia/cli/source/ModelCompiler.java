package org.fluvia.cli.source;

import com.sun.source.util.JavacTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one source file in memory, with the compiler and for the release of the running JVM. */
final class ModelCompiler {
    private static final int MOST_ERRORS = 10;

    private ModelCompiler() {}

    /**
     * The class files of one source file, by class name. The file need not lie in its package's folder, nor bear the name of
     * its public class.
     *
     * @param classPath what the source may use besides the JDK
     * @throws UserError if the file cannot be read or does not compile; the message shows each error with its line
     */
    static Map<String, byte[]> compile(Path file, String classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new UserError("this Java has no compiler (" + System.getProperty("java.home") + "), and " + file
                    + " must be compiled. Install a JDK, version 17 or later, or set JAVA_HOME to one.");
        }
        Source source = new Source(file, InputFiles.source("MODEL", file));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            Output output = new Output(standard);
            // -g: the message of a NullPointerException in the model names the variable
            List<String> options = new ArrayList<>(List.of("-proc:none", "-implicit:none", "-g", "-nowarn", "-Xlint:none", "-classpath", classPath));
            String modules = System.getProperty("jdk.module.path");
            if (modules != null) options.addAll(List.of("--module-path", modules, "--add-modules", "ALL-MODULE-PATH"));
            boolean compiled = compiler.getTask(null, output, diagnostics, options, null, List.of(source)).call();
            if (!compiled) {
                JavacTask again = (JavacTask) compiler.getTask(null, output, new DiagnosticCollector<>(), options, null, List.of(source));
                throw new UserError(errors(source, diagnostics.getDiagnostics(), UnderstoodSource.of(again)));
            }
            return output.classFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String errors(Source source, List<Diagnostic<? extends JavaFileObject>> diagnostics, UnderstoodSource understood) {
        List<String> shown = new ArrayList<>(List.of(source.fileName() + " does not compile:"));
        int count = 0;
        for (Diagnostic<? extends JavaFileObject> d : diagnostics) {
            if (d.getKind() == Diagnostic.Kind.ERROR && count++ < MOST_ERRORS) shown.add(text(source, d));
        }
        if (count > MOST_ERRORS) shown.add("... and " + (count - MOST_ERRORS) + " more errors");
        shown.addAll(CompilerHints.of(diagnostics, understood));
        return String.join(System.lineSeparator(), shown);
    }

    /** As javac prints it: place and message, the source line, a caret below the column, then the details. */
    private static String text(Source source, Diagnostic<? extends JavaFileObject> d) {
        List<String> message = d.getMessage(Locale.ENGLISH).lines().toList();
        boolean placed = d.getLineNumber() != Diagnostic.NOPOS;
        List<String> lines = new ArrayList<>();
        lines.add(source.fileName() + (placed ? ":" + d.getLineNumber() : "") + ": error: " + message.get(0));
        String line = placed ? source.line(d.getLineNumber()) : "";
        if (!line.isBlank()) {
            lines.add(line);
            int column = (int) d.getPosition() - source.lineStart(d.getPosition()); // javac's own column counts a tab as eight
            lines.add(line.substring(0, Math.min(column, line.length())).replaceAll("[^\t]", " ") + "^");
        }
        lines.addAll(message.subList(1, message.size()));
        return String.join(System.lineSeparator(), lines);
    }

    /** The source, read once. */
    private static final class Source extends SimpleJavaFileObject {
        private final Path file;
        private final String text;

        Source(Path file, String text) {
            super(file.toUri(), Kind.SOURCE);
            this.file = file;
            this.text = text;
        }

        String fileName() {
            return String.valueOf(file.getFileName());
        }

        String line(long number) {
            return text.lines().skip(number - 1).findFirst().orElse("");
        }

        int lineStart(long position) {
            int at = (int) position;
            while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') at--;
            return at;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE; // my-model.java may hold class MyModel
        }
    }

    /** Keeps class files in memory. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

        Output(JavaFileManager standard) {
            super(standard);
        }

        Map<String, byte[]> classFiles() {
            Map<String, byte[]> files = new TreeMap<>();
            classes.forEach((name, bytes) -> files.put(name, bytes.toByteArray()));
            return files;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
