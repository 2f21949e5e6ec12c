package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;

/** The transforms against Stan's own values, log-determinants and gradients. */
class StanTransformsTest {
    private static final Map<String, Support> SUPPORTS = EventCase.all().stream()
            .collect(Collectors.toMap(c -> c.factory().replace("()", ""), EventCase::support, (a, b) -> a));

    private static List<String[]> lines(String resource) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(StanTransformsTest.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
            return in.lines().filter(l -> !l.startsWith("#")).map(l -> l.split(";")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(String text) {
        return text.isBlank() ? new double[0] : Arrays.stream(text.trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static void assertClose(double[] expected, double[] actual, double relative, String message) {
        assertEquals(expected.length, actual.length, message);
        double size = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], relative * size, message + ", element " + i);
    }

    @Test
    void valuesLogDeterminantsAndGradientsAreStans() {
        int checked = 0;
        for (String[] line : lines("stan_transforms.txt")) {
            Support support = SUPPORTS.get(line[0]);
            if (support == null) continue;
            Shape shape = Shape.of(Arrays.stream(numbers(line[1])).mapToInt(d -> (int) d).toArray());
            double[] point = numbers(line[2]);
            Expr u = Expr.perDraw("u", Shape.of(point.length));
            Constrained x = support.constrain(u, shape);
            double[] w = new double[shape.size()];
            Arrays.setAll(w, StrictMath::cos);
            Expr sum = x.value().flatten().dot(Expr.vector(w)).plus(x.logAbsDetJacobian());
            String message = String.join(";", line[0], line[1], line[2]);
            assertClose(numbers(line[3]), Replay.at(point, List.of(u), x.value().flatten()), 1e-14, message);
            assertClose(numbers(line[4]), Replay.at(point, List.of(u), x.logAbsDetJacobian()), 2e-14, message);
            if (point.length > 0) assertClose(numbers(line[5]), Replay.at(point, List.of(u), Gradient.of(sum, u)), 1e-13, message);
            checked++;
        }
        assertTrue(checked >= 135, "checked " + checked);
    }

    @Test
    void posteriorsOfPosteriordbAreConstrainedAsByStan() {
        Map<String, List<Part>> models = Map.of(
                "hmm_example", List.of(part(Support.simplex(), 2), part(Support.simplex(), 2), part(Support.positiveOrdered(), 2)),
                "bball", List.of(part(Support.simplex(), 2, 2), part(Support.positiveOrdered(), 2), part(Support.positiveOrdered(), 2)),
                "low_dim_gauss_mix", List.of(part(Support.ordered(), 2), part(Support.positive(), 2), part(Support.interval(0, 1))));
        List<String[]> lines = lines("stan_values.txt");
        assertEquals(18, lines.size());
        for (String[] line : lines) {
            double[] point = numbers(line[1]);
            double[] constrained = numbers(line[2]);
            double logDeterminant = 0;
            int from = 0;
            int to = 0;
            for (Part p : models.get(line[0])) {
                int free = p.support.unconstrainedSize(p.shape);
                int size = p.shape.size();
                Expr u = Expr.perDraw("u", Shape.of(free));
                Constrained x = p.support.constrain(u, p.shape);
                double[] at = Arrays.copyOfRange(point, from, from + free);
                double[] r = Replay.at(at, List.of(u), x.value().flatten(), x.logAbsDetJacobian());
                assertClose(Arrays.copyOfRange(constrained, to, to + size), Arrays.copyOf(r, size), 1e-14, line[0]);
                double[] value = Arrays.copyOfRange(constrained, to, to + size);
                assertClose(at, SharedValues.of(p.support.unconstrain(Expr.shared("x", p.shape, value))), 2e-14, line[0]);
                logDeterminant += r[size];
                from += free;
                to += size;
            }
            assertEquals(constrained.length, to);
            // fifteen digits of densities of some ten thousands
            assertEquals(Double.parseDouble(line[3].trim()) - Double.parseDouble(line[4].trim()), logDeterminant, 1e-10, line[0]);
        }
    }

    /** Computed with double numbers by the algorithm of Stan Math 5.1, sum_to_zero_constrain. */
    @Test
    void vectorsAndMatricesThatSumToZeroAreStans() {
        Expr u = Expr.perDraw("u", Shape.of(4));
        assertClose(new double[] {0.20624211780402502, -0.21802195090790344, 1.4638039291179679, 0.4262730050857339, -1.8782971010998233},
                Replay.at(new double[] {0.3, -1.2, 0.05, 2.1}, List.of(u), Support.sumToZero().constrain(u, Shape.of(5)).value()),
                1e-15, "vector");
        Expr v = Expr.perDraw("v", Shape.of(6));
        assertClose(new double[] {1.139854888723248, -0.36325400260130564, -0.9236354518176396, 0.14703456569569728,
                -1.7228034875812734, 1.070016835446278, 0.9899494936611668, -0.33716284152617115,
                0.5829485988580254, -0.7067628328449724, -0.06631404184352718, 0.1901282758304742},
                Replay.at(new double[] {0.3, -1.2, 0.05, 2.1, -0.7, 1.4}, List.of(v),
                        Support.sumToZeroMatrix().constrain(v, Shape.of(3, 4)).value().flatten()), 1e-15, "matrix");
    }

    private record Part(Support support, Shape shape) {}

    private static Part part(Support support, int... dims) {
        return new Part(support, Shape.of(dims));
    }
}
