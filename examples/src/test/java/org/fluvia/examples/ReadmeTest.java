package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.model.ModelSource;
import org.fluvia.vi.Fluvia;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Verdict;
import org.fluvia.vi.diagnostics.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever types off the README gets what it prints: nothing is added to its programs. */
class ReadmeTest {
    private static final Path README = Path.of("../README.md");

    @TempDir
    private Path folder;

    private List<DocumentedBlock> programs() throws IOException {
        List<DocumentedBlock> all = DocumentedBlock.of("README.md", Files.readString(README)).stream()
                .filter(b -> b.code().contains("public final class ")).toList();
        assertEquals(List.of("ThreeNumbers", "EightSchools", "Embedded"), all.stream().map(DocumentedBlock::className).toList());
        return all;
    }

    private URLClassLoader compiled(DocumentedBlock block) throws IOException {
        Path source = Files.writeString(folder.resolve(block.className() + ".java"), block.code());
        StringWriter messages = new StringWriter();
        PrintWriter to = new PrintWriter(messages);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(to, to, "-proc:none", "-d", folder.toString(), "-classpath",
                GuideCompiler.classPath(), source.toString());
        assertEquals(0, code, () -> block + ": " + messages);
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    @Test
    void programsCompileAsPrinted() throws IOException {
        for (DocumentedBlock block : programs()) compiled(block).close();
    }

    @Test
    void theOutputIsThatOfTheFirstModel() throws Exception {
        String text = Files.readString(README);
        Matcher json = Pattern.compile("^```json\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE).matcher(text);
        assertTrue(json.find());
        String output = text.substring(text.indexOf("\nThreeNumbers: "), text.indexOf("and with `--out DIR`"));
        try (URLClassLoader loader = compiled(programs().get(0))) {
            Model model = Model.of((ModelSource) loader.loadClass("ThreeNumbers").getDeclaredConstructor().newInstance());
            Posterior p = Fluvia.fit(model, Data.jsonText(json.group(1)));
            assertTrue(output.startsWith("\nThreeNumbers: PASS\n") || output.startsWith("\nThreeNumbers: RESAMPLED\n"), output);
            assertNotEquals(Verdict.FAIL, p.verdict(), p.toString());
            for (String name : p.names()) {
                String line = output.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
                double[] printed = Arrays.stream(line.strip().split(" +")).skip(1).mapToDouble(Double::parseDouble).toArray();
                Summary s = p.summary(name);
                double[] now = {s.mean(), s.sd(), s.mcse(), s.q05(), s.q25(), s.q50(), s.q75(), s.q95()};
                for (int i = 0; i < now.length; i++) assertEquals(now[i], printed[i], 0.1 * s.sd(), line);
            }
        }
    }

    @Test
    void theVersionIsOurs() throws IOException {
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("../pom.xml")));
        assertTrue(version.find());
        assertTrue(Files.readString(README).contains("<version>" + version.group(1) + "</version>"), version.group(1));
    }
}
