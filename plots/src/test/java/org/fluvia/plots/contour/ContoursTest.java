package org.fluvia.plots.contour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContoursTest {
    private static final int NODES = 81;
    private static final double[] X = IntStream.range(0, NODES).mapToDouble(i -> -2 + 4.0 * i / (NODES - 1)).toArray();

    private static Contours of(DoubleBinaryOperator f) {
        return new Contours(X, X, IntStream.range(0, NODES * NODES).mapToDouble(i -> f.applyAsDouble(X[i % NODES], X[i / NODES])).toArray());
    }

    @Test
    void theLineOfACircleIsThatCircle() {
        List<double[]> lines = of((x, y) -> -x * x - y * y).lines(-1);
        assertEquals(1, lines.size());
        double[] line = lines.get(0);
        for (int i = 0; i < line.length; i += 2) assertEquals(1, Math.hypot(line[i], line[i + 1]), 1e-3);
        assertEquals(line[0], line[line.length - 2]);
        assertEquals(line[1], line[line.length - 1]);
        assertEquals(Math.PI, area(line), 5e-3);
    }

    @Test
    void aRingIsTwoLinesAndItsAreaIsBetweenThem() {
        Contours ring = of((x, y) -> -Math.abs(Math.hypot(x, y) - 1));
        assertEquals(2, ring.lines(-0.5).size());
        double area = ring.areas(-0.5).stream().mapToDouble(ContoursTest::area).map(Math::abs).sorted().reduce(0, (less, more) -> more - less);
        assertEquals(Math.PI * (1.5 * 1.5 - 0.5 * 0.5), area, 2e-2);
    }

    @Test
    void linesThatLeaveTheGridAreOpenAndTheirAreasAreClosedByItsBorder() {
        Contours plane = of((x, y) -> x + y);
        assertEquals(1, plane.lines(0).size());
        double[] line = plane.lines(0).get(0);
        assertArrayEquals(new double[] {2, 2}, new double[] {Math.abs(line[0]), Math.abs(line[1])}, 1e-12);
        assertEquals(8, Math.abs(area(plane.areas(0).get(0))), 1e-9);
    }

    @Test
    void whatIsAllAboveIsTheWholeGridAndWhatIsAllBelowIsNothing() {
        Contours flat = of((x, y) -> 1);
        assertEquals(List.of(), flat.lines(0));
        assertEquals(16, Math.abs(area(flat.areas(0).get(0))), 1e-12);
        assertEquals(List.of(), flat.areas(2));
    }

    @Test
    void valuesOfMinusInfinityAreBelowAllLevels() {
        Contours half = of((x, y) -> x < 0 ? Double.NEGATIVE_INFINITY : 1);
        double area = Math.abs(area(half.areas(0).get(0)));
        assertEquals(8, area, 1e-12);
        half.lines(0).forEach(l -> {
            for (double v : l) assertTrue(Double.isFinite(v));
        });
    }

    @Test
    void areasOfNoiseAreWhatIsAbove() {
        Random random = new Random(3);
        double[] values = random.doubles(NODES * NODES).toArray();
        double whole = new Contours(X, X, values).areas(-1).stream().mapToDouble(a -> Math.abs(area(a))).sum();
        assertEquals(16, whole, 1e-9);
        // lines of the function and of its negative are the same, whatever is decided at saddles
        double[] negative = IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray();
        assertEquals(length(new Contours(X, X, values).lines(0.5)), length(new Contours(X, X, negative).lines(-0.5)), 1e-6);
    }

    private static double length(List<double[]> lines) {
        double length = 0;
        for (double[] l : lines) {
            for (int i = 2; i < l.length; i += 2) length += Math.hypot(l[i] - l[i - 2], l[i + 1] - l[i - 1]);
        }
        return length;
    }

    private static double area(double[] outline) {
        double area = 0;
        for (int i = 0; i < outline.length; i += 2) {
            int next = (i + 2) % outline.length;
            area += (outline[i] * outline[next + 1] - outline[next] * outline[i + 1]) / 2;
        }
        return Math.abs(area);
    }
}
