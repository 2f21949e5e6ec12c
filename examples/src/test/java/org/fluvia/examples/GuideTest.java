package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;
import org.fluvia.catalogue.PublicTypes;
import org.fluvia.flows.Flows;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Panel;
import org.fluvia.vi.Posterior;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the documentation shows is true: every block of Java compiles, every block with data behind it has a finite density
 * and gradient, every name in the tables exists, and every function is in the tables. Distributions and supports have tables of their
 * own: {@link CatalogueTablesTest}.
 */
class GuideTest {
    private static final List<Path> PAGES = List.of(Path.of("../README.md"), Path.of("../docs/guide.md"), Path.of("../docs/stan.md"),
            Path.of("../docs/flows.md"), Path.of("../docs/learning.md"), Path.of("../docs/plots.md"), Path.of("../docs/posteriors.md"),
            Path.of("../docs/checking.md"), Path.of("../docs/elsewhere.md"));
    private static final Path STAN = Path.of("../docs/stan.md");
    /** What the tables and the code may call: what Fluvia's modules export, and what of the JDK goes with it. */
    private static final List<Class<?>> VOCABULARY = Stream.concat(
            Stream.of(Expr.class, Flows.class, Posterior.class, Panel.class).flatMap(c -> PublicTypes.besides(c).stream()),
            Stream.of(Grid.Over.class, Math.class, Duration.class, Map.class, List.class, Path.class)).toList();

    @TestFactory
    Stream<DynamicTest> blocksCompileAndHaveFiniteDensities() throws IOException {
        List<DocumentedBlock> blocks = new ArrayList<>();
        for (Path page : PAGES) blocks.addAll(DocumentedBlock.of(page.getFileName().toString(), Files.readString(page)));
        assertTrue(blocks.stream().filter(DocumentedBlock::hasData).count() > 20, "blocks with data: are they still found?");
        GuideCompiler compiler = GuideCompiler.compile(preamble(), blocks);
        return blocks.stream().map(b -> DynamicTest.dynamicTest(b.toString(), () -> compiler.check(b)));
    }

    @Test
    void namesInTheTablesExist() throws IOException {
        Set<String> known = VOCABULARY.stream().flatMap(c -> Arrays.stream(c.getMethods())).map(Method::getName)
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(calls(tables()));
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyFunctionIsInATable() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Class<?> c : VOCABULARY) {
            if (!PublicTypes.isOfFunctions(c)) continue;
            for (Method method : c.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Expr.class) missing.add(method.getName());
            }
        }
        missing.removeAll(calls(Files.readString(STAN)));
        assertEquals(Set.of(), missing, "add them to docs/stan.md");
    }

    @Test
    void aWrongBlockFails() {
        assertWrong("Expr x = m.sample(\"x\", normaal(0, 1));", "{}", "normaal");
        assertWrong("Expr x = m.parameter(\"x\", Support.real());\nm.logDensity(x.log());", "{}", "log-density");
        assertWrong("Expr x = m.parameter(\"x\", Support.real());\nm.logDensity(x.abs().sqrt());", "{}", "gradient");
        assertWrong("Expr x = m.sample(\"x\", normal(0, 1));\nm.observe(\"y\", normal(x, 1));", "{\"z\": 1}", "variable y");
    }

    private static void assertWrong(String code, String data, String message) {
        DocumentedBlock block = DocumentedBlock.of("wrong.md", "```java\n" + code + "\n```\n<!-- data: " + data + " -->\n").get(0);
        Throwable e = assertThrows(Throwable.class, () -> GuideCompiler.compile(preamble(), List.of(block)).check(block));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    /** The imports that docs/stan.md tells to put on top. */
    private static String preamble() throws IOException {
        String first = DocumentedBlock.of("stan.md", Files.readString(STAN)).get(0).code();
        assertTrue(first.lines().allMatch(l -> l.isBlank() || l.startsWith("import ")), "docs/stan.md must begin with the imports");
        return first;
    }

    /** Fluvia's column of all tables. */
    private static String tables() throws IOException {
        StringBuilder b = new StringBuilder();
        for (Path page : List.of(STAN, Path.of("../docs/guide.md"), Path.of("../docs/plots.md"))) {
            for (String line : Files.readAllLines(page)) {
                String[] cells = line.replace("\\|", "/").split("\\|");
                if (line.startsWith("|") && cells.length > 2) {
                    Matcher code = Pattern.compile("`([^`]*)`").matcher(cells[cells.length - 1]);
                    while (code.find()) b.append(code.group(1)).append('\n');
                }
            }
        }
        return b.toString();
    }

    private static Set<String> calls(String text) {
        Set<String> names = new TreeSet<>();
        Matcher call = Pattern.compile("(?<!new )\\b([a-zA-Z]\\w*)\\(").matcher(text);
        while (call.find()) names.add(call.group(1));
        return names;
    }
}
