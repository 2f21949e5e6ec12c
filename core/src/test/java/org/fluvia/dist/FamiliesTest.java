package org.fluvia.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every row of the table of distributions. */
class FamiliesTest {
    static List<Family> families() {
        return Families.table().rows();
    }

    private static Set<Method> factories() {
        return Arrays.stream(Distributions.class.getMethods()).filter(m -> Modifier.isStatic(m.getModifiers())).collect(Collectors.toSet());
    }

    @Test
    void tableHasEveryFactory() {
        assertEquals(factories().stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(Families.table().names()));
    }

    @Test
    void eachNameOfStanBelongsToOne() {
        Set<String> seen = new HashSet<>();
        for (Family f : Families.table()) {
            if (f.stanName().isEmpty()) continue;
            assertTrue(seen.add(f.stanName()), f.stanName());
            assertEquals(f, Families.ofStan(f.stanName()).orElseThrow());
        }
        assertEquals("inverseGamma", Families.ofStan("inv_gamma").orElseThrow().name());
        assertTrue(Families.ofStan("").isEmpty() && Families.ofStan("inverseGamma").isEmpty());
    }

    /** The generated methods do what the rows do, whether parameters are numbers or expressions. */
    @ParameterizedTest
    @MethodSource("families")
    void oneFactoryTakesItsParameters(Family family) {
        int parts = family.kind() == Family.Kind.DERIVED ? 1 : 0;
        assertTrue(factories().stream().anyMatch(m -> m.getName().equals(family.name())
                && m.getParameterCount() == family.parameters().size() + parts && !List.of(m.getParameterTypes()).contains(double.class)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void rowsSayWhatTheyAre(Family family) {
        for (String text : List.of(family.description(), family.formula(), family.support())) {
            assertFalse(text.isBlank() || text.endsWith(".") || text.contains("{@") || text.contains("&lt;"), text);
        }
        assertTrue(family.stanName().isEmpty() || family.source().contains("Stan") || family.source().matches(".+ \\d{4}.*"), family.source());
    }

    /** A draw of the example lies in its support and has a finite density. */
    @ParameterizedTest
    @MethodSource("families")
    void theExampleCanBeDrawnAndEvaluated(Family family) {
        Distribution d = family.example();
        int k = d.shape().isScalar() ? 3 : d.shape().dim(d.shape().rank() - 1);
        Shape shape = d.eventRank() == 0 ? d.shape() : d.eventRank() == 1 ? Shape.of(k) : Shape.of(k, k);
        Expr x = Expr.shared("x", shape, d.sample(new SplittableRandom(1), shape));
        assertTrue(d.outsideSupport(x).isEmpty(), x::toString);
        assertTrue(Arrays.stream(SharedValues.of(d.logDensity(x))).allMatch(Double::isFinite));
    }

    /** What a row says of a parameter is what making one with another value says. */
    @ParameterizedTest
    @MethodSource("families")
    void constraintsAreThoseThatAreChecked(Family family) {
        if (family.kind() == Family.Kind.DERIVED || family.kind() == Family.Kind.REGRESSIONS) return;
        List<Expr> example = family.example().parameters();
        for (int p = 0; p < example.size(); p++) {
            Family.Parameter parameter = family.parameters().get(p);
            assertEquals(example.get(p).shape().rank(), parameter.rank());
            assertFalse(parameter.constraints().isEmpty(), parameter.name());
            double[] values = SharedValues.of(example.get(p)).clone();
            values[0] = Double.NaN;
            List<Expr> broken = new java.util.ArrayList<>(example);
            broken.set(p, Expr.shared(null, example.get(p).shape(), values));
            String message = assertThrows(IllegalArgumentException.class, () -> family.of(broken)).getMessage();
            assertTrue(message.startsWith(family.name() + ": " + parameter.name() + " must "), message);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Family normal = Families.table().named("normal");
        assertEquals("normal: is made as normal(loc, scale), but was given 0 distributions and 1 parameters",
                assertThrows(IllegalArgumentException.class, () -> normal.of(List.of(Expr.of(0)))).getMessage());
        assertThrows(IllegalArgumentException.class, () -> normal.of(List.of(normal.example()), List.of(Expr.of(0), Expr.of(1))));
        assertThrows(IllegalArgumentException.class, () -> Families.table().named("truncated").of(List.of(Expr.of(0), Expr.of(1))));
    }

    @Test
    void someTakeFewerParametersAsStansDo() {
        Expr prob = Expr.vector(0.2, 0.8);
        assertEquals(List.of(prob), Families.ofStan("multinomial").orElseThrow().of(List.of(prob)).parameters());
        assertEquals(2, Families.table().named("gaussianRandomWalk").of(List.of(Expr.of(1))).parameters().size());
    }

    @Test
    void callsAreWrittenAsInModels() {
        assertEquals("truncated(distribution, lower, upper)", Families.table().named("truncated").call());
        assertEquals("stdNormal()", Families.table().named("stdNormal").call());
    }

    @Test
    void aSpecificRowReadsAsDocumented() {
        Family f = Families.table().named("betaProportion");
        assertEquals("Beta by its mean and precision", f.description());
        assertEquals("beta(x | mu kappa, (1 - mu) kappa) for 0 <= x <= 1; 0 < mu < 1, kappa > 0", f.formula());
        assertEquals(List.of(new Family.Parameter("mu", 0, List.of(Constraint.OPEN_PROPORTION)),
                new Family.Parameter("kappa", 0, List.of(Constraint.POSITIVE))), f.parameters());
        assertEquals(List.of(Constraint.NOT_NEGATIVE, Constraint.SIMPLEX), Families.table().named("categorical").parameters().get(0).constraints());
        assertEquals(Family.Kind.REGRESSIONS, Families.table().named("poissonLogGlm").kind());
        assertEquals(List.of(Constraint.NUMBER, Constraint.ABOVE), Families.table().named("truncated").parameters().get(1).constraints());
    }
}
