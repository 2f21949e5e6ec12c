package org.fluvia.vi.approximation;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erfc;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.bijection.Transformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MarginTest {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** The probability above u > 0, below u < 0. */
    private static double tail(double u) {
        return 0.5 * Erfc.value(Math.abs(u) / Math.sqrt(2));
    }

    private static double cdf(double u) {
        return u < 0 ? tail(u) : 1 - tail(u);
    }

    /** log f, and the quantile at Phi(u). */
    static Stream<Arguments> distributions() {
        return Stream.of(
                of("normal", x -> -0.125 * (x - 3) * (x - 3), u -> 3 + 2 * u),
                of("logistic", x -> -Math.abs(x) - 2 * Math.log1p(Math.exp(-Math.abs(x))), u -> Math.signum(u) * Math.log(1 / tail(u) - 1)),
                of("cauchy", x -> -Math.log1p(x * x), u -> Math.signum(u) / Math.tan(Math.PI * tail(u))),
                of("log of an exponential", x -> x - Math.exp(x), u -> Math.log(-Math.log1p(-cdf(u)))),
                of("exponential rate 1/10, as it is", x -> x < 0 ? NEVER : -x / 10, u -> -10 * Math.log1p(-cdf(u))),
                of("uniform", x -> Math.abs(x) < 1 ? 0 : NEVER, u -> Math.signum(u) * (1 - 2 * tail(u))));
    }

    private static Arguments of(String name, DoubleUnaryOperator logDensity, DoubleUnaryOperator quantile) {
        return Arguments.of(name, logDensity, quantile);
    }

    /** The nodes of a margin with the density there, and where it ends between two of them. */
    private static Margin step(Margin from, DoubleUnaryOperator logDensity) {
        DoubleUnaryOperator ratio = u -> logDensity.applyAsDouble(from.value(u)) + from.logSlope(u) + 0.5 * u * u;
        Stream.Builder<double[]> known = Stream.builder();
        double[] nodes = Margin.nodes();
        for (int k = 0; k < nodes.length; k++) {
            if (k > 0 && (ratio.applyAsDouble(nodes[k]) == NEVER) != (ratio.applyAsDouble(nodes[k - 1]) == NEVER)) {
                boolean rises = ratio.applyAsDouble(nodes[k - 1]) == NEVER;
                double in = rises ? nodes[k] : nodes[k - 1];
                double out = rises ? nodes[k - 1] : nodes[k];
                for (int i = 0; i < 60; i++) {
                    double middle = 0.5 * (in + out);
                    if (ratio.applyAsDouble(middle) == NEVER) out = middle;
                    else in = middle;
                }
                known.add(new double[] {in, rises ? NEVER : ratio.applyAsDouble(in)});
                known.add(new double[] {in, rises ? ratio.applyAsDouble(in) : NEVER});
            }
            known.add(new double[] {nodes[k], ratio.applyAsDouble(nodes[k])});
        }
        List<double[]> all = known.build().toList();
        return requireNonNull(from.withDensity(all.stream().mapToDouble(x -> x[0]).toArray(), all.stream().mapToDouble(x -> x[1]).toArray()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void aFewStepsFromAllScalesGiveTheQuantiles(String name, DoubleUnaryOperator logDensity, DoubleUnaryOperator quantile) {
        Margin m = Margin.heavyTailed(1.14);
        for (int i = 0; i < 4; i++) m = step(m, logDensity);
        for (double u = -5.1; u < 5.2; u += 0.3) {
            double exact = quantile.applyAsDouble(u);
            double next = quantile.applyAsDouble(u + 1e-3);
            assertEquals(exact, m.value(u), 0.01 * (next - exact) / 1e-3, name + " at " + u);
        }
    }

    @Test
    void aMarginOfSomethingThatEndsStaysWithinIt() {
        Margin m = Margin.heavyTailed(1.14);
        for (int i = 0; i < 4; i++) m = step(m, x -> x < -0.5 || x > 1 ? NEVER : 0.3 * x);
        for (double u = -7; u <= 7; u += 0.01) assertTrue(m.value(u) >= -0.5 && m.value(u) <= 1, "at " + u + ": " + m.value(u));
    }

    @Test
    void theDensityItselfChangesNothing() {
        double[] none = new double[Margin.nodes().length];
        Margin m = requireNonNull(Margin.heavyTailed(0.4).withDensity(Margin.nodes(), none));
        for (double u = -6.9; u < 7; u += 0.37) assertEquals(Margin.heavyTailed(0.4).value(u), m.value(u), 1e-11 * Math.exp(0.2 * u * u));
    }

    @Test
    void aDensityThatIsNowherePositiveHasNoMargin() {
        double[] never = new double[Margin.nodes().length];
        Arrays.fill(never, NEVER);
        assertNull(Margin.normal().withDensity(Margin.nodes(), never));
    }

    /** What is recorded is what numbers give, its inverse undoes it, and its log slopes are those of its derivative. */
    @Test
    void theRecordedMapIsTheSameInBothDirections() {
        Margin skewed = Margin.heavyTailed(1.14);
        for (int i = 0; i < 3; i++) skewed = step(skewed, x -> x - Math.exp(x));
        List<Margin> each = List.of(Margin.heavyTailed(0.5), skewed, Margin.normal());
        double[] places = {-40, -7, -6.9, -2.3, -0.25, 0, 0.1, 1.7, 5, 7, 7.5, 30};
        DMatrixRMaj points = new DMatrixRMaj(3, places.length);
        for (int i = 0; i < 3; i++) for (int j = 0; j < places.length; j++) points.set(i, j, places[j]);
        Expr u = Expr.perDraw("u", Shape.of(3));
        Transformed forward = new Margins(each).forward(u);
        Transformed back = new Margins(each).inverse(forward.value());
        Expr slopes = Gradient.of(forward.value().sum(), u).log().sum();
        Workspace w = Program.of(forward.value(), forward.logAbsDetJacobian(), back.value(), back.logAbsDetJacobian(), slopes).workspace();
        w.set(u, DrawSource.of(points));
        w.run(places.length);
        for (int j = 0; j < places.length; j++) {
            double logSlope = 0;
            for (int i = 0; i < 3; i++) {
                double value = each.get(i).value(places[j]);
                assertEquals(value, w.perDraw(forward.value()).get(i, j), 1e-12 * Math.abs(value));
                assertEquals(places[j], w.perDraw(back.value()).get(i, j), 1e-6 * Math.max(1, Math.abs(places[j])), i + " at " + places[j]);
                logSlope += each.get(i).logSlope(places[j]);
            }
            assertEquals(logSlope, w.perDraw(forward.logAbsDetJacobian()).data[j], 1e-10, "at " + places[j]);
            assertEquals(-logSlope, w.perDraw(back.logAbsDetJacobian()).data[j], 1e-5, "back at " + places[j]);
            assertEquals(logSlope, w.perDraw(slopes).data[j], 1e-8, "slope at " + places[j]);
        }
    }
}
