package org.fluvia.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fluvia.model.Data;
import org.fluvia.report.json.JsonObject;

/** A process that does the same work as Fluvia and answers each line of a command with a line of JSON. */
final class Peer implements AutoCloseable {
    static final Path FOLDER = Path.of("bench", "peers");

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private Peer(List<String> command) {
        try {
            if (!Files.exists(Path.of(command.get(0)))) {
                throw new IllegalStateException("bench: " + command.get(0) + " is missing. Run bench/peers/setup first.");
            }
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter();
        answers = process.inputReader();
    }

    /** @param name torch, jax or numpy */
    static Peer python(String name, Setting setting) {
        return new Peer(List.of(FOLDER.resolve(".venv/bin/python").toString(), FOLDER.resolve("peer.py").toString(), name,
                "--precision", setting.isDouble() ? "double" : "single", "--threads", Integer.toString(setting.threads())));
    }

    /** Fluvia itself, in a JVM that has done nothing yet, on one thread. */
    static Peer fluvia() {
        return new Peer(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
                "-cp", System.getProperty("java.class.path"), Learner.class.getName()));
    }

    /** A compiled Stan program, double precision on one thread. */
    static Peer stan(String program) {
        return new Peer(List.of(FOLDER.resolve(".venv/stan").resolve(program).toString()));
    }

    /** Which versions of which libraries it is made of: "numpy 2.3.5, openblas 0.3.30". */
    String describe() {
        return answer(new JsonObject().text("do", "describe").line());
    }

    /** Sets a task up. Returns what it computes. */
    Data prepare(String task, JsonObject arguments) {
        return ask(arguments.text("do", "prepare").text("task", task).line());
    }

    Data ask(String command) {
        return Data.jsonText(answer(command));
    }

    private String answer(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) throw new IllegalStateException("bench: the peer ended without an answer to " + command);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("bench: the peer did not answer " + command, e);
        }
    }

    double time(double seconds) {
        return ask(new JsonObject().text("do", "time").number("seconds", seconds).line()).values("seconds")[0];
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
