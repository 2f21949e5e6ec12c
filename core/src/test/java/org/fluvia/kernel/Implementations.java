package org.fluvia.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.fluvia.kernel.provider.GradualKernels;
import org.fluvia.kernel.provider.KernelProvider;
import org.fluvia.kernel.scalar.ScalarKernels;
import org.fluvia.kernel.vector.VectorKernels;

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

    /** As they are by default: scalar at first, or after work has been announced. */
    static GradualKernels gradual(boolean muchWork) {
        GradualKernels k = new GradualKernels(new ScalarKernels("test"), new VectorKernels());
        return muchWork ? k.forMuchWork() : k;
    }

    static List<Kernels> all() {
        return KernelProvider.obstacle() == null ? List.of(scalar(), vector(), gradual(false), gradual(true)) : List.of(scalar());
    }
}
