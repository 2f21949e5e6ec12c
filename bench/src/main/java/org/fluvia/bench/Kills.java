package org.fluvia.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;
import org.fluvia.file.Sha256;
import org.fluvia.flows.Flows;
import org.fluvia.model.Model;
import org.fluvia.vi.Checkpoint;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Progress;

/**
 * Whether anything is lost where processes are killed: a fit with a flow, which keeps a checkpoint as often as it can, is killed (SIGKILL) at
 * random moments and begun again, for as many kills as asked for. After each the checkpoint must be whole, and there if there was one before; each fit that
 * comes to its end must have the bits of one that nobody killed. Ends with exit code 1 at the first that does not.
 *
 * <p>{@code bench/run --kills [N]}; 1,000 unless N is given.
 */
public final class Kills {
    private static final double NANO = 1e-9;
    /** More kills are early than late, so that more are made in an hour. */
    private static final double EARLY = 3;
    private static final Model BANANA = Model.logDensity("banana", 2, z -> {
        Expr y = z.get(1).minus(z.get(0).square().minus(4).times(0.25));
        return z.get(0).div(2).square().plus(y.square()).times(-0.5);
    });

    private Kills() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2 && arguments[0].equals("fit")) {
            fit(Path.of(arguments[1]));
            return;
        }
        int kills = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("fluvia-kills-");
        Path file = folder.resolve("fit.checkpoint");
        long begin = System.nanoTime();
        Child whole = new Child(file);
        String expected = whole.last();
        double seconds = (System.nanoTime() - whole.begin) * NANO;
        Files.delete(file);
        SplittableRandom chance = new SplittableRandom(1);
        int done = 0;
        int ended = 0;
        int resumed = 0;
        while (done < kills) {
            boolean isThere = Files.exists(file);
            Child child = new Child(file);
            Thread.sleep((long) (1e3 * seconds * Math.pow(chance.nextDouble(), EARLY)));
            boolean killed = child.kill();
            String last = child.last();
            if (child.resumed) resumed++;
            if (isThere && !Files.exists(file)) fail("kill " + done + ": the checkpoint is gone");
            if (Files.exists(file)) Checkpoint.commandIn(file); // throws if it is not whole
            if (killed) done++;
            if (!last.startsWith("bits ")) continue;
            if (!last.equals(expected)) fail("kill " + done + ": " + last + " and not " + expected);
            ended++;
            Files.delete(file);
        }
        String end = Files.exists(file) ? new Child(file).last() : expected;
        if (!end.equals(expected)) fail("the last: " + end + " and not " + expected);
        int left = 0;
        try (Stream<Path> all = Files.list(folder)) {
            for (Path p : all.toList()) {
                if (p.getFileName().toString().endsWith(".tmp")) left++;
                Files.delete(p);
            }
        }
        Files.delete(folder);
        System.out.printf(Locale.ROOT, "%d kills in %.0f s, where a whole fit takes %.1f s. Every checkpoint was whole and in its place. %d runs went on from one."
                + " %d fits came to their end, with the bits of the one that nobody killed. %d temporary files were left, which the command sweeps.%n",
                done, (System.nanoTime() - begin) * NANO, seconds, resumed, ended + 1, left);
    }

    private static void fail(String what) {
        System.out.println(what);
        System.exit(1);
    }

    /** A process that fits: from the moment when its fit begins. */
    private static final class Child {
        private final Process process;
        private final BufferedReader out;
        private final long begin;
        private boolean resumed;

        Child(Path file) throws IOException {
            List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "-Dfluvia.simd=off", "-cp", System.getProperty("java.class.path"), Kills.class.getName(), "fit", file.toString()));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            out = process.inputReader(StandardCharsets.UTF_8);
            out.readLine();
            begin = System.nanoTime();
        }

        /** Whether it was still alive. */
        boolean kill() {
            boolean alive = process.isAlive();
            process.toHandle().destroyForcibly(); // of the process itself it would close the stream, too
            return alive;
        }

        /** What it said last. */
        String last() throws IOException, InterruptedException {
            String last = "";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(Progress.RESUMED)) resumed = true;
                last = line;
            }
            process.waitFor();
            return last;
        }
    }

    private static void fit(Path file) {
        System.out.println("begins");
        Posterior p = Fit.of(BANANA).flow(Flows.realNvp().layers(4).hidden(16)).draws(500).threads(1).within(Duration.ofMinutes(10))
                .checkpoint(Checkpoint.in(file).every(Duration.ZERO)).progress(e -> {
                    if (e.stage().equals(Progress.RESUMED)) System.out.println(Progress.RESUMED);
                }).run();
        System.out.println("bits " + hash(p));
    }

    private static String hash(Posterior p) {
        MessageDigest digest = Sha256.digest();
        digest.update(p.assessment().toString().getBytes(StandardCharsets.UTF_8));
        Sha256.update(digest, p.draws().data, p.draws().data.length);
        Sha256.update(digest, p.logDensity(), p.logDensity().length);
        return Sha256.hex(digest);
    }
}
