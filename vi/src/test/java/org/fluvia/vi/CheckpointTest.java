package org.fluvia.vi;

import static org.fluvia.dist.Distributions.halfCauchy;
import static org.fluvia.dist.Distributions.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Functions;
import org.fluvia.flows.Flows;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.support.Support;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fit that was killed, wherever it was, goes on and ends as one that was left alone. */
@Timeout(120)
class CheckpointTest {
    private static final Model BANANA = Model.logDensity("banana", 2, z -> {
        Expr y = z.get(1).minus(z.get(0).square().minus(4).times(0.25));
        return z.get(0).div(2).square().plus(y.square()).times(-0.5);
    });
    /** The same, with a log-density that is NaN where there is next to nothing: such draws are counted. */
    private static final Model BROKEN = Model.logDensity("broken", 2, z -> {
        Expr y = z.get(1).minus(z.get(0).square().minus(4).times(0.25));
        return z.get(0).div(2).square().plus(y.square()).times(-0.5).plus(z.get(0).plus(7.5).log().times(1e-9));
    });
    private static final Model SCHOOLS = Model.define("eight schools, centred", m -> {
        Expr mu = m.sample("mu", normal(0, 5));
        Expr tau = m.sample("tau", halfCauchy(5));
        Expr theta = m.sample("theta", normal(mu, tau), 8);
        m.observe(Expr.vector(28, 8, -3, 7, -1, 1, 18, 12), normal(theta, Expr.vector(15, 10, 16, 11, 9, 11, 10, 18)));
    });
    private static final Model FUNNEL = Model.define("funnel", m -> {
        Expr s = m.sample("s", normal(0, 3));
        Expr x = m.parameter("x", Support.real(), 40);
        m.logDensity(normal(Expr.of(0), s.exp()).logDensity(x));
    });
    private static final Model LINE = line(1.5);
    private static final Model TWO = Model.logDensity("two modes", 2, z -> {
        Expr near = z.minus(Expr.vector(3, 0)).square().sum().times(-0.5);
        Expr far = z.plus(Expr.vector(3, 1)).square().sum().times(-2.0);
        return Functions.logAddExp(near, far);
    });

