package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Draws at invalid parameters are NaN, with the parameter and its value; at valid ones they are those of the distribution. */
class ParameterChecksTest {
    static List<FamilyCase> families() {
        return FamilyCase.all();
    }

    static List<EventReference> events() {
        return EventReference.ALL;
    }

    /** Those of {@link Waiting} are left out: a distribution that is not Fluvia's own has no checks. */
    static List<CompositeCase> composites() {
        return CompositeCase.all().stream().filter(c -> !List.of("counts from 2 to 5", "counts from 3.5", "left-censored counts",
                "right-censored counts", "hurdle of counts by inversion").contains(c.label())).toList();
    }

    private static Expr[] perDraw(FamilyCase family) {
        return family.parameters().stream().map(p -> Expr.perDraw(p.name(), Shape.scalar())).toArray(Expr[]::new);
    }

    private static List<double[]> values(double... p) {
        List<double[]> values = new ArrayList<>();
        for (double v : p) values.add(new double[] {v});
        return values;
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyInvalidValueOfEveryParameterIsNamed(FamilyCase family) {
        double[] p = family.typical()[0];
        ParameterChecks checks = ParameterChecks.of(family.of(perDraw(family)));
        for (int k = 0; k < p.length; k++) {
            FamilyCase.Parameter parameter = family.parameters().get(k);
            for (double invalid : parameter.invalid()) {
                double[] q = p.clone();
                q[k] = invalid;
                ParameterChecks.Drawn drawn = checks.sample(new SplittableRandom(1), Shape.of(3), values(q));
                assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN}, drawn.values());
                String start = family.name() + ": " + parameter.name() + " must " + parameter.constraint()
                        + ", but was " + invalid + " (ParameterChecksTest.java:";
                assertTrue(drawn.invalid() != null && drawn.invalid().startsWith(start), drawn.invalid() + ", but expected " + start);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void validParametersGiveTheDistributionsOwnDraws(FamilyCase family) {
        Univariate d = family.of(perDraw(family));
        for (double[] p : family.typical()) {
            ParameterChecks.Drawn drawn = ParameterChecks.of(d).sample(new SplittableRandom(7), Shape.of(4), values(p));
            assertNull(drawn.invalid());
            assertArrayEquals(d.sample(new SplittableRandom(7), Shape.of(4), values(p)), drawn.values());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void validVectorsAndMatricesToo(EventReference r) {
        EventFamily family = EventFamily.all().stream().filter(f -> f.name().equals(r.name())).findFirst().orElseThrow();
        List<Expr> inputs = family.inputs(r);
        Distribution d = family.of(inputs.subList(1, inputs.size()));
        List<double[]> values = r.parameters().stream().map(EventReference.Value::elements).toList();
        ParameterChecks.Drawn drawn = ParameterChecks.of(d).sample(new SplittableRandom(7), r.x().shape(), values);
        assertNull(drawn.invalid());
        assertArrayEquals(d.sample(new SplittableRandom(7), r.x().shape(), values), drawn.values());
        for (int k = 0; k < values.size(); k++) {
            if (family.parameters().get(k).kind() == EventFamily.Kind.COUNTS && r.parameters().get(k).shape().rank() > 0) continue;
            List<double[]> broken = new ArrayList<>(values);
            broken.set(k, values.get(k).clone());
            broken.get(k)[0] = Double.NaN;
            ParameterChecks.Drawn nothing = ParameterChecks.of(d).sample(new SplittableRandom(7), r.x().shape(), broken);
            assertTrue(Arrays.stream(nothing.values()).allMatch(Double::isNaN), family.name() + " " + k);
            assertTrue(nothing.invalid() != null && nothing.invalid().startsWith(family.name() + ": "), nothing.invalid());
        }
    }

    @ParameterizedTest
    @MethodSource("composites")
    void thoseMadeOfOthersCheckThem(CompositeCase c) {
        Expr[] inputs = new Expr[c.parameters().length];
        Arrays.setAll(inputs, k -> Expr.perDraw("p" + k, Shape.scalar()));
        Distribution d = c.of().apply(inputs);
        ParameterChecks checks = ParameterChecks.of(d);
        List<Expr> parameters = d.parameters();
        List<double[]> values = new ArrayList<>();
        for (Expr p : parameters) values.add(org.fluvia.support.Replay.at(c.parameters(), List.of(inputs), p.repeatedOverDraws()));
        assertNull(checks.sample(new SplittableRandom(3), Shape.of(2), values).invalid());
        for (int k = 0; k < values.size(); k++) {
            List<double[]> broken = new ArrayList<>(values);
            broken.set(k, values.get(k).clone());
            broken.get(k)[0] = Double.NaN;
            ParameterChecks.Drawn nothing = checks.sample(new SplittableRandom(3), Shape.of(2), broken);
            assertTrue(nothing.invalid() != null && Arrays.stream(nothing.values()).allMatch(Double::isNaN), c + ", parameter " + k);
        }
    }

    @Test
    void onlyTheElementsWhoseParametersAreInvalidAreNaN() {
        Expr rate = Expr.perDraw("rate", Shape.of(3)).named("lambda");
        ParameterChecks.Drawn drawn = ParameterChecks.of(Distributions.poisson(rate)).sample(new SplittableRandom(1), Shape.of(3),
                List.of(new double[] {4, -0.3, 1e3}));
        assertTrue(drawn.values()[0] >= 0 && Double.isNaN(drawn.values()[1]) && drawn.values()[2] > 0, Arrays.toString(drawn.values()));
        assertTrue(drawn.invalid().matches("poisson: rate\\[2] must be finite and not negative, but was -0.3 \\(lambda, ParameterChecksTest.java:\\d+\\)"),
                drawn.invalid());
    }

    @Test
    void whatConcernsSeveralNumbersIsCheckedToo() {
        Expr two = Expr.perDraw("p", Shape.of(2));
        Expr one = Expr.perDraw("q", Shape.scalar());
        Expr matrix = Expr.perDraw("m", Shape.of(2, 2));
        assertInvalid(Distributions.categorical(two), "add up to 1", new double[] {0.7, 0.7});
        assertInvalid(Distributions.orderedLogistic(one, two), "cutpoints[2] must be above the cutpoint before it", new double[] {0}, new double[] {1, 1});
        assertInvalid(Distributions.uniform(one, one.plus(1)), "upper must be above lower = 3, but was 2.0", new double[] {3}, new double[] {2});
        assertInvalid(Distributions.multiNormal(two, matrix), "variance", new double[] {0, 0}, new double[] {1, 2, 2, 1});
        assertInvalid(Distributions.multiNormalCholesky(two, matrix), "Cholesky factor", new double[] {0, 0}, new double[] {1, 0, 2, -1});
        assertInvalid(Distributions.mixture(one, Distributions.normal(0, 1), Distributions.normal(3, 1)),
                "weights[2] must be finite and not negative, but was -0.3",
                new double[] {1.3, -0.3});
    }

    private static void assertInvalid(Distribution d, String words, double[]... values) {
        List<double[]> all = new ArrayList<>(List.of(values));
        while (all.size() < d.parameters().size()) all.add(new double[] {1});
        ParameterChecks.Drawn drawn = ParameterChecks.of(d).sample(new SplittableRandom(1), d.eventRank() == 0 ? Shape.scalar() : Shape.of(2), all);
        assertTrue(drawn.invalid() != null && drawn.invalid().contains(words), drawn.invalid());
        assertEquals(0, Arrays.stream(drawn.values()).filter(x -> !Double.isNaN(x)).count());
    }
}
