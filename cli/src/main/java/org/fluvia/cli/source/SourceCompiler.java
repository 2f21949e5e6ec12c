package org.fluvia.cli.source;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ExpressionTree;
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
import org.jspecify.annotations.Nullable;

/** Compiles a source file in memory, with the compiler and for the release of the running JVM. */
final class SourceCompiler {
    private static final int MOST_ERRORS = 10;

    private SourceCompiler() {}

    /**
     * The class files of one source file, by class name. The file need not lie in its package's folder, nor bear the name of
     * its public class.
     *
     * @param text of the file
     * @param sources the folder of other sources that it may use, or null for none; their class files are among the result
     * @throws UserError if it does not compile; the message shows each error with its line
     */
    static Map<String, byte[]> compile(Path file, String text, @Nullable Path sources) {
        JavaCompiler compiler = compiler(file);
        Source source = new Source(file, text);
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            Output output = new Output(standard);
            // -g: the message of a NullPointerException in the model names the variable
            List<String> options = new ArrayList<>(List.of("-proc:none", "-g", "-nowarn", "-Xlint:none", "-classpath",
                    System.getProperty("java.class.path")));
            options.addAll(sources == null ? List.of("-implicit:none") : List.of("-implicit:class", "-sourcepath", sources.toString()));
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

    /** The folder below which the source lies as its package says; the folder it lies in if its package says something else. */
    static Path sourceFolder(Path file, String text) {
        Source source = new Source(file, text);
        Path folder = requireNonNull(file.toAbsolutePath().normalize().getParent(), "file");
        try {
            JavacTask task = (JavacTask) compiler(file).getTask(null, null, new DiagnosticCollector<>(), null, null, List.of(source));
            ExpressionTree name = task.parse().iterator().next().getPackageName();
            if (name == null) return folder;
            Path packages = Path.of(name.toString().replace('.', '/'));
            if (!folder.endsWith(packages)) return folder;
            for (int i = 0; i < packages.getNameCount(); i++) folder = requireNonNull(folder.getParent(), "package");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaCompiler compiler(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler != null) return compiler;
        throw new UserError("this Java has no compiler (" + System.getProperty("java.home") + "), and " + file
                + " must be compiled. Install a JDK, version 17 or later, or set JAVA_HOME to one.");
    }

    private static String errors(Source source, List<Diagnostic<? extends JavaFileObject>> diagnostics, UnderstoodSource understood)
            throws IOException {
        List<String> shown = new ArrayList<>(List.of(source.fileName() + " does not compile:"));
        int count = 0;
        for (Diagnostic<? extends JavaFileObject> d : diagnostics) {
            if (d.getKind() == Diagnostic.Kind.ERROR && count++ < MOST_ERRORS) shown.add(text(source, d));
        }
        if (count > MOST_ERRORS) shown.add("... and " + (count - MOST_ERRORS) + " more errors");
        shown.addAll(CompilerHints.of(diagnostics.stream().filter(d -> !isElsewhere(source, d)).toList(), understood));
        return String.join(System.lineSeparator(), shown);
    }

    /** As javac prints it: place and message, the source line, a caret below the column, then the details. */
    private static String text(Source named, Diagnostic<? extends JavaFileObject> d) throws IOException {
        Source source = isElsewhere(named, d)
                ? new Source(Path.of(d.getSource().toUri()), d.getSource().getCharContent(true).toString()) : named;
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

    /** Whether an error is in another source that the one to compile uses. */
    private static boolean isElsewhere(Source source, Diagnostic<? extends JavaFileObject> d) {
        return d.getSource() != null && !d.getSource().toUri().equals(source.toUri());
    }

    /** A source, read once. */
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
