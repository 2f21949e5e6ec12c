package org.fluvia.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.SharedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every row of the table of supports; {@link SupportContractTest} compares it with the factories. */
class SupportsTest {
    static List<SupportKind> kinds() {
        return Supports.table().rows();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void rowsSayWhatTheyAre(SupportKind kind) {
        for (String text : List.of(kind.description(), kind.transform(), kind.example().toString())) {
            assertFalse(text.isBlank() || text.endsWith(".") || text.contains("{@"), text);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theExampleHasAPointInside(SupportKind kind) {
        Support s = kind.example();
        Shape shape = s.eventRank() == 0 ? Shape.scalar() : s.eventRank() == 1 ? Shape.of(3) : Shape.of(3, 3);
        Expr inside = s.interior(shape);
        assertEquals(1, SharedValues.of(s.contains(inside))[0]);
        if (!s.isDiscrete()) assertEquals(1, SharedValues.of(s.contains(s.constrain(s.unconstrain(inside), shape).value()))[0]);
    }

    @Test
    void parametersAreTheFactorys() {
        SupportKind interval = Supports.table().named("interval");
        assertEquals(List.of("lower", "upper"), interval.parameters());
        assertEquals("interval (-1, 2)", interval.of(List.of(Expr.of(-1), Expr.of(2))).toString());
        assertEquals("interval: takes [lower, upper], but was given 1 parameters",
                assertThrows(IllegalArgumentException.class, () -> interval.of(List.of(Expr.of(0)))).getMessage());
    }

    @Test
    void supportsOfOneKindWithoutBoundsAreEqual() {
        assertEquals(Support.simplex(), Support.simplex());
        assertEquals(Support.real().hashCode(), Support.real().hashCode());
        assertFalse(Support.real().equals(Support.positive()) || Support.lower(0).equals(Support.lower(0)));
    }
}
