package org.fluvia.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;

/** The implementations that can run here; the vectors without their warm-up, which would hide them behind scalars. */
final class Implementations {
    private Implementations() {}

    static Kernels scalar() {
        return new ScalarKernels("test");
    }

    /** Skips the test where there are no vectors. */
    static Kernels vector() {
        String obstacle = KernelProvider.obstacle();
        assumeTrue(obstacle == null, () -> "nothing to compare with: " + obstacle);
        return new VectorKernels(true);
    }

    static List<Kernels> all() {
        List<Kernels> all = new ArrayList<>(List.of(scalar(), KernelProvider.kernels()));
        if (KernelProvider.obstacle() == null) {
            all.add(new VectorKernels(true));
        }
        return all;
    }
}
