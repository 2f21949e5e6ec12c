package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.commonsmath.CommonsMath;
import org.fluvia.flows.Flow;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelSource;
import org.fluvia.plots.Panel;
import org.fluvia.report.ResultFiles;
import org.fluvia.vi.Posterior;
import org.jspecify.annotations.Nullable;

/** Compiles the blocks of the documentation all at once, and runs those that have data. */
final class GuideCompiler {
    private final Map<String, String> errors;
    private final Path folder;

    private GuideCompiler(Map<String, String> errors, Path folder) {
        this.errors = errors;
        this.folder = folder;
    }

    static GuideCompiler compile(String preamble, List<DocumentedBlock> blocks) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Path folder = Files.createTempDirectory("guide");
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder.toFile()));
            List<Source> sources = blocks.stream().map(b -> new Source(b.packageName(), b.className(), b.source(preamble))).toList();
            javac.getTask(null, files, diagnostics, List.of("-proc:none", "-Xlint:none", "-classpath", classPath()), null, sources).call();
        }
        Map<String, String> errors = new LinkedHashMap<>();
        for (Diagnostic<? extends JavaFileObject> d : diagnostics.getDiagnostics()) {
            if (d.getKind() != Diagnostic.Kind.ERROR) continue;
            String where = d.getSource() instanceof Source s ? s.packageName : "";
            errors.merge(where, d.getMessage(Locale.ENGLISH) + line(d), (a, b) -> a + "\n" + b);
        }
        return new GuideCompiler(errors, folder);
    }

    private static String line(Diagnostic<? extends JavaFileObject> d) {
        if (!(d.getSource() instanceof Source s) || d.getLineNumber() == Diagnostic.NOPOS) return "";
        return "\n    " + s.text.lines().skip(d.getLineNumber() - 1).findFirst().orElse("").strip();
    }

    /** Where the library's classes lie: the class path of a test run may be but a jar that names others. */
    static String classPath() {
        List<Class<?>> libraries = List.of(Expr.class, Flow.class, Posterior.class, ResultFiles.class, Panel.class, CommonsMath.class, MultivariateFunction.class,
                DMatrixRMaj.class, Nullable.class);
        return libraries.stream().map(c -> {
            try {
                return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }).collect(Collectors.joining(File.pathSeparator));
    }

    /** Fails if the block did not compile, or has data at which its density is not finite at the unconstrained origin. */
    void check(DocumentedBlock block) throws Exception {
        assertFalse(errors.containsKey(block.packageName()), () -> block + ": " + errors.get(block.packageName()));
        assumeTrue(errors.isEmpty(), "not run, as another block does not compile");
        if (!block.hasData()) return;
        Path json = Files.writeString(folder.resolve(block.packageName() + ".json"), block.data());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Object source = loader.loadClass(block.packageName() + "." + block.className()).getDeclaredConstructor().newInstance();
            Model definition = Model.of((ModelSource) source);
            if (!block.message().isEmpty()) {
                Exception e = assertThrows(RuntimeException.class, () -> definition.bind(Data.json(json)), block.toString());
                assertEquals(plain(block.message()), plain(e.getMessage()), block.toString());
                return;
            }
            BoundModel model = definition.bind(Data.json(json));
            Expr gradient = Gradient.of(model.logDensityUnconstrained(), model.unconstrained());
            Workspace w = Program.of(model.logDensity(), model.logDensityUnconstrained(), gradient).workspace();
            w.set(model.unconstrained(), DrawSource.of(new DMatrixRMaj(model.dimension(), 1)));
            w.run(1);
            for (Expr density : List.of(model.logDensity(), model.logDensityUnconstrained())) {
                double value = w.perDraw(density).get(0, 0);
                assertTrue(Double.isFinite(value), () -> block + ": the log-density is " + value + " at the unconstrained origin: "
                        + model.explain(new double[model.dimension()]));
            }
            for (int i = 0; i < model.dimension(); i++) {
                double value = w.perDraw(gradient).get(i, 0);
                int element = i;
                assertTrue(Double.isFinite(value), () -> block + ": element " + element + " of the gradient is " + value);
            }
        }
    }

    /** Without line breaks, and whichever the file and the line. */
    private static String plain(String message) {
        return message.replaceAll("\\s+", " ").replaceAll("\\(\\w+\\.java:\\d+", "(Model.java:0").replaceAll("in \\S+\\.json", "in data.json")
                .replaceAll("but \\S+\\.json", "but data.json").strip();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String packageName;
        private final String text;

        Source(String packageName, String className, String text) {
            super(URI.create("memory:///" + packageName + "/" + className + ".java"), Kind.SOURCE);
            this.packageName = packageName;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
