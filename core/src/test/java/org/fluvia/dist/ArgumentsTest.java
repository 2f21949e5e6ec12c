package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The factories, and what they say of arguments that cannot be. */
class ArgumentsTest {

    static List<FamilyCase> families() {
        return FamilyCase.all();
    }

    private static void fails(String pattern, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.matches(pattern), message);
    }

    @Test
    void tableHasEveryFamily() {
        assertEquals(FamilyCase.named(Family.Kind.NUMBERS, Family.Kind.COUNTS), new TreeSet<>(FamilyCase.all().stream().map(FamilyCase::name).toList()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyParameterIsANumberOrAnExpression(FamilyCase family) throws ReflectiveOperationException {
        double[] p = family.typical()[1];
        Set<List<Class<?>>> signatures = new HashSet<>();
        for (Method m : Distributions.class.getMethods()) {
            if (!m.getName().equals(family.name())) continue;
            signatures.add(List.of(m.getParameterTypes()));
            Object[] arguments = new Object[p.length];
            Arrays.setAll(arguments, k -> m.getParameterTypes()[k] == double.class ? p[k] : Expr.of(p[k]));
            Distribution d = (Distribution) m.invoke(null, arguments);
            assertEquals(family.name(), d.name());
            assertEquals(p.length, d.parameters().size());
            for (int k = 0; k < p.length; k++) assertEquals(p[k], SharedValues.of(d.parameters().get(k))[0]);
        }
        assertEquals(1 << p.length, signatures.size(), "overloads");
        assertTrue(signatures.stream().flatMap(List::stream).allMatch(c -> c == double.class || c == Expr.class));
    }

    @ParameterizedTest
    @MethodSource("families")
    void invalidValuesAreNamedWithTheirLine(FamilyCase family) {
        double[] p = family.typical()[0];
        for (int k = 0; k < p.length; k++) {
            FamilyCase.Parameter parameter = family.parameters().get(k);
            for (double invalid : parameter.invalid()) {
                String start = Pattern.quote(family.name() + ": " + parameter.name() + " must " + parameter.constraint()
                        + ", but was " + invalid + " (");
                int at = k;
                double[] one = p.clone();
                one[k] = invalid;
                fails(start + "ArgumentsTest\\.java:\\d+\\)\\. [A-Z].+\\.", () -> family.of(one));

                Expr[] several = Arrays.stream(p).mapToObj(Expr::of).toArray(Expr[]::new);
                several[k] = Expr.shared("sigma", Shape.of(4), p[at], p[at], invalid, invalid);
                fails(start + "sigma\\[3\\], ArgumentsTest\\.java:\\d+\\)\\. .*", () -> family.of(several));

                several[k] = Expr.vector(p[at], invalid);
                fails(start + "element\\[2\\], ArgumentsTest\\.java:\\d+\\)\\. .*", () -> family.of(several));
            }
        }
    }

    @Test
    void computedDataAreCheckedToo() {
        Expr sigma = Expr.shared("sigma", Shape.of(2, 2), 1, 2, 3, 4);
        fails("normal: scale must be positive and finite, but was 0.0 \\(element\\[2,1\\], ArgumentsTest.java:\\d+\\).*",
                () -> Distributions.normal(0, sigma.minus(3).abs()));
        fails("normal: scale .* -1.0 \\(spread\\[1,2\\], ArgumentsTest.java:\\d+\\).*",
                () -> Distributions.normal(0, sigma.times(-0.5).plus(sigma.eq(1).times(3)).named("spread")));
        fails("normal: scale .* -4.0 \\(tau, ArgumentsTest.java:\\d+\\).*",
                () -> Distributions.normal(0, Expr.shared("tau", Shape.scalar(), -4)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void parametersPerDrawAreNotChecked(FamilyCase family) {
        Expr[] p = family.parameters().stream().map(a -> Expr.perDraw(a.name(), Shape.scalar())).toArray(Expr[]::new);
        assertEquals(List.of(p), family.of(p).parameters());
    }

    @Test
    void shapesMustMatch() {
        fails("normal: scale must be a scalar or have the shape \\(2\\) of loc, but has shape \\(3\\)"
                + " \\(ArgumentsTest.java:\\d+\\)\\. Index .*",
                () -> Distributions.normal(Expr.vector(1, 2), Expr.vector(1, 2, 3)));
        fails("studentT: scale must be a scalar or have the shape \\(2\\) of df.*",
                () -> Distributions.studentT(Expr.vector(1, 2), 0, Expr.perDraw("s", Shape.of(4))));
    }

    @Test
    void uniformBoundsMustBeInOrder() {
        fails("uniform: upper must be above lower = 2.0, but was 1.0 \\(ArgumentsTest.java:\\d+\\)\\. Give .*",
                () -> Distributions.uniform(2, 1));
        fails("uniform: upper must be above lower = 2.0, but was 2.0 .*", () -> Distributions.uniform(2, 2));
        fails("uniform: upper must be above lower = 2.0, but was 0.5 \\(top\\[2\\], ArgumentsTest.java:\\d+\\).*",
                () -> Distributions.uniform(Expr.vector(0, 2), Expr.shared("top", Shape.of(2), 1, 0.5)));
    }

    @Test
    void observationsOutsideTheSupportAreNamed() {
        Expr y = Expr.shared("y", Shape.of(4), 3, 0, -1, 2.5);
        assertEquals("y[3] = -1 is outside the support of poisson (whole numbers from 0)",
                Distributions.poisson(2).outsideSupport(y).orElseThrow());
        assertEquals("y[3] = -1 is outside the support of exponential (at least 0)",
                Distributions.exponential(2).outsideSupport(y).orElseThrow());
        assertEquals("y[2] = 0 is outside the support of gamma (positive)",
                Distributions.gamma(2, 1).outsideSupport(y).orElseThrow());
        assertEquals("y[1] = 3 is outside the support of binomial (whole numbers from 0 to 2)",
                Distributions.binomial(2, 0.5).outsideSupport(y).orElseThrow());
        assertEquals("y[4] = 2.5 is outside the support of binomialLogit (whole numbers from 0 to n)",
                Distributions.binomialLogit(Expr.shared("n", Shape.of(4), 3, 3, 3, 3), 0)
                        .outsideSupport(Expr.shared("y", Shape.of(4), 3, 0, 1, 2.5)).orElseThrow());
        assertEquals("y[2,1] = 2 is outside the support of bernoulli (0 or 1)",
                Distributions.bernoulli(0.5).outsideSupport(Expr.shared("y", Shape.of(2, 2), 1, 0, 2, 1)).orElseThrow());
        assertEquals("the value = NaN is outside the support of normal (real)",
                Distributions.normal(0, 1).outsideSupport(Expr.of(Double.NaN)).orElseThrow());
        assertEquals("lost = Infinity is outside the support of uniform (interval (0, 1))",
                Distributions.uniform(0, 1).outsideSupport(Expr.shared("lost", Shape.scalar(), Double.POSITIVE_INFINITY))
                        .orElseThrow());
    }

    @Test
    void observationsInsideAreAccepted() {
        assertTrue(Distributions.poisson(2).outsideSupport(Expr.vector(0, 3, 1e6)).isEmpty());
        assertTrue(Distributions.beta(2, 2).outsideSupport(Expr.vector(0, 0.5, 1)).isEmpty());
        Expr n = Expr.perDraw("n", Shape.scalar());
        assertTrue(Distributions.binomial(n, 0.5).outsideSupport(Expr.vector(0, 3, -1)).isEmpty(), "unknown before a draw");
    }

    @Test
    void distributionFunctionsThatAreNotKnownSaySo() {
        assertEquals(-1, SharedValues.of(Distributions.exponential(1).logCcdf(Expr.of(1)))[0]);
        for (Executable e : List.<Executable>of(() -> Distributions.dirichlet(1).logCdf(Expr.of(1)),
                () -> Distributions.dirichlet(1).logCcdf(Expr.of(1)))) {
            String message = assertThrows(IllegalArgumentException.class, e).getMessage();
            assertTrue(message.startsWith("dirichlet: its distribution function is not known (ArgumentsTest.java:"), message);
        }
    }
}
