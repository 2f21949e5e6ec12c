package org.fluvia.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.autodiff.Workers;
import org.fluvia.flows.TrainingRecord.Ending;
import org.fluvia.flows.bijection.BatchNorm;
import org.fluvia.flows.conditioner.Context;
import org.fluvia.flows.conditioner.FreeWeights;
import org.fluvia.flows.layer.Elementwise;
import org.fluvia.flows.transformer.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Flows that learn from samples of a known distribution. */
class LearningTest {
    private static final Learning SHORT = Learning.of(Flows.realNvp().layers(2).hidden(8)).epochs(2).batch(64);

    /** Rows of a normal distribution with means 5 and -3, sds 2 and 0.1 and correlation 0.8. */
    private static double[][] normal(int n, long seed) {
        double[] z = NormalNoise.of(seed).values(2 * n);
        return IntStream.range(0, n).mapToObj(i -> new double[] {5 + 2 * z[2 * i], -3 + 0.1 * (0.8 * z[2 * i] + 0.6 * z[2 * i + 1])})
                .toArray(double[][]::new);
    }

    @Test
    void findsTheCovarianceOfANormalDistribution() {
        LearnedFlow f = Learning.of(Flows.fullRank()).rate(1e-2).epochs(40).run(Samples.of(normal(4000, 1)));
        DMatrixRMaj draws = f.sample(20_000, 3);
        double[] mean = new double[2];
        double[] products = new double[3];
        for (int j = 0; j < draws.numCols; j++) {
            double a = (draws.get(0, j) - 5) / 2;
            double b = (draws.get(1, j) + 3) / 0.1;
            mean[0] += a / draws.numCols;
            mean[1] += b / draws.numCols;
            products[0] += a * a / draws.numCols;
            products[1] += a * b / draws.numCols;
            products[2] += b * b / draws.numCols;
        }
        // Monte-Carlo errors of 3,600 rows are 0.017 of a mean and 0.024 of a variance
        assertArrayEquals(new double[2], mean, 0.06);
        assertArrayEquals(new double[] {1, 0.8, 1}, products, 0.08);
        double entropy = Math.log(2 * Math.PI * Math.E) + Math.log(2 * 0.1 * 0.6);
        assertEquals(-entropy, f.heldOut().mean(), 4 * f.heldOut().standardError());
        assertEquals(0.05, f.heldOut().standardError(), 0.01);
        assertEquals(entropy / (2 * Math.log(2)), f.bitsPerDimension(), 0.1);
    }

    @Test
    void leavesDataAsTheyAreWhereTheRecipeSaysSo() {
        FlowSpec own = new FlowSpec() {
            @Override
            public Flow build(int dimension, long seed, Context context) {
                return Flows.fullRank().build(dimension, seed, context);
            }

            @Override
            public boolean isOfStandardised() {
                return false;
            }
        };
        Samples samples = Samples.of(normal(300, 6));
        for (FlowSpec spec : List.of(own, own.from(Base::standardNormal), own.then(Flows.heavyTails()))) {
            LearnedFlow f = Learning.of(spec).epochs(1).run(samples);
            assertEquals(List.of(0.0, 0.0), f.standardisation().mean());
            assertEquals(List.of(1.0, 1.0), f.standardisation().sd());
        }
        assertEquals(5, Learning.of(Flows.fullRank()).epochs(1).run(samples).standardisation().mean().get(0), 0.5);
    }

    /** Eight normal distributions with sds 0.5 on a circle of radius 4: fresh points are nearly as likely as under the truth. */
    @Test
    void eightGaussiansAreLearnedNearlyToTheirEntropy() {
        LearnedFlow f = Learning.of(Flows.splineCoupling().layers(4)).rate(5e-3).epochs(30).patience(5).run(Samples.of(eightGaussians(8000, 1)));
        double[][] fresh = eightGaussians(5000, 2);
        double[] learned = f.logDensity(Samples.of(fresh));
        double gap = 0;
        for (int i = 0; i < fresh.length; i++) gap += (logDensityOfEight(fresh[i]) - learned[i]) / fresh.length;
        assertTrue(gap > 0 && gap < 0.1, "KL divergence of " + gap + " nats");
    }

    private static double[][] eightGaussians(int n, long seed) {
        double[] z = NormalNoise.of(seed).values(2 * n);
        return IntStream.range(0, n).mapToObj(i -> new double[] {centre(i, 0) + 0.5 * z[2 * i], centre(i, 1) + 0.5 * z[2 * i + 1]}).toArray(double[][]::new);
    }

