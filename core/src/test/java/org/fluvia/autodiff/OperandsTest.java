package org.fluvia.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** What is recorded stays what it is, whatever becomes of the array that it was given in. */
class OperandsTest {
    @Test
    void anArrayMayBeUsedAgain() {
        Expr[] parts = {Expr.of(1), Expr.of(2)};
        Expr vector = Expr.concat(parts);
        Expr columns = Expr.columns(parts);
        Expr rows = Functions.stack(parts);
        parts[0] = Expr.of(7);
        parts[1] = Expr.of(8);
        for (Expr x : new Expr[] {vector, columns, rows}) assertArrayEquals(new double[] {1, 2}, SharedValues.of(x));
    }
}
