package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.Test;

/** The session of jshell in docs/elsewhere.md, after the start-up script that it names. */
class JshellTest {
    @Test
    void theDocumentedSessionFits() throws IOException {
        String page = Files.readString(Path.of("../docs/elsewhere.md"));
        int begin = page.indexOf("```jshell\n") + "```jshell\n".length();
        String session = page.substring(begin, page.indexOf("```", begin));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (JShell shell = JShell.builder().executionEngine("local").out(nowhere).build()) {
            for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) shell.addToClasspath(path);
            for (String text : List.of(Files.readString(Path.of("fluvia.jsh")), session)) assertEquals(List.of(), problems(shell, text));
            assertTrue(shell.eval("p.verdict()").get(0).value().matches("PASS|RESAMPLED|EXACT"));
        }
    }

    private static List<String> problems(JShell shell, String text) {
        List<String> problems = new ArrayList<>();
        String rest = text;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            for (SnippetEvent e : shell.eval(next.source())) {
                if (e.status() == Snippet.Status.VALID && e.exception() == null) continue;
                problems.add(next.source() + " " + e.exception() + shell.diagnostics(e.snippet()).map(d -> d.getMessage(Locale.ROOT)).toList());
            }
            rest = next.remaining();
        }
        return problems;
    }
}
