package org.fluvia.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** The implementations that can run here. */
final class Implementations {
    private Implementations() {}

    static Kernels scalar() {
        return new ScalarKernels("test");
    }

    /** Skips the test where there are no vectors. */
    static Kernels vector() {
        String obstacle = KernelProvider.obstacle();
        assumeTrue(obstacle == null, () -> "nothing to compare with: " + obstacle);
        return new VectorKernels();
    }

    static List<Kernels> all() {
        return KernelProvider.obstacle() == null ? List.of(scalar(), vector()) : List.of(scalar());
    }
}
