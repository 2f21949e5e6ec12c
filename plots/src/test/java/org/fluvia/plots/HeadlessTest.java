package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines without a display, without fonts, and with a display that does not answer; each in a process of its own. */
class HeadlessTest {
    @TempDir
    private Path folder;

    /** Writes both formats, and tells which libraries of the system it has loaded, where that can be told. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Picture picture = Picture.of(Panel.titled("a title").axes("x", "y").line(new double[] {1, 2}, new double[] {3, 4}));
            picture.write(Path.of(arguments[0], "picture.svg"));
            System.out.println("wrote SVG");
            try {
                picture.write(Path.of(arguments[0], "picture.png"));
                System.out.println("wrote PNG");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String run(String display, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName(), folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DISPLAY", display);
        builder.environment().put("FONTCONFIG_FILE", folder.resolve("none").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    @Test
    void withoutDisplayAndFontsBothFormatsAreWritten() throws Exception {
        String out = run("", "-Djava.awt.headless=true", "-Xlog:library=info");
        assertTrue(out.contains("wrote SVG") && out.contains("wrote PNG"), out);
        assertTrue(new File(folder.toFile(), "picture.png").length() > 1000);
        assertTrue(!out.contains("fontmanager"), "fonts of the system are asked for: " + out);
    }

    @Test
    void aDisplayThatDoesNotAnswerIsSaid() throws Exception {
        String out = run(":4711");
        assertTrue(out.contains("wrote SVG"), out);
        assertTrue(out.contains("wrote PNG") || out.contains("Start it with -Djava.awt.headless=true, or write an SVG."), out);
    }
}
