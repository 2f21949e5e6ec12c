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
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.flows.TrainingRecord.Ending;
import org.fluvia.flows.conditioner.Context;
import org.junit.jupiter.api.Test;

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
    void aLimitOfTimeEndsIt() {
        LearnedFlow f = SHORT.epochs(100_000).within(Duration.ofMillis(300)).run(Samples.of(normal(500, 4)));
        assertEquals(Ending.TIME, f.record().ending());
        assertTrue(f.record().seconds() < 10);
    }
}
