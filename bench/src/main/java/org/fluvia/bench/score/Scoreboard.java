package org.fluvia.bench.score;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fluvia.bench.compare.Machine;

/**
 * Fits everything whose posterior is known, with default options, and writes docs/scoreboard.md: which fits are trusted and wrong, which are
 * refused though right, and how far each is off. See bench/run --score.
 */
public final class Scoreboard {
    private static final Path DOCS = Path.of("docs", "scoreboard.md");
    private static final Path RESULTS = Path.of("bench", "target", "scoreboard.tsv");

    private Scoreboard() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>(Map.of("--seeds", "1-5", "--only", "", "--but", "$^", "--results", RESULTS.toString(), "--out", DOCS.toString(),
                "--posteriordb", "", "--cases", "", "--within", "1000000"));
        for (int i = 0; i < args.length; i += 2) {
            if (!options.containsKey(args[i]) || i + 1 == args.length) throw new IllegalArgumentException("bench: --score does not take " + args[i]);
            options.put(args[i], args[i + 1]);
        }
        Pattern only = Pattern.compile(options.get("--only"));
        Pattern but = Pattern.compile(options.get("--but"));
        List<Target> targets = targets(options.get("--posteriordb"), options.get("--cases")).stream()
                .filter(t -> only.matcher(t.name()).find() && !but.matcher(t.name()).find()).toList();
        String commit = commit();
        Path file = Path.of(options.get("--results"));
        Map<String, Result> done = Files.exists(file) ? Files.readAllLines(file).stream().map(Result::of).filter(r -> r.commit().equals(commit))
                .collect(Collectors.toMap(r -> key(r.target(), r.seed()), Function.identity(), (a, b) -> b)) : new HashMap<>();
        String[] seeds = options.get("--seeds").split("-");
        long end = System.nanoTime() + Long.parseLong(options.get("--within")) * 1_000_000_000L;
        for (long seed = Long.parseLong(seeds[0]); seed <= Long.parseLong(seeds[seeds.length - 1]); seed++) {
            for (Target t : targets) {
                if (done.containsKey(key(t.name(), seed)) || System.nanoTime() > end) continue;
                Result r = Result.of(t, seed, commit);
                done.put(key(t.name(), seed), r);
                Files.writeString(file, r.line() + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                System.out.printf("%s seed %d: %s, %s, %.1f s%n", t.name(), seed, r.verdict(), r.outcome().words, r.seconds());
            }
        }
        List<Result> ordered = new ArrayList<>();
        for (Target t : targets) {
            done.values().stream().filter(r -> r.target().equals(t.name())).sorted((a, b) -> Long.compare(a.seed(), b.seed())).forEach(ordered::add);
        }
        Files.writeString(Path.of(options.get("--out")), page(ordered, commit, args));
    }

    private static String key(String target, long seed) {
        return target + "\t" + seed;
    }

    /** Those of our own, and what the folders hold. */
    static List<Target> targets(String posteriordb, String cases) throws IOException {
        List<Target> all = new ArrayList<>(Gaussians.all());
        all.addAll(Curved.all());
        all.addAll(Bounded.all());
        all.addAll(Modes.all());
        all.addAll(Edges.all());
        all.addAll(Improper.all());
        all.addAll(Sabotage.all(all));
        if (!posteriordb.isEmpty()) all.addAll(Reference.posteriors(Path.of(posteriordb)));
        if (!cases.isEmpty()) all.addAll(Cases.of(Path.of(cases)));
        // as a map from names: two of one name would share their results
        Map<String, Target> named = new LinkedHashMap<>();
        for (Target t : all) {
            if (named.put(t.name(), t) != null) throw new IllegalStateException("bench: there are two targets " + t.name());
        }
        return List.copyOf(named.values());
    }

    private static String page(List<Result> results, String commit, String[] args) throws IOException {
        TreeSet<Long> seeds = results.stream().map(Result::seed).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> dates = results.stream().map(Result::date).collect(Collectors.toCollection(TreeSet::new));
        // folders are named as they stand on this machine, which says nothing elsewhere
        String command = String.join(" ", args).replaceAll("(--posteriordb|--cases|--results|--out) \\S+", "$1 ...");
        return """
                # Scoreboard: is a fit that is trusted right?

                Written by `bench/run --score`, with default options. Targets are models with a known answer: by closed forms, by quadrature, or beside long runs of
                NUTS. A fit is wrong where, beyond the noise of its draws, a mean is off by more than 0.10 sd, an sd by 8 %%, a 5 or 95 %% quantile by 0.1 sd (on the
                normal scale where there is no sd), or the log evidence by 0.05 nats and 4 of its stated errors; beside reference draws, where it is below silver.
                A row has all seeds of a target: errors are those of the worst seed, and of the worst element. Some targets have no posterior, wrong gradients or
                limits too short to be fitted in: there a refusal is right. Fits follow one another in one JVM, so seconds are those of a JVM that has compiled the
                engine, without its start. Gradients are not counted.

                - Fits: %d, seeds %s, of commit %s
                - Date: %s
                - Command: `bench/run --score%s`
                - Machine: %s, %d cores
                """.formatted(results.size(), seeds.isEmpty() ? "none" : seeds.first() + " to " + seeds.last(), commit, String.join(" to ", dates),
                command.isEmpty() ? "" : " " + command, Machine.processor(), Runtime.getRuntime().availableProcessors()) + new Board(results).markdown();
    }

    /** The last commit that changed the engine or the targets, and whether they have been changed since. */
    private static String commit() throws IOException, InterruptedException {
        String commit = git("log", "-1", "--format=%h");
        return commit.isEmpty() ? "unknown" : git("status", "--porcelain", "-uno").isEmpty() ? commit : commit + " and changes";
    }

    /** What git says of these folders. */
    private static String git(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(command));
        words.addAll(List.of("--", "core/src/main", "flows/src/main", "vi/src/main", "bench/src/main/java/org/fluvia/bench/score"));
        Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? out : "";
    }
}