    /** Stands for whatever ends a process. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    private Path folder;

    private static Map<String, Supplier<Fit>> fits() {
        Map<String, Supplier<Fit>> all = new LinkedHashMap<>();
        all.put("a flow", () -> Fit.of(BANANA));
        all.put("a flow, with draws whose density is not known", () -> Fit.of(BROKEN));
        all.put("levels, flow and chains", () -> Fit.of(SCHOOLS).finish(Finish.EXACT));
        all.put("several modes", () -> Fit.of(TWO));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> endsInTheSameBits() {
        return fits().entrySet().stream().map(f -> DynamicTest.dynamicTest(f.getKey(), () -> {
            Fit fit = f.getValue().get().threads(1).draws(500).within(Duration.ofMinutes(10));
            List<Progress.Event> course = new ArrayList<>();
            Posterior whole = fit.progress(course::add).run();
            Path file = folder.resolve("fit.checkpoint");
            Files.deleteIfExists(file);
            Checkpoint checkpoint = Checkpoint.in(file).every(Duration.ZERO);
            SplittableRandom chance = new SplittableRandom(1);
            int resumed = 0;
            for (int kill = 0; kill < 3; kill++) {
                int at = chance.nextInt(course.size());
                boolean[] goesOn = new boolean[1];
                int[] events = new int[1];
                try {
                    fit.checkpoint(checkpoint).progress(e -> {
                        goesOn[0] |= e.stage().equals(Progress.RESUMED);
                        if (events[0]++ == at) throw new Killed();
                    }).run();
                } catch (Killed e) {
                    assertTrue(!Files.exists(file) || Checkpoint.commandIn(file).isEmpty(), "it is whole");
                }
                if (goesOn[0]) resumed++;
            }
            assertTrue(resumed > 0, "none was resumed");
            assertSame(whole, fit.checkpoint(checkpoint).progress(Progress.none()).run());
            assertSame(whole, fit.checkpoint(checkpoint).progress(Progress.none()).run());
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(List.of(file), files.toList());
            }
        }));
    }

    private static Model line(double y) {
        return Model.define("line", m -> {
            Expr a = m.sample("a", normal(0, 10));
            m.observe(Expr.vector(1, 2, y), normal(a, 1));
        });
    }

    private static void assertSame(Posterior expected, Posterior actual) {
        assertArrayEquals(expected.draws().data, actual.draws().data);
        assertArrayEquals(expected.logDensity(), actual.logDensity());
        assertEquals(expected.assessment(), actual.assessment());
        assertArrayEquals(expected.sample(100, 3).data, actual.sample(100, 3).data);
        assertTrue(expected.limitHit().isEmpty() && actual.limitHit().isEmpty());
    }

    /** A training goes on from its last checkpoint: it is killed after one that came later than its second judgement. */
    @Test
    void whatWasDoneIsNotDoneAgain() {
        Path file = folder.resolve("c");
        Fit fit = Fit.of(FUNNEL).threads(1).within(Duration.ofMinutes(10)).checkpoint(Checkpoint.in(file).every(Duration.ZERO));
        int second = 0;
        for (int kill = 0; kill < 2; kill++) {
            List<Integer> steps = new ArrayList<>();
            byte[][] then = new byte[1][];
            assertThrows(Killed.class, () -> fit.progress(e -> {
                if (!e.stage().equals("flow")) return;
                steps.add(e.step());
                if (steps.size() == 2) then[0] = bytes(file);
                if (steps.size() > 2 && !Arrays.equals(then[0], bytes(file))) throw new Killed();
            }).run());
            assertTrue(steps.get(0) > second, steps + " after " + second);
            second = steps.get(1);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTimeThatWasSpentCounts() {
        Fit fit = Fit.of(BANANA).threads(1).draws(100).within(Duration.ofMinutes(10)).checkpoint(Checkpoint.in(folder.resolve("c")).every(Duration.ZERO));
        double first = fit.run().seconds();
        double second = fit.run().seconds();
        assertTrue(second > 0.5 * first, first + " s and " + second + " s");
    }

    @Test
    void theFileOfAnotherFitIsReplaced() {
        Path file = folder.resolve("c");
        Fit fit = Fit.of(LINE).threads(1).draws(100).within(Duration.ofMinutes(10));
        fit.checkpoint(Checkpoint.in(file).every(Duration.ZERO)).run();
        Posterior other = fit.seed(2).run();
        List<String> stages = new ArrayList<>();
        assertSame(other, fit.seed(2).checkpoint(file).progress(e -> stages.add(e.stage())).run());
        assertFalse(stages.contains(Progress.RESUMED));
        Fit.of(line(1.6)).threads(1).draws(100).checkpoint(file).progress(e -> stages.add(e.stage())).run();
        assertFalse(stages.contains(Progress.RESUMED));
    }

    /** The two families have the same networks, so the same weights at first: it is the family that tells them apart. */
    @Test
    void anotherFamilyOfFlowsIsAnotherFit() {
        Path file = folder.resolve("c");
        Fit fit = Fit.of(BANANA).threads(1).draws(100).within(Duration.ofMinutes(10)).finish(Finish.WEIGHTS);
        fit.flow(Flows.maf()).checkpoint(Checkpoint.in(file).every(Duration.ZERO)).run();
        assertSame(fit.flow(Flows.iaf()).run(), fit.flow(Flows.iaf()).checkpoint(file).run());
    }

    /** Cut short or with a bit changed anywhere, it counts as none. */
    @Test
    void aDamagedFileCountsAsNone() throws IOException {
        Path file = folder.resolve("c");
        Fit fit = Fit.of(LINE).threads(1).draws(100).within(Duration.ofMinutes(10));
        Posterior whole = fit.run();
        fit.checkpoint(Checkpoint.in(file).every(Duration.ZERO)).run();
        byte[] bytes = Files.readAllBytes(file);
        SplittableRandom chance = new SplittableRandom(2);
        for (int k = 0; k < 3; k++) {
            byte[] damaged = k == 0 ? Arrays.copyOf(bytes, chance.nextInt(bytes.length)) : bytes.clone();
            if (k > 0) damaged[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
            Files.write(file, damaged);
            assertThrows(CheckpointException.class, () -> Checkpoint.commandIn(file));
            List<String> stages = new ArrayList<>();
            assertSame(whole, fit.checkpoint(file).progress(e -> stages.add(e.stage())).run());
            assertFalse(stages.contains(Progress.RESUMED));
        }
    }

    @Test
    void whereItCannotBeWrittenOneMessageSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("no folder"), "").resolve("c");
        CheckpointException e = assertThrows(CheckpointException.class,
                () -> Fit.of(LINE).threads(1).checkpoint(Checkpoint.in(file).every(Duration.ZERO)).run());
        assertTrue(e.getMessage().startsWith("checkpoint " + file + ": cannot be written (") && e.getMessage().contains("See that there is room"),
                e.getMessage());
    }

    @Test
    void itHasTheCommand() throws IOException {
        Path file = folder.resolve("c");
        Fit.of(LINE).threads(1).draws(100).checkpoint(new Checkpoint(file, Duration.ZERO, List.of("fit", "Schools.java", "--seed", "1"))).run();
        assertEquals(List.of("fit", "Schools.java", "--seed", "1"), Checkpoint.commandIn(file));
        Path other = Files.writeString(folder.resolve("other"), "no checkpoint", StandardCharsets.UTF_8);
        assertThrows(CheckpointException.class, () -> Checkpoint.commandIn(other));
    }

    @Test
    void calibrationHasNone() {
        Path file = folder.resolve("c");
        Model line = Model.define("line", m -> m.observe("y", normal(m.sample("a", normal(0, 1)), 1)));
        Fit.of(line).data(Data.empty().with("y", 1, 2)).checkpoint(Checkpoint.in(file).every(Duration.ZERO)).calibrate(20);
        assertFalse(Files.exists(file));
    }
}
