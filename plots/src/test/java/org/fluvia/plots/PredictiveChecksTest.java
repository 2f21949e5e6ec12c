package org.fluvia.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.Shape;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;
import org.fluvia.vi.predictive.Predictions;
import org.junit.jupiter.api.Test;

class PredictiveChecksTest {
    /** @param replications a row for each draw */
    private static Predictions predictions(double[] observed, double[]... replications) {
        DMatrixRMaj values = new DMatrixRMaj(observed.length, replications.length);
        for (int j = 0; j < replications.length; j++) {
            for (int i = 0; i < observed.length; i++) values.set(i, j, replications[j][i]);
        }
        List<String> names = IntStream.rangeClosed(1, observed.length).mapToObj(i -> "y[" + i + "]").toList();
        return Predictions.of("y", Shape.of(observed.length), names, observed, values, List.of());
    }

    private static <T extends Mark> List<T> marks(Panel panel, Class<T> kind) {
        return panel.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void replicationsThatAreTheDataHaveTheirDistributionFunction() {
        double[] data = {1.5, -2, 4.25, 0, 0};
        Panel p = PredictiveChecks.cumulative(predictions(data, data, data, data));
        Band band = marks(p, Band.class).get(0);
        assertArrayEquals(band.lows(), band.highs());
        for (int i = 0; i < band.xs().length; i++) {
            double x = band.xs()[i];
            assertEquals(Arrays.stream(data).filter(v -> v <= x).count() / 5.0, band.lows()[i], "at " + x);
        }
        Line steps = marks(p, Line.class).get(0);
        for (double[] corner : new double[][] {{-2, 0.2}, {0, 0.6}, {1.5, 0.8}, {4.25, 1}}) {
            assertTrue(IntStream.range(0, steps.xs().length).anyMatch(i -> steps.xs()[i] == corner[0] && steps.ys()[i] == corner[1]), Arrays.toString(corner));
        }
    }

    @Test
    void ofManyValuesThePictureIsNoLarger() {
        double[] many = new Random(2).doubles(50_000).toArray();
        Line steps = marks(PredictiveChecks.cumulative(predictions(many, many)), Line.class).get(0);
        assertTrue(steps.xs().length < 500, () -> steps.xs().length + " points");
        for (int i = 0; i < steps.xs().length; i++) assertEquals(Math.max(0, Math.min(1, steps.xs()[i])), steps.ys()[i], 0.02);
    }

    @Test
    void densitiesHoldAllMass() {
        Random random = new Random(1);
        double[] data = random.doubles(200).map(u -> u * 3).toArray();
        double[][] replications = IntStream.range(0, 50).mapToObj(j -> random.doubles(200).map(u -> u * 3).toArray()).toArray(double[][]::new);
        List<Line> lines = marks(PredictiveChecks.densities(predictions(data, replications)), Line.class);
        assertEquals(31, lines.size());
        for (Line line : lines) {
            assertEquals(1, Arrays.stream(line.ys()).average().orElseThrow(), 0.1); // of the panel's width; what is spread beyond it is lost
            assertTrue(Arrays.stream(line.ys()).allMatch(y -> y >= 0));
        }
    }

    @Test
    void aRootogramCountsEachValue() {
        double[] data = {0, 1, 1, 1, 1, 3};
        double[][] replications = {{0, 0, 0, 0, 2, 2}, {0, 0, 0, 0, 2, 2}, {0, 0, 0, 0, 2, 2}};
        List<Panel> panels = PredictiveChecks.of(predictions(data, replications));
        assertEquals(1, panels.size());
        List<Points> points = marks(panels.get(0), Points.class);
        assertArrayEquals(new double[] {0, 1, 2, 3}, points.get(0).xs());
        assertArrayEquals(new double[] {2, 0, Math.sqrt(2), 0}, points.get(0).ys());
        assertArrayEquals(new double[] {1, 2, 0, 1}, points.get(1).ys());
        assertEquals(2, PredictiveChecks.of(predictions(new double[] {0.5, 1}, new double[] {0, 1})).size());
        assertEquals(2, PredictiveChecks.of(predictions(new double[] {0, 1000}, new double[] {0, 1})).size());
        assertThrows(IllegalArgumentException.class, () -> PredictiveChecks.rootogram(predictions(new double[] {0.5}, new double[] {0})));
        assertThrows(IllegalArgumentException.class, () -> PredictiveChecks.rootogram(predictions(new double[] {0}, new double[] {1e12})));
    }

    @Test
    void whatIsNotFiniteIsLeftOutAndNothingIsDrawnOfNothing() {
        double[] data = {1, 2.5};
        Predictions some = predictions(data, new double[] {Double.NaN, 0}, data, new double[] {1, 1e305});
        Band band = marks(PredictiveChecks.cumulative(some), Band.class).get(0);
        assertArrayEquals(band.lows(), band.highs());
        assertFalse(PredictiveChecks.areFor(predictions(data, new double[] {Double.NaN, 0})));
        assertFalse(PredictiveChecks.areFor(predictions(new double[] {1, Double.POSITIVE_INFINITY}, data)));
        assertFalse(PredictiveChecks.areFor(predictions(new double[0], new double[0])));
        Predictions predicted = Predictions.of("new", Shape.of(1), List.of("new[1]"), new DMatrixRMaj(new double[][] {{1, 2}}), List.of());
        assertFalse(PredictiveChecks.areFor(predicted));
        String message = assertThrows(IllegalArgumentException.class, () -> PredictiveChecks.of(predicted)).getMessage();
        assertTrue(message.contains("new has none"), message);
    }

    @Test
    void oneValueAndEqualOnesAndLargeOnesAreDrawn() {
        for (double[] data : new double[][] {{3}, {0.5}, {2.5, 2.5, 2.5}, {1e300, -1e300}, {1e-300, 0}, {Double.MIN_VALUE, 0.5}}) {
            for (Panel p : PredictiveChecks.of(predictions(data, data, data))) assertTrue(Picture.of(p).svg().contains("observed"), Arrays.toString(data));
        }
    }

    @Test
    void khatsStandInTheOrderOfTheDataAndThoseNotReliableAreSetOff() {
        List<PointwiseLoo> points = List.of(point("y[1]", 0.2, 9000), point("y[2]", 1.3, 100), point("y[3]", Double.NEGATIVE_INFINITY, 10_000),
                point("y[4]", 0.9, 9900));
        List<Points> drawn = marks(LooChecks.khats(Loo.of("m", 0.1, 10_000, points, List.of())), Points.class);
        assertArrayEquals(new double[] {1, 4}, drawn.get(0).xs());
        assertArrayEquals(new double[] {0.2, 0.9}, drawn.get(0).ys());
        assertArrayEquals(new double[] {2}, drawn.get(1).xs());
        Loo none = Loo.of("m", 0.1, 10_000, points.subList(2, 3), List.of());
        assertThrows(IllegalArgumentException.class, () -> LooChecks.khats(none));
    }

    private static PointwiseLoo point(String name, double khat, double ess) {
        return new PointwiseLoo(name, List.of(1.0), -1, 0.01, 0.1, khat, ess);
    }
}
