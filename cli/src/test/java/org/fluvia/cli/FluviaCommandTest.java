package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fluvia.flows.FlowFamily;
import org.fluvia.flows.Flows;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, versions, and faults of our own. */
class FluviaCommandTest {
    @Test
    void aloneItPrintsHelp() {
        Run run = Run.of();
        assertEquals(0, run.code());
        assertTrue(run.out().startsWith("Usage: fluvia"), run.out());
        assertEquals(Run.of("--help"), run);
    }

    @Test
    void helpIsACommandToo() {
        assertEquals(Run.of("--help"), Run.of("help"));
        assertEquals(Run.of("fit", "--help"), Run.of("help", "fit"));
        Run run = Run.of("help", "fti");
        assertEquals(ExitCode.USERS_MISTAKE, run.code());
        assertEquals("fluvia: there is no command fti. Did you mean fit? Try fluvia --help.", run.err().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void shellsCompleteEveryCommandAndOption(String shell) throws Exception {
        Run run = Run.of("completion", shell);
        assertEquals(0, run.code());
        for (String word : List.of("fit", "density", "help", "completion", "--data", "--log-lik", "--within")) assertTrue(run.out().contains(word), word);
        Process bash = new ProcessBuilder("bash", "-n").start();
        bash.getOutputStream().write(run.out().getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();
        assertEquals("", new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(ExitCode.USERS_MISTAKE, Run.of("completion", "fish").code());
    }

    @Test
    void flowsListsEveryFamilyWithWhatItTakes() {
        Run run = Run.of("flows");
        assertEquals(0, run.code());
        List<String> lines = run.out().lines().toList();
        assertEquals(Flows.table().names().size() + 1, lines.size());
        for (FlowFamily family : Flows.table()) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(family.name() + " ") && line.endsWith(family.description())), family.name());
        }
        assertTrue(run.out().matches("(?s).*maf +one by one +one pass .*iaf +one pass +one by one .*"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "density", "flows", "run", "completion"})
    void everyCommandHasHelpWithAnExample(String command) {
        Run run = Run.of(command, "--help");
        assertEquals(0, run.code());
        assertTrue(run.out().contains("Usage: fluvia " + command), run.out());
        assertTrue(run.out().contains("Example: fluvia " + command), run.out());
    }

    @Test
    void versionNamesOurselvesTheJvmAndTheKernels() {
        Run run = Run.of("--version");
        assertEquals(0, run.code());
        assertTrue(run.out().matches("(?s)fluvia \\d+\\.\\d+\\.\\d+.*"), run.out());
        assertTrue(run.out().contains("Java " + Runtime.version().feature() + "."), run.out());
        assertTrue(run.out().contains("kernels: " + KernelProvider.kernels().describe()), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "density"})
    void everyCommandKnowsTheVersion(String command) {
        assertEquals(Run.of("--version"), Run.of(command, "--version"));
        assertEquals(Run.of("-V"), Run.of(command, "-V"));
    }

    private static Run thrown(boolean debug, Exception e) {
        StringWriter err = new StringWriter();
        CommandLine line = FluviaCommand.commandLine().setErr(new PrintWriter(err));
        return new Run(new Failures(() -> debug).thrown(e, line, null), "", err.toString());
    }

    @Test
    void aFaultOfOursIsToBeReportedWithItsTrace() throws Exception {
        Run run = thrown(false, new IllegalStateException("impossible"));
        assertEquals(ExitCode.FAULT, run.code());
        assertTrue(run.err().contains("IllegalStateException: impossible. Please report it"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        Matcher file = Pattern.compile("with the file (\\S+)\\.\\R").matcher(run.err());
        assertTrue(file.find(), run.err());
        String trace = Files.readString(Path.of(file.group(1)));
        Files.delete(Path.of(file.group(1)));
        assertTrue(trace.contains("\tat org.fluvia.cli.FluviaCommandTest"), trace);
        assertTrue(trace.contains("kernels: "), trace);
    }

    @Test
    void debugShowsTheTrace() {
        assertTrue(thrown(true, new IllegalStateException("impossible")).err().contains("\tat "));
        assertTrue(Run.of("fit", "nosuch.java", "--debug").err().contains("\tat "));
        assertFalse(Run.of("fit", "nosuch.java").err().contains("\tat "));
    }

    @Test
    void tooLittleMemoryIsNoFault() {
        Run run = thrown(false, new CommandLine.ExecutionException(new CommandLine(new FluviaCommand()), "error", new OutOfMemoryError("Java heap space")));
        assertEquals(ExitCode.FAULT, run.code());
        assertTrue(run.err().contains("out of memory (Java heap space)") && run.err().contains("-Xmx"), run.err());
        assertFalse(run.err().contains("report"), run.err());
    }
}