    private static double centre(int part, int element) {
        double angle = Math.PI / 4 * (part % 8);
        return 4 * (element == 0 ? Math.cos(angle) : Math.sin(angle));
    }

    private static double logDensityOfEight(double[] x) {
        double sum = 0;
        for (int k = 0; k < 8; k++) {
            double a = (x[0] - centre(k, 0)) / 0.5;
            double b = (x[1] - centre(k, 1)) / 0.5;
            sum += Math.exp(-0.5 * (a * a + b * b)) / (8 * 2 * Math.PI * 0.25);
        }
        return Math.log(sum);
    }

    @Test
    void hasTheSameBitsForAnyThreadsAndEachTime() {
        Samples samples = Samples.of(normal(3000, 2));
        LearnedFlow one = SHORT.run(samples);
        LearnedFlow again = SHORT.run(samples);
        LearnedFlow two = SHORT.threads(2).run(samples);
        assertArrayEquals(one.flow().weights(), again.flow().weights());
        assertArrayEquals(one.flow().weights(), two.flow().weights());
        assertEquals(one.record().epochs(), two.record().epochs());
        assertTrue(!Arrays.equals(one.flow().weights(), SHORT.seed(8).run(samples).flow().weights()));
        LearnedFlow built = LearnedFlow.of(one.spec(), one.standardisation(), one.flow().weights(), one.record());
        assertArrayEquals(one.logDensity(samples), built.logDensity(samples));
    }

    @Test
    void pointsGoToTheBaseAndDensitiesAreThoseOfTheRows() {
        Samples samples = Samples.of(normal(500, 4));
        LearnedFlow f = SHORT.run(samples);
        double[] densities = f.logDensity(samples);
        assertArrayEquals(f.flow().logDensity(samples.columns()), densities);
        assertEquals(densities[17], f.logDensity(samples.row(17)));
        DMatrixRMaj base = f.toBase(f.sample(200, 5));
        double[] noise = new double[400];
        NormalNoise.of(5).fill(0, 200, 2, noise, 0, 200);
        assertArrayEquals(noise, base.data, 1e-9);
    }

