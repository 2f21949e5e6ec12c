package org.fluvia.bench.stan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fluvia.model.ModelException;
import org.fluvia.stan.StanProgram;

/**
 * How much of public Stan programs is read: counts programs accepted and refused, with the reasons, and those that are translated to Java.
 *
 * <pre>{@code
 * java -cp $(./fluvia class-path):bench/target/classes org.fluvia.bench.stan.StanCorpora STANC3 POSTERIORDB EXAMPLE_MODELS [--list]
 * }</pre>
 *
 * The folders are checkouts of github.com/stan-dev/stanc3, posteriordb and example-models. A bad program counts as refused rightly if the
 * line named is the one that stanc names.
 */
public final class StanCorpora {
    private static final Pattern COMMAND = Pattern.compile("\\s*\\$ stanc .*?(\\S+\\.stan)\\s*");
    private static final Pattern LINE = Pattern.compile(".*(?:rror|found) in '([^']+)', line (\\d+).*");

    private final boolean list;

    private StanCorpora(boolean list) {
        this.list = list;
    }

    public static void main(String[] arguments) throws IOException {
        StanCorpora corpora = new StanCorpora(arguments.length > 3 && arguments[3].equals("--list"));
        Path integration = Path.of(arguments[0], "test", "integration");
        corpora.count("stanc3, good", integration.resolve("good"), "accepted", StanProgram::read);
        corpora.refused("stanc3, bad", integration.resolve("bad"));
        Path posteriordb = Path.of(arguments[1], "posterior_database", "models");
        Path examples = Path.of(arguments[2]);
        corpora.count("posteriordb", posteriordb, "accepted", StanProgram::read);
        corpora.count("example-models", examples, "accepted", StanProgram::read);
        corpora.count("posteriordb", posteriordb, "translated to Java", StanCorpora::translate);
        corpora.count("example-models", examples, "translated to Java", StanCorpora::translate);
    }

    /** What is done with a program. */
    @FunctionalInterface
    private interface Work {
        void with(Path file) throws IOException;
    }

    private static void translate(Path file) throws IOException {
        StanProgram.read(file).toJava(note -> { });
    }

    private void count(String name, Path folder, String done, Work work) throws IOException {
        int read = 0;
        List<Path> programs = programs(folder);
        Map<String, Integer> reasons = new TreeMap<>();
        for (Path file : programs) {
            ModelException problem = problem(file, work);
            if (problem == null) {
                read++;
            } else {
                String reason = String.valueOf(problem.getMessage());
                say(file, reason);
                reasons.merge(reason.lines().findFirst().orElse("").replaceFirst("^[^ ]+ ", ""), 1, Integer::sum);
            }
        }
        System.out.printf("%s: %d of %d programs %s (%.1f %%)%n", name, read, programs.size(), done, 100.0 * read / programs.size());
        reasons.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(20)
                .forEach(e -> System.out.printf("  %4d %s%n", e.getValue(), e.getKey()));
    }

    private void refused(String name, Path folder) throws IOException {
        int refused = 0;
        int onLine = 0;
        List<Path> programs = programs(folder);
        Map<Path, Integer> expected = expectedLines(folder);
        for (Path file : programs) {
            ModelException problem = problem(file, StanProgram::read);
            if (problem == null) {
                say(file, "ACCEPTED, expected an error on line " + expected.get(file));
                continue;
            }
            refused++;
            if (expected.get(file) == null || problem.line().orElse(0) == expected.get(file)) onLine++;
            else say(file, "line " + expected.get(file) + " expected: " + problem.getMessage());
        }
        System.out.printf("%s: %d of %d programs refused (%.1f %%), %d on stanc's line (%.1f %%)%n", name, refused, programs.size(),
                100.0 * refused / programs.size(), onLine, 100.0 * onLine / programs.size());
    }

    /** The line that stanc names for each program, from its own expected output. */
    private static Map<Path, Integer> expectedLines(Path folder) throws IOException {
        Map<Path, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".expected")).toList()) {
                Path current = null;
                for (String text : Files.readAllLines(file)) {
                    Matcher command = COMMAND.matcher(text);
                    Matcher line = LINE.matcher(text);
                    if (command.matches()) current = file.resolveSibling(command.group(1));
                    else if (line.matches() && current != null) lines.putIfAbsent(current, Integer.parseInt(line.group(2)));
                }
            }
        }
        return lines;
    }

    private static ModelException problem(Path file, Work work) throws IOException {
        try {
            work.with(file);
            return null;
        } catch (ModelException e) {
            return e;
        }
    }

    private void say(Path file, String what) {
        if (list) System.out.println(file + "\n    " + what.replace("\n", "\n    "));
    }

    private static List<Path> programs(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(f -> f.toString().endsWith(".stan")).sorted().toList());
        }
    }
}
