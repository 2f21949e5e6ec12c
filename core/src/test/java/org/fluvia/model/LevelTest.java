package org.fluvia.model;

import static org.fluvia.autodiff.Matrices.diagonalTimes;
import static org.fluvia.autodiff.Matrices.tcrossprod;
import static org.fluvia.dist.Distributions.halfNormal;
import static org.fluvia.dist.Distributions.lkjCorrCholesky;
import static org.fluvia.dist.Distributions.logNormal;
import static org.fluvia.dist.Distributions.multiNormal;
import static org.fluvia.dist.Distributions.multiNormalCholesky;
import static org.fluvia.dist.Distributions.normal;
import static org.fluvia.dist.Distributions.studentT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.support.Support;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LevelTest {
    private static final Model NESTED = Model.define("nested", m -> {
        Expr mu = m.sample("mu", normal(0, 3));
        Expr tau = m.sample("tau", halfNormal(2));
        Expr region = m.sample("region", studentT(Expr.of(5), mu, tau), 2);
        Expr sigma = m.sample("sigma", logNormal(0, 0.5));
        Expr town = m.sample("town", normal(region.get(Expr.vector(0, 0, 1)), sigma), 3);
        Expr rate = m.sample("rate", logNormal(mu, tau), 2);
        m.sample("ordered", normal(mu, tau), Support.ordered(), 2);
        m.sample("apart", normal(mu, 1), 2);
        m.derive("total", town.sum());
        m.observe(Expr.vector(1, 2, 0.5), normal(town, rate.get(Expr.vector(0, 1, 1))));
    });
    /** Levels of levels that stand before what they are made of. */
    private static final Model LATE = Model.define("late", m -> {
        Expr rate = m.parameter("rate", Support.positive(), 2);
        Expr town = m.parameter("town", Support.real(), 4);
        Expr region = m.parameter("region", Support.real(), 2);
        Expr pair = m.parameter("pair", Support.real(), 2);
        Expr tau = m.sample("tau", halfNormal(2), 2);
        Expr mu = m.sample("mu", normal(0, 3), 2);
        m.observe(town, normal(region.get(Expr.vector(0, 0, 1, 1)), rate.get(0)));
        m.observe(rate, logNormal(mu.get(0), tau.get(0)));
        m.observe(region, studentT(Expr.of(5), mu, tau));
        m.observe(pair, multiNormalCholesky(region, diagonalTimes(tau, Expr.vector(1, 0, 0.6, 0.8).reshape(Shape.of(2, 2)))));
        m.derive("total", town.sum());
    });
    private static final Model VECTORS = Model.define("vectors", m -> {
        Expr mu = m.sample("mu", normal(0, 3), 2);
        Expr tau = m.sample("tau", halfNormal(2), 2);
        Expr l = m.sample("l", lkjCorrCholesky(2), 2, 2);
        Expr factor = diagonalTimes(tau, l);
        Expr above = Expr.vector(0, Double.NaN, 0, 0).reshape(Shape.of(2, 2));
        Expr b = m.sample("b", multiNormalCholesky(mu, factor.plus(above)), 3, 2);
        m.sample("one", multiNormal(Expr.of(0), tcrossprod(factor)), 2);
        m.derive("total", b.sum());
        m.sample("last", normal(b.get(0, 0), tau.get(1)));
    });
    private static final double[] Z = {0.4, -0.3, 1.2, -0.8, 0.2, 0.9, -1.1, 0.3, 0.7, -0.4, -0.6, 0.1, 0.5, -0.2};
    private static final double[] DEGREES = {9, 9, 0, 0.3, 9, 1, 0, 0.6, 0.5, 0.5, 9, 9, 9, 9};
    private static final double[] OF_VECTORS = {9, 9, 9, 9, 9, 0.3, 0.7, 0, 0, 1, 0.2, 0, 0, 0.4};

    private static final double[] OF_LATE = {0, 0.2, 0.1, 0.9, 0, 0.5, 0.4, 0.8, 0.7, 0, 9, 9, 9, 9};

    static Stream<Arguments> models() {
        return Stream.of(arguments(NESTED, DEGREES), arguments(VECTORS, OF_VECTORS), arguments(VECTORS, new double[Z.length]),
                arguments(LATE, OF_LATE));
    }

    private static double[] at(BoundModel model, double[] u, Expr what) {
        Workspace w = Program.of(what).workspace();
        w.set(model.unconstrained(), DrawSource.of(DMatrixRMaj.wrap(u.length, 1, u.clone())));
        w.run(1);
        return w.perDraw(what).data.clone();
    }

    /** A prior of one support, with a scale that is a parameter's function: neither those cut by another one nor of a constant scale. */
    @Test
    void levelsAreFound() {
        assertArrayEquals(new int[] {2, 3, 5, 6, 7, 8, 9}, NESTED.bind(Data.empty()).levels());
        assertArrayEquals(IntStream.range(0, 10).toArray(), LATE.bind(Data.empty()).levels());
        assertArrayEquals(IntStream.range(5, 14).toArray(), VECTORS.bind(Data.empty()).levels());
    }

    /** The oracle for the determinant: derivatives of the change of coordinates, which is triangular in the order of drawing. */
    @ParameterizedTest
    @MethodSource("models")
    void theDensityIsThatOfTheOtherCoordinates(Model model, double[] degrees) {
        BoundModel plain = model.bind(Data.empty());
        BoundModel moved = plain.centred(degrees);
        double[] y = at(plain, Z, plain.unconstrainedOf(moved));
        double logDet = 0;
        for (int i = 0; i < y.length; i++) {
            logDet += Math.log(at(moved, y, Gradient.of(moved.unconstrainedOf(plain).get(i), moved.unconstrained()))[i]);
        }
        double expected = at(plain, Z, plain.logDensityUnconstrained())[0] + logDet;
        assertEquals(expected, at(moved, y, moved.logDensityUnconstrained())[0], 1e-12 * Math.abs(expected));
        assertEquals(logDet, at(moved, y, moved.logAbsDetCentring())[0], 1e-13);
        assertEquals(at(plain, Z, plain.logDensity())[0], at(moved, y, moved.logDensity())[0], 1e-12 * Math.abs(expected));
    }

    @ParameterizedTest
    @MethodSource("models")
    void coordinatesGoBothWays(Model model, double[] degrees) {
        BoundModel plain = model.bind(Data.empty());
        BoundModel moved = plain.centred(degrees);
        double[] other = new double[Z.length];
        Arrays.fill(other, 0.2);
        BoundModel elsewhere = plain.centred(other);
        double[] y = at(plain, Z, plain.unconstrainedOf(moved));
        double[] there = at(moved, y, moved.unconstrainedOf(elsewhere));
        assertArrayEquals(at(plain, Z, plain.unconstrainedOf(elsewhere)), there, 1e-14);
        assertArrayEquals(Z, at(elsewhere, there, elsewhere.unconstrainedOf(plain)), 1e-14);
    }

    /** So are what is derived, and points given on the constrained scale. */
    @ParameterizedTest
    @MethodSource("models")
    void parametersStayWhatTheyAre(Model model, double[] degrees) {
        BoundModel plain = model.bind(Data.empty());
        BoundModel moved = plain.centred(degrees);
        double[] y = at(plain, Z, plain.unconstrainedOf(moved));
        for (int k = 0; k < plain.parameters().size(); k++) {
            assertArrayEquals(at(plain, Z, plain.parameters().get(k).value()), at(moved, y, moved.parameters().get(k).value()), 1e-14);
        }
        assertArrayEquals(at(plain, Z, plain.derived().get(0).value()), at(moved, y, moved.derived().get(0).value()), 1e-14);
        Map<String, double[]> point = new HashMap<>();
        for (Quantity q : plain.parameters()) point.put(q.name(), at(plain, Z, q.value()));
        assertArrayEquals(y, moved.unconstrain(point), 1e-13);
    }

    /** Values that are not given begin where y is 0: a standard level at its location. */
    @Test
    void standardLevelsBeginAtTheirLocation() {
        BoundModel standard = NESTED.bind(Data.empty()).centred(new double[Z.length]);
        double[] u = standard.unconstrain("init", Map.of("mu", new double[] {1.5}));
        assertArrayEquals(new double[] {1.5, 1.5}, at(standard, u, standard.parameters().get(2).value()));
    }

    /** Where the scale is so small that loc + scale y is loc, and beyond. */
    @Test
    void aStandardLevelIsStandardHoweverSmallItsScale() {
        BoundModel model = Model.define("funnel", m -> {
            Expr v = m.sample("v", normal(0, 3));
            m.sample("x", normal(1, v.exp()), 2);
        }).bind(Data.empty());
        BoundModel standard = model.centred(new double[3]);
        for (double v : new double[] {-700, -40, 0, 40}) {
            double squares = v * v / 9 + 0.7 * 0.7 + 2.5 * 2.5;
            double expected = -0.5 * squares - Math.log(3) - 1.5 * Math.log(2 * Math.PI);
            assertEquals(expected, at(standard, new double[] {v, 0.7, -2.5}, standard.logDensityUnconstrained())[0], 1e-14 * -expected);
        }
    }

    @Test
    void asRecordedAllAreCentred() {
        BoundModel plain = NESTED.bind(Data.empty());
        BoundModel same = plain.centred(IntStream.range(0, Z.length).mapToDouble(i -> 1).toArray());
        assertEquals(at(plain, Z, plain.logDensityUnconstrained())[0], at(same, Z, same.logDensityUnconstrained())[0]);
        assertThrows(IllegalArgumentException.class, () -> plain.centred(new double[2]));
    }
}
