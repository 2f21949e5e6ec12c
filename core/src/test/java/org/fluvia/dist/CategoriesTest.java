package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.fluvia.support.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Categories and ranks: against categories.txt (mpmath; see categories.py there), and their contract. */
class CategoriesTest {
    private static final double EPS = 0x1p-52;
    private static final double INF = Double.POSITIVE_INFINITY;

    /** A point of one family: the parameters, a category, its log-mass, what that loses some units of, and its slopes. */
    private record Row(List<double[]> p, double x, double logMass, double magnitude, double[] slopes) {
        double[] point() {
            return EventReference.join(p.toArray(new double[0][]));
        }

        @Override
        public String toString() {
            return "category " + x + ", parameters " + Arrays.deepToString(p.toArray());
        }
    }

    private static final Map<String, List<Row>> ROWS = read();

    static Set<String> families() {
        return ROWS.keySet();
    }

    private static Map<String, List<Row>> read() {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                CategoriesTest.class.getResourceAsStream("categories.txt"), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] words = line.split(" ");
                int n = words.length - 5;
                List<double[]> p = new ArrayList<>();
                for (int k = 1; k <= n; k++) p.add(numbers(words[k]));
                rows.computeIfAbsent(words[0], name -> new ArrayList<>()).add(new Row(p, numbers(words[n + 1])[0],
                        numbers(words[n + 2])[0], numbers(words[n + 3])[0], numbers(words[n + 4])));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static double[] numbers(String word) {
        return Arrays.stream(word.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    private static Distribution of(String family, Expr... p) {
        return Families.table().named(family).of(List.of(p));
    }

    /** The parameters per draw: the last a vector, others scalars. */
    private static Expr[] inputs(Row r) {
        Expr[] inputs = new Expr[r.p().size()];
        Arrays.setAll(inputs, k -> Expr.perDraw("p" + k,
                k == inputs.length - 1 ? Shape.of(r.p().get(k).length) : Shape.scalar()));
        return inputs;
    }

    private static Expr[] data(Row r) {
        Expr[] data = new Expr[r.p().size()];
        Arrays.setAll(data, k -> k == data.length - 1 ? Expr.vector(r.p().get(k)) : Expr.of(r.p().get(k)[0]));
        return data;
    }

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern.replace("LINE", "CategoriesTest\\.java:\\d+")), message);
    }

    @Test
    void referencesHaveEveryFamily() {
        assertEquals(FamilyCase.named(Family.Kind.CATEGORIES), new TreeSet<>(families()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void massesAndDerivativesAgree(String family) {
        for (Row r : ROWS.get(family)) {
            Expr[] inputs = inputs(r);
            Expr mass = of(family, inputs).logDensity(Expr.of(r.x()));
            assertEquals(Shape.scalar(), mass.shape());
            List<Expr> outputs = new ArrayList<>(List.of(mass));
            outputs.addAll(Gradient.of(mass, List.of(inputs)));
            double[] v = Replay.at(r.point(), List.of(inputs), outputs.toArray(new Expr[0]));
            assertEquals(r.logMass(), v[0], 16 * EPS * r.magnitude(), r.toString());
            for (int i = 0; i < r.slopes().length; i++) {
                double tolerance = 64 * EPS * r.magnitude() * (Math.abs(r.slopes()[i]) + 1e-3);
                assertEquals(r.slopes()[i], v[i + 1], tolerance, "derivative " + i + " " + r);
            }
            double ofData = SharedValues.of(of(family, data(r)).logDensity(Expr.of(r.x())))[0];
            assertEquals(v[0], ofData, 4 * EPS * r.magnitude(), r.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void massesAddToOne(String family) {
        for (Row r : ROWS.get(family)) {
            double[] all = categories(r, family);
            double total = Arrays.stream(SharedValues.of(of(family, data(r)).logDensity(Expr.vector(all))))
                    .map(StrictMath::exp).sum();
            assertEquals(1, total, 1e-9, r.toString());
        }
    }

    private static double[] categories(Row r, String family) {
        double[] all = new double[r.p().get(r.p().size() - 1).length + (family.startsWith("ordered") ? 1 : 0)];
        Arrays.setAll(all, i -> i + 1);
        return all;
    }

    /** A vector for each observation, in every mixture of what is per observation and what is not. */
    @ParameterizedTest
    @MethodSource("families")
    void leadingAxesCountObservations(String family) {
        List<Row> rows = ROWS.get(family);
        int pairs = 0;
        for (int i = 0; i + 1 < rows.size(); i++) {
            Row a = rows.get(i);
            Row b = rows.get(i + 1);
            int last = a.p().size() - 1;
            int size = a.p().get(last).length;
            if (b.p().get(last).length != size) continue;
            pairs++;
            Expr x = Expr.vector(a.x(), b.x());
            for (int each = 0; each < 1 << last + 1; each++) {
                Expr[] p = new Expr[last + 1];
                Expr[] first = data(a);
                Expr[] second = new Expr[last + 1];
                for (int k = 0; k <= last; k++) {
                    boolean both = (each >> k & 1) == 1;
                    double[] joined = EventReference.join(a.p().get(k), b.p().get(k));
                    Expr vectors = k == last ? Expr.vector(joined).reshape(Shape.of(2, size)) : Expr.vector(joined);
                    p[k] = both ? vectors : first[k];
                    second[k] = both ? data(b)[k] : first[k];
                }
                Distribution d = of(family, p);
                assertEquals(each == 0 ? Shape.scalar() : Shape.of(2), d.shape());
                double[] v = SharedValues.of(d.logDensity(x));
                assertEquals(SharedValues.of(of(family, first).logDensity(Expr.of(a.x())))[0], v[0]);
                assertEquals(SharedValues.of(of(family, second).logDensity(Expr.of(b.x())))[0], v[1]);
                double[] draws = d.sample(new SplittableRandom(5), Shape.of(2));
                SplittableRandom again = new SplittableRandom(5);
                double[] one = of(family, first).sample(again, Shape.scalar());
                assertArrayEquals(new double[] {one[0], of(family, second).sample(again, Shape.scalar())[0]}, draws);
            }
        }
        assertTrue(pairs >= 3);
    }

    @ParameterizedTest
    @MethodSource("families")
    void numbersThatAreNoCategoriesHaveNoMass(String family) {
        Row r = ROWS.get(family).get(0);
        Expr[] inputs = inputs(r);
        int size = categories(r, family).length;
        for (double x : new double[] {0, -1, 1.5, size + 1, INF, -INF}) {
            Expr mass = of(family, inputs).logDensity(Expr.vector(1, x));
            double[] v = Replay.at(r.point(), List.of(inputs), mass);
            assertTrue(Double.isFinite(v[0]));
            assertEquals(-INF, v[1], "x = " + x);
            for (double g : Replay.at(r.point(), List.of(inputs), Gradient.of(mass.sum(), List.of(inputs)).toArray(new Expr[0]))) {
                assertTrue(Double.isFinite(g), "x = " + x);
            }
            assertEquals("y[2] = " + Element.text(x) + " is outside the support of " + family + " (whole numbers from 1 to "
                    + size + ")", of(family, data(r)).outsideSupport(Expr.shared("y", Shape.of(2), 1, x)).orElseThrow());
        }
        double[] v = Replay.at(r.point(), List.of(inputs), of(family, inputs).logDensity(Expr.vector(1, Double.NaN)));
        assertTrue(Double.isFinite(v[0]) && Double.isNaN(v[1]));
    }

    @ParameterizedTest
    @MethodSource("families")
    void missingParametersGiveNoMass(String family) {
        Row r = ROWS.get(family).get(0);
        Expr[] inputs = inputs(r);
        double[] point = r.point();
        for (int k = 0; k < inputs.length; k++) {
            double[] missing = point.clone();
            missing[k] = Double.NaN;
            double v = Replay.at(missing, List.of(inputs), of(family, inputs).logDensity(Expr.of(1)))[0];
            assertTrue(Double.isNaN(v));
        }
    }

    /** Each share of 20,000 draws within five standard errors. */
    @ParameterizedTest
    @MethodSource("families")
    void drawsFollowTheMasses(String family) {
        int n = 20_000;
        for (Row r : ROWS.get(family)) {
            if (r.x() != 1) continue;
            Distribution d = of(family, data(r));
            double[] x = d.sample(new SplittableRandom(8), Shape.of(n));
            assertTrue(d.outsideSupport(Expr.vector(x)).isEmpty());
            for (double k : categories(r, family)) {
                double p = StrictMath.exp(SharedValues.of(d.logDensity(Expr.of(k)))[0]);
                double share = Arrays.stream(x).filter(v -> v == k).count() / (double) n;
                assertEquals(p, share, 5 * Math.sqrt(p * (1 - p) / n) + 1e-12, "category " + k + " " + r);
            }
        }
    }

    @Test
    void aProbabilityOfZeroHasDerivativesElsewhere() {
        Expr prob = Expr.perDraw("prob", Shape.of(3));
        Expr mass = Distributions.categorical(prob).logDensity(Expr.vector(1, 3, 3));
        double[] gradient = Replay.at(new double[] {0.25, 0, 0.75}, List.of(prob), Gradient.of(mass.sum(), prob));
        assertArrayEquals(new double[] {4, 0, 2 / 0.75}, gradient, 1e-15);
        assertEquals(-INF, SharedValues.of(Distributions.categorical(Expr.vector(0.25, 0, 0.75)).logDensity(Expr.of(2)))[0]);
    }

    @Test
    void cutpointsPerDrawThatDoNotIncreaseGiveNoMass() {
        Expr c = Expr.perDraw("c", Shape.of(2));
        for (String family : List.of("orderedLogistic", "orderedProbit")) {
            double[] v = Replay.at(new double[] {1, -1}, List.of(c), of(family, Expr.of(0), c).logDensity(Expr.of(2)));
            assertTrue(!Double.isFinite(v[0]), family);
        }
    }

    @Test
    void invalidArgumentsAreNamedWithTheirLine() {
        fails("categorical: prob must add up to 1, but .* adds up to 0.75 \\(LINE\\).*",
                () -> Distributions.categorical(Expr.vector(0.5, 0.25)));
        fails("categorical: prob must be a vector.*", () -> Distributions.categorical(Expr.of(1)));
        fails("categoricalLogit: logits must be finite, but was NaN \\(element\\[2\\], LINE\\).*",
                () -> Distributions.categoricalLogit(Expr.vector(0, Double.NaN)));
        fails("orderedLogistic: cutpoints must increase, but cutpoints\\[3\\] = 1 after 2 \\(LINE\\)\\. Declare .*ordered.*",
                () -> Distributions.orderedLogistic(0, Expr.vector(0, 2, 1)));
        fails("orderedProbit: cutpoints must not be empty.*", () -> Distributions.orderedProbit(0, Expr.vector()));
        fails("orderedProbit: cutpoints must be a vector.*", () -> Distributions.orderedProbit(0, Expr.of(0)));
        fails("orderedLogistic: eta must be finite, but was Infinity \\(LINE\\).*",
                () -> Distributions.orderedLogistic(INF, Expr.vector(0)));
        fails("categorical: the value has shape \\(3\\), but categorical has shape \\(2\\) \\(LINE\\)",
                () -> Distributions.categorical(Expr.shared("p", Shape.of(2, 2), 0.5, 0.5, 0.25, 0.75))
                        .logDensity(Expr.vector(1, 2, 1)));
        fails("categorical: the value must be data, but depends on a parameter \\(LINE\\)\\. Sum over .*",
                () -> Distributions.categorical(Expr.vector(0.5, 0.5)).logDensity(Expr.perDraw("z", Shape.scalar())));
    }

    @Test
    void oneCategoryIsCertain() {
        assertEquals(0, SharedValues.of(Distributions.categorical(Expr.vector(1)).logDensity(Expr.of(1)))[0]);
        assertEquals(0, SharedValues.of(Distributions.categoricalLogit(Expr.vector(-4)).logDensity(Expr.of(1)))[0]);
    }
}
