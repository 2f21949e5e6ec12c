package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutionTest {
    @Test
    void substitutionReplacesAnExpressionWhereverItOccurs() {
        Expr x = Expr.perDraw("x", Shape.of(2));
        Expr a = Expr.shared("a", Shape.of(2), 3, 4);
        Expr kept = a.exp();
        List<Expr> outputs = Expr.substitute(List.of(x.times(a).plus(x).sum(), kept), Map.of(x, Expr.vector(10, 20)));
        assertEquals(10 * 3 + 10 + 20 * 4 + 20, SharedValues.of(outputs.get(0))[0]);
        assertEquals(kept, outputs.get(1));
        String message = assertThrows(IllegalArgumentException.class,
                () -> Expr.substitute(List.of(kept), Map.of(a, Expr.of(1)))).getMessage();
        assertTrue(message.startsWith("substitute: constant scalar"), message);
    }
}
