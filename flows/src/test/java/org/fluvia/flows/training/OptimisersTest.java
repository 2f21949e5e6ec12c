package org.fluvia.flows.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every optimiser in the table has to do, and the schedules. */
class OptimisersTest {
    static final List<Optimisers.Row> ALL = Optimisers.table().rows();

    /** The sum of c (x - a)^2 / 2 with curvatures from 0.01 to 100. */
    @ParameterizedTest
    @FieldSource("ALL")
    void findsTheMinimumOfABadlyScaledBowl(Optimisers.Row row) {
        double[] centre = {1, -2, 0.5, 0};
        double[] curvature = {100, 1, 0.1, 0.01};
        double[] x = new double[4];
        double[] gradient = new double[4];
        Optimiser optimiser = row.forWeights().apply(4);
        for (int step = 0; step < 20_000; step++) {
            for (int i = 0; i < 4; i++) gradient[i] = 256 * curvature[i] * (x[i] - centre[i]);
            optimiser.step(x, gradient, 1.0 / 256, step < 10_000 ? 1e-2 : 1e-3);
        }
        assertArrayEquals(centre, x, 1e-3, row.name());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void leavesTheGradientAndStaysWhereThereIsNone(Optimisers.Row row) {
        double[] gradient = {3, -4};
        double[] x = {1, 1};
        Optimiser optimiser = row.forWeights().apply(2);
        optimiser.step(x, gradient, 0, 0.1);
        assertArrayEquals(new double[] {1, 1}, x, row.name());
        optimiser.step(x, gradient, 1, 0.1);
        assertArrayEquals(new double[] {3, -4}, gradient);
        assertTrue(x[0] < 1 && x[1] > 1);
    }

    /** Two steps by hand: the first has the length of the rate, whatever the gradient. */
    @Test
    void adamStepsAsInThePaper() {
        Adam adam = new Adam(1);
        double[] x = {0};
        adam.step(x, new double[] {4}, 0.5, 0.1);
        assertEquals(-0.1 * 2 / (2 + 1e-8), x[0], 1e-15);
        adam.step(x, new double[] {-6}, 0.5, 0.1);
        double first = (0.9 * 0.2 - 0.1 * 3) / (1 - 0.81);
        double second = (0.999 * 0.004 + 0.001 * 9) / (1 - 0.999 * 0.999);
        assertEquals(-0.1 * 2 / (2 + 1e-8) - 0.1 * first / (Math.sqrt(second) + 1e-8), x[0], 1e-12);
    }

    @Test
    void aStepSizeIsKeptAsLongAsThereIsProgress() {
        Schedule schedule = new Plateaus(1, 0.5, 2, 3);
        List<Object> seen = new ArrayList<>();
        for (boolean progress : new boolean[] {false, false, true, false, false, false, true, false, false, false}) {
            seen.add(schedule.afterJudgement(progress));
            seen.add(schedule.rate(0));
        }
        Schedule.Next on = Schedule.Next.GO_ON;
        assertEquals(List.of(on, 1.0, on, 1.0, on, 1.0, on, 1.0, on, 1.0, Schedule.Next.START_OVER, 0.5, on, 0.5, on, 0.5, on, 0.5,
                Schedule.Next.STOP, 0.5), seen);
    }

    @Test
    void lengthsFallAsOneOverK() {
        Decay decay = new Decay(0.7, 20, 0.5, 4);
        assertEquals(0.7, decay.rate(19));
        assertEquals(0.7 / 1.5, decay.rate(20));
        assertEquals(0.7 / 11, decay.rate(39));
    }

    @Test
    void cosineFallsFromWholeStepsToNone() {
        Cosine schedule = new Cosine(new Plateaus(0.1, 0.5, 2, 1), 100);
        assertEquals(0.1, schedule.rate(0), 1e-15);
        assertEquals(0.05, schedule.rate(50), 1e-15);
        assertEquals(0, schedule.rate(100), 1e-15);
        assertEquals(Schedule.Next.START_OVER, schedule.afterJudgement(false));
        assertEquals(0.025, schedule.rate(50), 1e-15);
        assertEquals(Schedule.Next.STOP, schedule.afterJudgement(false));
    }
}
