package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.fluvia.kernel.provider.GradualKernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When vectors begin; that bits are the same before and after is in the tests of all implementations. */
class GradualKernelsTest {

    @BeforeEach
    void thereAreVectors() {
        assumeTrue(KernelProvider.obstacle() == null);
    }

    @Test
    void aKindOfLoopGetsVectorsOnceItHasDoneEnough() {
        GradualKernels k = Implementations.gradual(false);
        double[] x = new double[1000];
        assertFalse(k.hasVectors(UnaryOp.EXP));
        for (long done = 0; done < GradualKernels.ENOUGH; done += 24 * 1000) k.unary(UnaryOp.EXP, x, 0, x, 0, 1000);
        assertTrue(k.hasVectors(UnaryOp.EXP));
        assertFalse(k.hasVectors(UnaryOp.LOG));
    }

    @Test
    void announcedWorkBeginsWithVectorsAndIsTheAnnouncersAlone() {
        GradualKernels k = Implementations.gradual(false);
        GradualKernels announced = k.forMuchWork();
        assertTrue(Arrays.stream(UnaryOp.values()).allMatch(announced::hasVectors));
        assertTrue(Arrays.stream(UnaryOp.values()).noneMatch(k::hasVectors));
    }

    @Test
    void whatAnnouncedWorkHasDoneCountsForAll() {
        GradualKernels k = Implementations.gradual(false);
        GradualKernels announced = k.forMuchWork();
        double[] x = new double[1000];
        for (long done = 0; done < GradualKernels.ENOUGH; done += 24 * 1000) announced.unary(UnaryOp.EXP, x, 0, x, 0, 1000);
        assertTrue(k.hasVectors(UnaryOp.EXP));
    }

    /** A loop over bits that change with the kernels would show here: the switch falls between two calls. */
    @Test
    void theSwitchChangesNoBit() {
        GradualKernels k = Implementations.gradual(false);
        double[] x = new java.util.Random(1).doubles(509, -30, 30).toArray();
        double[] first = new double[509];
        double[] now = new double[509];
        k.unary(UnaryOp.TANH, x, 0, first, 0, 509);
        for (long done = 0; done < GradualKernels.ENOUGH + 48 * 509; done += 24 * 509) {
            k.unary(UnaryOp.TANH, x, 0, now, 0, 509);
            for (int i = 0; i < 509; i++) {
                assertEquals(Double.doubleToRawLongBits(first[i]), Double.doubleToRawLongBits(now[i]));
            }
        }
        assertTrue(k.hasVectors(UnaryOp.TANH));
    }
}
