package org.fluvia.flows.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The loop, with things to train that are no flows. */
class TrainingTest {
    private static final StopRule RULE = new StopRule(1000, 10, 1, 1e-12);

    private final List<Integer> reported = new ArrayList<>();
    private int allowed = Integer.MAX_VALUE;

    private final Stage stage = new Stage() {
        @Override
        public void report(int step, int steps, double estimate) {
            reported.add(step);
        }

        @Override
        public boolean goOn() {
            return allowed-- > 0;
        }

        @Override
        public void cut() {}
    };

    /** Maximum likelihood of a normal distribution's mean and log sd: weights, a gradient and held-out data are all the loop asks for. */
    @Test
    void fitsByMaximumLikelihood() {
        double[] data = new SplittableRandom(3).doubles(4000).map(u -> 3 + 0.5 * StrictMath.log(u / (1 - u))).toArray();
        double[] held = Arrays.copyOfRange(data, 3000, 4000);
        GradientLearner<Mean> learner = new GradientLearner<>(new double[2], (weights, step, gradient) -> {
            Arrays.fill(gradient, 0);
            for (int k = 0; k < 100; k++) {
                double z = (data[(100 * step + k) % 3000] - weights[0]) * Math.exp(-weights[1]);
                gradient[0] -= z * Math.exp(-weights[1]);
                gradient[1] += 1 - z * z;
            }
            return 100;
        }, () -> new Adam(2), weights -> {
            double[] logDensity = new double[1000];
            for (int i = 0; i < held.length; i++) {
                double z = (held[i] - weights[0]) * Math.exp(-weights[1]);
                logDensity[i] = -0.5 * z * z - weights[1];
            }
            return new Mean(logDensity);
        }, 5, 0.05);
        Training.run(learner, new Plateaus(3e-2, 0.3, 3, 5), RULE, stage);
        double mean = Arrays.stream(held).average().orElseThrow();
        double sd = Math.sqrt(Arrays.stream(held).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
        assertEquals(mean, learner.best()[0], 0.1 * sd);
        assertEquals(Math.log(sd), learner.best()[1], 0.1);
        assertTrue(reported.get(reported.size() - 1) < 1000, "it ends by itself");
    }

    /** Climbs to 5 and falls from there. */
    private static final class Hill implements Learner<Mean> {
        private int at;
        private int kept;
        private int steps;
        private final List<Double> rates = new ArrayList<>();

        @Override
        public boolean step(int step, double rate) {
            at++;
            steps++;
            if (rates.isEmpty() || rates.get(rates.size() - 1) != rate) rates.add(rate);
            return true;
        }

        @Override
        public void state(State state) {
            at = state.whole(at);
            kept = state.whole(kept);
            steps = state.whole(steps);
        }

        @Override
        public Mean score() {
            double height = -Math.abs(at - 50);
            return new Mean(new double[] {height - 1, height + 1});
        }

        @Override
        public void keep() {
            kept = at;
        }

        @Override
        public void startOver() {
            at = kept;
        }
    }

    @Test
    void keepsTheBestAndStartsOverFromThere() {
        Hill hill = new Hill();
        Training.run(hill, new Plateaus(1, 0.5, 3, 2), RULE, stage);
        assertEquals(50, hill.kept);
        assertEquals(List.of(1.0, 0.5, 0.25), hill.rates);
        assertEquals(50 + 3 * 20, hill.steps);
    }

    @Test
    void endsWhenTheTimeIsUp() {
        allowed = 25;
        Hill hill = new Hill();
        Training.run(hill, new Decay(1, 5, 1, 1000), RULE, stage);
        assertEquals(20, hill.kept);
        assertEquals(List.of(10, 20), reported);
    }

    @Test
    void endsWhereThereIsNothingToGain() {
        Hill hill = new Hill();
        Training.run(hill, new Decay(1, 5, 1, 1000), new StopRule(1000, 10, 1, 3), stage);
        assertEquals(10, hill.steps);
    }

    /** Keeps the state after a step, and puts it back into another training of the same. */
    private static final class Keeping implements Stage {
        private final List<Double> kept = new ArrayList<>();
        private final List<Double> putBack;
        private int left;

        Keeping(int steps, List<Double> putBack) {
            left = steps;
            this.putBack = putBack;
        }

        @Override
        public void report(int step, int steps, double estimate) {}

        @Override
        public boolean goOn() {
            if (left-- == 0) throw new IllegalStateException("killed");
            return true;
        }

        @Override
        public void cut() {}

        @Override
        public boolean resume(Resumable work) {
            Iterator<Double> next = putBack.iterator();
            if (next.hasNext()) work.state(now -> next.next());
            return !putBack.isEmpty();
        }

        @Override
        public void keep(Resumable work, boolean hasEnded) {
            kept.clear();
            work.state(now -> {
                kept.add(now);
                return now;
            });
        }
    }

    private static GradientLearner<Mean> bowl() {
        return new GradientLearner<>(new double[] {3, -2}, (weights, step, gradient) -> {
            double noise = Math.sin(step);
            gradient[0] = weights[0] + noise;
            gradient[1] = 10 * weights[1] - noise;
            return 1;
        }, () -> new Adam(2), w -> new Mean(new double[] {-w[0] * w[0], -10 * w[1] * w[1]}), 5, 0.05);
    }

    private static double[] trained(GradientLearner<Mean> learner, Stage stage) {
        Training.warmUp(learner, 7, 0.05, Stage.unwatched());
        Training.run(learner, new Cosine(new Plateaus(0.1, 0.3, 3, 2), 1000), RULE, stage);
        return learner.best();
    }

    @Test
    void goesOnFromAnyStepAsItWouldHave() {
        double[] whole = trained(bowl(), Stage.unwatched());
        for (int steps : new int[] {1, 2, 9, 10, 11, 25, 40, 60}) {
            Keeping first = new Keeping(steps, List.of());
            assertThrows(IllegalStateException.class, () -> trained(bowl(), first));
            Keeping second = new Keeping(Integer.MAX_VALUE, first.kept);
            assertArrayEquals(whole, trained(bowl(), second), "after " + steps);
            Keeping third = new Keeping(0, second.kept); // has ended: no step is taken
            assertArrayEquals(whole, trained(bowl(), third), "after " + steps);
        }
    }

    @Test
    void aGradientThatIsFarLongerThanUsualIsCut() {
        List<Double> scales = new ArrayList<>();
        double[] lengths = {2, 2, 2000, Double.NaN};
        GradientLearner<Mean> learner = new GradientLearner<>(new double[1], (weights, step, gradient) -> {
            gradient[0] = lengths[step];
            return 2;
        }, () -> new Optimiser() {
            @Override
            public void step(double[] weights, double[] gradient, double scale, double rate) {
                scales.add(scale * gradient[0]);
            }

            @Override
            public void state(State state) {}
        }, weights -> new Mean(new double[] {0, 0}), 5, 0.05);
        for (int step = 0; step < lengths.length; step++) assertTrue(learner.step(step, 1));
        assertArrayEquals(new double[] {1, 1, 5, 0}, scales.stream().mapToDouble(x -> x).toArray(), 1e-12);
    }

    /** By the mean of some numbers, which are of common draws. */
    private record Mean(double[] of) implements Score<Mean> {
        @Override
        public double value() {
            return Arrays.stream(of).average().orElseThrow();
        }

        @Override
        public double estimate() {
            return value();
        }

        @Override
        public boolean isBeyond(Mean other, double errors) {
            double gain = value() - other.value();
            double squares = 0;
            for (int i = 0; i < of.length; i++) squares += (of[i] - other.of[i] - gain) * (of[i] - other.of[i] - gain);
            return gain > errors * Math.sqrt(squares) / of.length;
        }

        @Override
        public boolean isGoodEnough(double goodEnough) {
            return Arrays.stream(of).map(x -> (x - value()) * (x - value())).sum() / (of.length - 1) < goodEnough;
        }
    }
}
