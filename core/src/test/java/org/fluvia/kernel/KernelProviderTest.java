package org.fluvia.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.fluvia.kernel.provider.GradualKernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.fluvia.kernel.scalar.ScalarKernels;
import org.fluvia.kernel.vector.VectorKernels;
import org.junit.jupiter.api.Test;

class KernelProviderTest {
    /** Without this the leg with vectors could test the fallback in silence. */
    @Test
    void theActiveImplementationIsTheOneThisLegIsAbout() {
        String setting = System.getProperty(KernelProvider.PROPERTY, "auto");
        Class<? extends Kernels> expected = switch (setting) {
            case "require" -> VectorKernels.class;
            case "off" -> ScalarKernels.class;
            default -> KernelProvider.obstacle() == null ? GradualKernels.class : ScalarKernels.class;
        };
        assertInstanceOf(expected, KernelProvider.kernels());
        assertSame(KernelProvider.kernels(), KernelProvider.kernels());
    }

    @Test
    void describesVectors() {
        assumeTrue(KernelProvider.obstacle() == null);
        String description = KernelProvider.choose("require").describe();
        assertTrue(description.matches("vector, (128|256|512) bit \\(jdk\\.incubator\\.vector\\), JDK [0-9].*, FMA"), description);
    }

    @Test
    void describesWhyThereAreNone() {
        assertEquals("scalar: switched off by -Dfluvia.simd=off", KernelProvider.choose("off").describe());
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
        assertEquals("scalar: module jdk.incubator.vector not present; start java with --add-modules jdk.incubator.vector",
                KernelProvider.choose("auto").describe());
    }

    @Test
    void requireFailsWithTheReason() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
        String message = assertThrows(IllegalStateException.class, () -> KernelProvider.choose("require")).getMessage();
        assertEquals("kernels: fluvia.simd=require, but there are no vectors: module jdk.incubator.vector not present; start"
                + " java with --add-modules jdk.incubator.vector", message);
    }

    @Test
    void refusesAnotherSetting() {
        String message = assertThrows(IllegalArgumentException.class, () -> KernelProvider.choose("on")).getMessage();
        assertEquals("kernels: fluvia.simd must be auto, off or require, but was on. Correct -Dfluvia.simd.", message);
    }
}
