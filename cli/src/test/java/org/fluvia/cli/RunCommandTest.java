package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program runs from its source, with the sources and the files of its package. */
class RunCommandTest {
    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void makePackage() throws IOException {
        folder = Files.createDirectories(root.resolve("trial/moons"));
    }

    private Path program(String body) {
        return Run.file(folder, "Program.java", """
                package trial.moons;

                public final class Program {
                    public static void main(String[] arguments) throws Exception {
                        %s
                    }
                }
                """.formatted(body));
    }

    private static void assertRefused(String message, Run run) {
        assertEquals(ExitCode.USERS_MISTAKE, run.code());
        assertEquals("fluvia: " + message, run.err().strip());
    }

    @Test
    void aProgramUsesWhatLiesBesideItAndGetsItsArguments() throws IOException {
        Run.file(folder, "Shared.java", "package trial.moons; final class Shared { static final String WORD = \"shared\"; static String word() { return WORD; } }");
        Run.file(folder, "data.txt", "data");
        Path out = root.resolve("out.txt");
        Run run = Run.of("run", program("""
                java.nio.file.Files.writeString(java.nio.file.Path.of(arguments[0]), Shared.word() + arguments[1] + arguments[2]
                        + new String(Program.class.getResourceAsStream("data.txt").readAllBytes()) + Program.class.getResource("nothing.txt"));
                """), out, "--help", "-x");
        assertEquals(new Run(0, "", ""), run);
        assertEquals("shared--help-xdatanull", Files.readString(out));
    }

    @Test
    void whatAProgramThrowsIsToldWithItsLine() {
        assertRefused("Program.java:5: IOException: gone", Run.of("run", program("throw new java.io.IOException(\"gone\");")));
        assertRefused("bad luck (Program.java:5)", Run.of("run", program("throw new IllegalArgumentException(\"bad luck\");")));
        assertRefused("Program.java:5: NullPointerException: Cannot invoke \"String.length()\" because \"nothing\" is null",
                Run.of("run", program("String nothing = null; nothing.length();")));
        assertTrue(Run.of("--debug", "run", program("throw new Error();")).err().contains("\tat trial.moons.Program.main"));
    }

    @Test
    void whatDoesNotCompileIsShownInItsOwnFile() {
        Run.file(folder, "Shared.java", "package trial.moons; final class Shared { int word() { return \"\"; } }");
        Run run = Run.of("run", program("new Shared().word();"));
        assertEquals(ExitCode.USERS_MISTAKE, run.code());
        assertTrue(run.err().contains("Shared.java:1: error: incompatible types"), run.err());
        assertTrue(run.err().contains("return \"\""), run.err());
    }

    @Test
    void whatIsNoProgramIsRefused() {
        Path nothing = root.resolve("None.java");
        assertRefused("PROGRAM: no such file: " + nothing, Run.of("run", nothing));
        Path text = Run.file(root, "a.txt", "");
        assertRefused("PROGRAM: " + text + " must be a Java source file, with a name that ends in .java.", Run.of("run", text));
        for (String other : new String[] {"", "static void main(String[] a) {}", "public static void main() {}",
                "public static int main(String[] a) { return 0; }"}) {
            Path file = Run.file(root, "Other.java", "public class Other { " + other + " }");
            assertRefused("PROGRAM: " + file + " must have a public class Other with a method public static void main(String[] arguments).",
                    Run.of("run", file));
        }
        assertRefused("PROGRAM.java is missing. Try fluvia run --help.", Run.of("run"));
    }

    @Test
    void aProgramWithoutAPackageOrInAnotherFolderRuns() {
        assertEquals(new Run(0, "", ""), Run.of("run", Run.file(root, "Plain.java", "public class Plain { public static void main(String[] a) {} }")));
        assertEquals(new Run(0, "", ""),
                Run.of("run", Run.file(root, "Astray.java", "package far.away; public class Astray { public static void main(String[] a) {} }")));
    }
}
