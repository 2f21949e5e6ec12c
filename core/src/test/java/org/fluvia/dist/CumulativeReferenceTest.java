package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Distribution functions and their derivatives against cumulative.txt: mpmath with 200 digits, checked by SciPy. See
 * cumulative.py there.
 */
class CumulativeReferenceTest {
    private static final double EPS = 0x1p-52;

    /** A point (x, then the parameters) and, for each tail, the logarithm followed by its derivatives. */
    private record Row(double[] point, double[][] tails) {
        @Override
        public String toString() {
            return "at x = " + point[0] + ", parameters " + Arrays.toString(Arrays.copyOfRange(point, 1, point.length));
        }
    }

    private static final Map<String, List<Row>> ROWS = read();

    static List<FamilyCase> families() {
        return FamilyCase.cumulative();
    }

    private static Map<String, List<Row>> read() {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                CumulativeReferenceTest.class.getResourceAsStream("cumulative.txt"), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] words = line.split(" ");
                int n = (words.length - 3) / 3; // name, n numbers of the point, two logarithms with n slopes each
                double[] v = Arrays.stream(words).skip(1).mapToDouble(DensityReferenceTest::parse).toArray();
                double[] point = new double[n];
                point[0] = v[n - 1];
                System.arraycopy(v, 0, point, 1, n - 1);
                double[][] tails = {Arrays.copyOfRange(v, n, 2 * n + 1), Arrays.copyOfRange(v, 2 * n + 1, 3 * n + 2)};
                rows.computeIfAbsent(words[0], name -> new ArrayList<>()).add(new Row(point, tails));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    @Test
    void referencesCoverEveryFamily() {
        assertEquals(new TreeSet<>(families().stream().map(FamilyCase::name).toList()), new TreeSet<>(ROWS.keySet()));
        ROWS.forEach((name, rows) -> assertTrue(rows.size() >= 6, name));
    }

    /** To what rounding the arguments costs, and not much more: both tails are accurate relative to their logarithm. */
    @ParameterizedTest
    @MethodSource("families")
    void logarithmsAgree(FamilyCase family) {
        forEachTail(family, (row, tail, values) -> {
            double[] expected = row.tails()[tail];
            double tolerance = 32 * EPS * (Math.abs(expected[0]) + conditioning(row.point(), expected));
            assertEquals(expected[0], values[0], tolerance + Double.MIN_NORMAL, name(tail) + " " + row);
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void derivativesAgree(FamilyCase family) {
        forEachTail(family, (row, tail, values) -> {
            double[] expected = row.tails()[tail];
            for (int i = 1; i < expected.length; i++) {
                if (Double.isNaN(expected[i])) continue;
                double tolerance = 1e-10 * Math.min(Math.abs(expected[i]), Double.MAX_VALUE) + 1e-290;
                assertEquals(expected[i], values[i], tolerance, name(tail) + ", derivative " + i + " " + row);
            }
        });
    }

    private static double conditioning(double[] point, double[] expected) {
        double sum = 0;
        for (int i = 0; i < point.length; i++) {
            if (!Double.isNaN(expected[i + 1]) && point[i] != 0) sum += Math.abs(point[i] * expected[i + 1]);
        }
        return Math.min(sum, Double.MAX_VALUE);
    }

    private interface Check {
        void accept(Row row, int tail, double[] values);
    }

    private static void forEachTail(FamilyCase family, Check check) {
        List<Row> rows = ROWS.get(family.name());
        List<Expr> inputs = new ArrayList<>(List.of(Expr.perDraw("x", Shape.scalar())));
        for (FamilyCase.Parameter p : family.parameters()) inputs.add(Expr.perDraw(p.name(), Shape.scalar()));
        Cumulative d = (Cumulative) family.of(inputs.subList(1, inputs.size()).toArray(new Expr[0]));
        double[][] points = rows.stream().map(Row::point).toArray(double[][]::new);
        for (int tail = 0; tail < 2; tail++) {
            Expr log = tail == 0 ? d.logCdf(inputs.get(0)) : d.logCcdf(inputs.get(0));
            List<Expr> outputs = new ArrayList<>(List.of(log));
            outputs.addAll(Gradient.of(log, inputs));
            double[][] values = Replay.at(points, inputs, outputs);
            for (int j = 0; j < points.length; j++) check.accept(rows.get(j), tail, values[j]);
        }
    }

    private static String name(int tail) {
        return tail == 0 ? "logCdf" : "logCcdf";
    }
}
