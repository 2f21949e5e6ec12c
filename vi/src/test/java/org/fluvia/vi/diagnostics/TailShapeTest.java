package org.fluvia.vi.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailShapeTest {
    private static final int DRAWS = 20_000;

    /** Quantiles of a density that falls like x^-(1 + a), on one side. */
    private static double[] pareto(double a, int side) {
        return IntStream.range(0, DRAWS).mapToDouble(j -> side * StrictMath.pow((j + 0.5) / DRAWS, -1 / a)).toArray();
    }

    @Test
    void isOneOverTheTailIndexOnEitherSide() {
        for (double a : new double[] {0.5, 1, 3}) {
            assertEquals(1 / a, TailShape.of(pareto(a, 1), 0, DRAWS), 0.1 / a);
            assertEquals(1 / a, TailShape.of(pareto(a, -1), 0, DRAWS), 0.1 / a);
        }
    }

    @Test
    void exponentialTailsHaveNone() {
        double[] x = IntStream.range(0, DRAWS).mapToDouble(j -> -StrictMath.log((j + 0.5) / DRAWS)).toArray();
        assertEquals(0, TailShape.of(x, 0, DRAWS), 0.05);
    }

    @Test
    void equalDrawsHaveNone() {
        assertEquals(0, TailShape.of(new double[DRAWS], 0, DRAWS));
    }
}