    @Test
    void conditionalFlowsFollowTheirContext() {
        double[] z = NormalNoise.of(9).values(8000);
        double[][] rows = new double[4000][];
        double[][] contexts = new double[4000][];
        for (int i = 0; i < 4000; i++) {
            double c = z[2 * i] > 0 ? 100 : 300;
            contexts[i] = new double[] {c};
            rows[i] = new double[] {c / 10 + z[2 * i + 1] * c / 100};
        }
        Samples samples = Samples.of(rows).context(Samples.of(contexts));
        LearnedFlow f = Learning.of(Flows.maf().layers(2).hidden(16)).rate(5e-3).epochs(40).run(samples);
        for (double c : new double[] {100, 300}) {
            double[] draws = f.conditional(c).sample(4000, 1).data;
            double mean = Arrays.stream(draws).average().orElseThrow();
            double sd = Math.sqrt(Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
            assertEquals(c / 10, mean, 0.15 * c / 100);
            assertEquals(c / 100, sd, 0.15 * c / 100);
            assertEquals(f.conditional(c).logDensity(new DMatrixRMaj(1, 1, true, 20))[0],
                    f.logDensity(Samples.of(new double[][] {{20}}).context(Samples.of(new double[][] {{c}})))[0], 1e-12);
        }
        assertThrows(IllegalStateException.class, () -> f.sample(1, 1));
    }

    @Test
    void aTrainingThatDivergesEndsWithTheBestWeightsAndSaysSo() {
        LearnedFlow f = SHORT.rate(1e3).epochs(30).patience(3).run(Samples.of(normal(500, 4)));
        assertEquals(Ending.DIVERGED, f.record().ending());
        assertTrue(Double.isFinite(f.heldOut().mean()));
        assertTrue(f.heldOut().mean() >= f.record().epochs().get(0).heldOut());
    }

    @Test
    void anInterruptEndsItWithTheBestSoFar() {
        List<TrainingRecord.Epoch> seen = new ArrayList<>();
        LearnedFlow f = SHORT.epochs(100).progress(epoch -> {
            seen.add(epoch);
            if (epoch.number() == 3) Thread.currentThread().interrupt();
        }).run(Samples.of(normal(500, 4)));
        assertTrue(Thread.interrupted());
        assertEquals(Ending.INTERRUPTED, f.record().ending());
        assertEquals(seen, f.record().epochs());
        assertEquals(3, seen.size());
    }

    @Test
    void aLimitOfTimeEndsItAndStepsSinceTheLastJudgementCount() {
        LearnedFlow f = SHORT.epochs(100_000).patience(100_000).within(Duration.ofMillis(300)).batch(1)
                .run(Samples.of(normal(5000, 4)));
        assertEquals(Ending.TIME, f.record().ending());
        TrainingRecord.Epoch last = f.record().epochs().get(f.record().epochs().size() - 1);
        assertTrue(Double.isFinite(last.train()) && f.heldOut().mean() >= last.heldOut());
        assertTrue(f.record().seconds() < 10);
    }

    @Test
    void weightsAreAsRepeatedRows() {
        double[][] rows = normal(600, 4);
        double[][] repeated = Stream.concat(Arrays.stream(rows), Arrays.stream(rows).limit(300)).toArray(double[][]::new);
        double[] weights = IntStream.range(0, 600).mapToDouble(i -> i < 300 ? 2e-3 : 1e-3).toArray();
        Learning gaussian = Learning.of(Flows.fullRank()).rate(1e-2).batch(2000).epochs(20);
        LearnedFlow weighted = gaussian.run(Samples.of(rows).weights(weights));
        LearnedFlow twice = gaussian.run(Samples.of(repeated));
        Samples grid = Samples.of(normal(50, 11));
        // rows held out differ, so the standard deviations of 540 rows are to tell them by
        assertArrayEquals(twice.logDensity(grid), weighted.logDensity(grid), 0.15);
        double[] none = new double[600];
        Arrays.fill(none, 0, 300, 1);
        assertArrayEquals(gaussian.run(Samples.of(Arrays.copyOf(rows, 300))).flow().weights(),
                gaussian.run(Samples.of(rows).weights(none)).flow().weights(), 1e-12, "rows of weight 0 are as if they were not there");
    }

    @Test
    void layersThatFollowDataAreMovedByEachBatch() {
        FlowSpec spec = (d, seed, context) -> Flow.of(BatchNorm.of(d)).then(Elementwise.of(d, Affine.bounded(3), FreeWeights.trainable(), context, seed));
        LearnedFlow f = Learning.of(spec).epochs(20).run(Samples.of(normal(1000, 4)));
        assertTrue(Arrays.stream(f.flow().weights()).limit(4).allMatch(x -> x != 0), "moments are running ones");
        assertEquals(Ending.DIVERGED, Learning.of(spec).rate(1e200).epochs(20).run(Samples.of(normal(1000, 4))).record().ending());
    }

    @Test
    void anglesKeepTheirScale() {
        double[] z = NormalNoise.of(9).values(1000);
        Samples angles = Samples.of(Arrays.stream(z).mapToObj(x -> new double[] {3 + 0.3 * x}).toArray(double[][]::new));
        LearnedFlow f = Learning.of(new CircularCoupling(2, List.of(8), 8)).epochs(10).run(angles);
        assertEquals(f.logDensity(2.5), f.logDensity(2.5 + 2 * Math.PI), 1e-9);
        assertTrue(f.heldOut().mean() > -Math.log(2 * Math.PI));
    }

    @Test
    void integersAreLearnedWithNoiseThatIsFreshInEachPass() {
        double[] z = NormalNoise.of(9).values(2000);
        double[][] rows = IntStream.range(0, 1000).mapToObj(i -> new double[] {Math.rint(3 * z[2 * i]), Math.rint(z[2 * i + 1])}).toArray(double[][]::new);
        Samples s = Samples.of(rows).dequantised(1);
        for (int i = 0; i < 1000; i++) {
            for (int c = 0; c < 2; c++) {
                assertEquals(rows[i][c], Math.floor(s.row(i)[c]), 0.0);
                assertTrue(s.value(i, c, 0) != s.value(i, c, 1));
            }
        }
        // a probability of integers, and so negative
        assertTrue(Learning.of(Flows.fullRank()).epochs(5).run(s).heldOut().mean() < 0);
    }

    @Test
    void probabilitiesOfIntegersAreIntegralsOfTheDensity() {
        double[] z = NormalNoise.of(5).values(400);
        double[] rows = new double[400];
        for (int i = 0; i < 200; i++) {
            rows[2 * i] = Math.floor(4 * z[2 * i]);
            rows[2 * i + 1] = z[2 * i + 1];
        }
        Samples counts = Samples.ofRows(rows, 2).dequantised(3, 0);
        LearnedFlow flow = Learning.of(Flows.diagonal()).epochs(3).run(counts);
        double[] logDensity = flow.logDensity(counts);
        double[] logProbability = flow.logProbability(counts, 2_000);
        double[] sd = flow.sample(100_000, 1).data;
        NormalDistribution count = normal(Arrays.copyOf(sd, 100_000));
        NormalDistribution other = normal(Arrays.copyOfRange(sd, 100_000, 200_000));
        for (int i = 0; i < 20; i++) {
            double k = rows[2 * i];
            double expected = Math.log(count.probability(k, k + 1)) + other.logDensity(rows[2 * i + 1]);
            assertEquals(expected, logProbability[i], 0.1, "moments of 100,000 draws");
            assertTrue(logDensity[i] != logProbability[i]);
        }
        assertEquals(rows[1], counts.row(0)[1], "the second column has no noise");
        assertMessage("logProbability: samples must be dequantised integers, but are not. Take Samples.dequantised.",
                () -> flow.logProbability(Samples.ofRows(rows, 2), 9));
        assertMessage("Samples: columns must be from 0 to 1, but one was 2", () -> Samples.ofRows(rows, 2).dequantised(3, 2));
    }

    private static NormalDistribution normal(double[] draws) {
        double mean = Arrays.stream(draws).average().orElseThrow();
        double square = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        return NormalDistribution.of(mean, Math.sqrt(square));
    }

    @Test
    void drawsGivenContextsOfTheirOwnAreThoseOfEachContext() {
        double[] z = NormalNoise.of(6).values(200);
        double[] contexts = NormalNoise.of(7).values(100);
        LearnedFlow flow = Learning.of(Flows.splineCoupling()).epochs(1).run(Samples.ofRows(z, 2).context(Samples.ofRows(contexts, 1)));
        double[] same = new double[50];
        Arrays.fill(same, 0.3);
        assertArrayEquals(flow.conditional(0.3).sample(50, 9).data, flow.sample(Samples.ofRows(same, 1), 9).data, 1e-12);
        same[20] = 1.3;
        assertEquals(flow.conditional(1.3).sample(50, 9).get(1, 20), flow.sample(Samples.ofRows(same, 1), 9).get(1, 20), 1e-12);
        assertMessage("sample: contexts must have 1 columns, but had 2", () -> flow.sample(Samples.ofRows(z, 2), 9));
    }

    @Test
    void messagesCallColumnsByTheirNames() {
        double[][] rows = IntStream.range(0, 50).mapToObj(i -> new double[] {i, 7, i}).toArray(double[][]::new);
        Samples named = Samples.of(rows).named(List.of("age", "size, in", "years"));
        assertMessage("Learning: every column must vary, but column size, in is 7.0 in every row that is learned from. Leave it out: a constant has no"
                + " density.",
                () -> Learning.of(Flows.diagonal()).run(named));
        rows[3][0] = 0.5;
        assertMessage("Samples: values to be dequantised must be integers of at most 2^40, but row 3, column age was 0.5",
                () -> Samples.of(rows).named(List.of("age", "size, in", "years")).dequantised(1));
        assertMessage("Samples: names must be 3, one for each column, but were 1", () -> Samples.of(rows).named(List.of("age")));
    }

    @Test
    void badSamplesAreRefusedWhereTheyAreMade() {
        assertMessage("Samples: rows must not be null", () -> Samples.of((double[][]) null));
        assertMessage("Samples: there must be at least one row", () -> Samples.of(new double[0][]));
        assertMessage("Samples: row 1 must not be null", () -> Samples.of(new double[][] {{1}, null}));
        assertMessage("Samples: the number of columns must be at least 1, but was 0", () -> Samples.of(new double[1][0]));
        assertMessage("Samples: row 2 must have 2 numbers, as row 0 has, but had 1", () -> Samples.of(new double[][] {{1, 2}, {3, 4}, {5}}));
        assertMessage("Samples: values must be finite, but row 1, column 0 (counted from 0) was NaN. Leave out rows with missing values, or fill them in.",
                () -> Samples.of(new double[][] {{1, 2}, {Double.NaN, 4}}));
        assertMessage("Samples: values must be finite, but row 0, column 1 (counted from 0) was -Infinity. Leave out rows with missing values, or"
                + " fill them in.", () -> Samples.of(new DMatrixRMaj(2, 1, true, 3, Double.NEGATIVE_INFINITY)));
        assertMessage("Samples: the numbers must make rows of 2, at least one, but there were 3", () -> Samples.ofRows(new double[3], 2));
        assertMessage("Samples: draws must not be null", () -> Samples.of((DMatrixRMaj) null));
        Samples two = Samples.of(new double[][] {{1, 2.5}, {3, 4}});
        assertMessage("Samples: weights must be 2, one for each row, but were 1", () -> two.weights(1));
        assertMessage("Samples: weights must not be null", () -> two.weights((double[]) null));
        assertMessage("Samples: weights must be finite and not negative, but that of row 1 was -1.0", () -> two.weights(1, -1));
        assertMessage("Samples: weights must be finite and not negative, but that of row 0 was NaN", () -> two.weights(Double.NaN, 1));
        assertMessage("Samples: weights must not all be 0. Leave them out to weigh all rows alike.", () -> two.weights(0, 0));
        assertMessage("Samples: contexts must be 2, one for each row, but were 1", () -> two.context(Samples.of(new double[1][1])));
        assertMessage("Samples: context must not be null", () -> two.context(null));
        assertMessage("Samples: values to be dequantised must be integers of at most 2^40, but row 0, column 1 (counted from 0) was 2.5",
                () -> two.dequantised(1));
    }

    @Test
    void whatCannotBeLearnedIsRefusedBeforeItBegins() {
        assertMessage("Learning: samples must not be null", () -> SHORT.run(null));
        assertMessage("Learning: flow must not be null", () -> Learning.of(null));
        assertMessage("Learning: there must be at least two rows to learn from and two held out, but of 1 row a share of 0.1 is 0. Take more rows,"
                + " or another share by validation.", () -> SHORT.run(Samples.of(normal(1, 1))));
        assertMessage("Learning: there must be at least two rows to learn from and two held out, but of 10 rows a share of 0.1 is 1. Take more rows,"
                + " or another share by validation.", () -> SHORT.run(Samples.of(normal(10, 1))));
        assertMessage("Learning: there must be at least two rows to learn from and two held out, but of 10 rows a share of 0.9 is 9. Take more rows,"
                + " or another share by validation.", () -> SHORT.validation(0.9).run(Samples.of(normal(10, 1))));
        assertEquals(7, SHORT.validation(0.7).run(Samples.of(normal(10, 1))).heldOut().points(), "a batch may be larger than the data");
        assertMessage("Learning: validation must be more than 0 and less than 1, but was 0.0", () -> SHORT.validation(0));
        assertMessage("Learning: batch must be at least 1, but was 0", () -> SHORT.batch(0));
        assertMessage("Learning: rate must be positive and finite, but was NaN", () -> SHORT.rate(Double.NaN));
        assertMessage("Learning: within must be positive, but was PT0S", () -> SHORT.within(Duration.ZERO));
        double[][] constant = normal(100, 1);
        for (double[] row : constant) row[1] = 0.1;
        assertMessage("Learning: every column must vary, but column 1 (counted from 0) is 0.1 in every row that is learned from. Leave it out: a constant"
                + " has no density.", () -> SHORT.run(Samples.of(constant)));
        double[][] copied = normal(100, 1);
        for (double[] row : copied) row[1] = 32 - 1.8 * row[0];
        assertMessage("Learning: columns must not repeat each other, but column 0 (counted from 0) and column 1 (counted from 0) are the same, but for"
                + " place and scale, in every row that is learned from. Leave one of them out: together they have no density.", () -> SHORT.run(Samples.of(copied)));
    }

    @Test
    void whatDoesNotFitTheFlowIsRefused() {
        LearnedFlow f = SHORT.run(Samples.of(normal(100, 1)));
        assertMessage("logDensity: samples must have 2 columns and contexts of 0, but had 1 and 0", () -> f.logDensity(Samples.of(new double[1][1])));
        assertMessage("logDensity: values must have 2 rows, one for each element, but had 3", () -> f.logDensity(1, 2, 3));
        assertMessage("toBase: values must have 2 rows, one for each element, but had 1", () -> f.toBase(new DMatrixRMaj(1, 1)));
        assertMessage("toBase: values must not be null", () -> f.toBase(null));
        assertThrows(IllegalStateException.class, () -> f.conditional(1));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void layersThatFollowDataFollowAsMuchSlowerAsStepsAreSmaller() {
        Samples samples = Samples.of(new double[][] {{3}, {5}, {4}, {6}});
        double[] moved = new double[2];
        for (int i = 0; i < 2; i++) {
            Flow flow = Flow.of(BatchNorm.of(1));
            Batches batches = new Batches(samples, new int[] {0, 1}, 2, 1);
            MaximumLikelihood likelihood = new MaximumLikelihood(flow, null, samples, batches, new int[] {2, 3}, Workers.none());
            if (i == 1) likelihood.slowDown(0.3);
            double[] weights = flow.weights().initial();
            likelihood.gradient(weights, 0, new double[weights.length]);
            moved[i] = weights[0];
        }
        assertEquals(0.1 * 4, moved[0], 1e-15);
        assertEquals(0.3 * moved[0], moved[1], 1e-15);
    }
}
