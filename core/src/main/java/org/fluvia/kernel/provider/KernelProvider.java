package org.fluvia.kernel.provider;

import java.util.Locale;
import org.fluvia.kernel.Kernels;
import org.fluvia.kernel.scalar.ScalarKernels;
import org.fluvia.kernel.special.Arithmetic;
import org.fluvia.kernel.vector.VectorKernels;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the implementation of {@link Kernels}, once.
 *
 * <p>The system property {@code fluvia.simd} decides: {@code auto} (the default) takes vectors where they run as
 * instructions and as soon as they pay ({@link GradualKernels}), {@code off} never, {@code require} from the first call on, and
 * fails where there are none. The choice changes the speed, not the bits.
 */
public final class KernelProvider {
    private KernelProvider() {}

    public static final String PROPERTY = "fluvia.simd";
    private static final String MODULE = "jdk.incubator.vector";
    private static final System.Logger LOGGER = System.getLogger("org.fluvia.kernel");

    /** Chosen on first use; the class after the checks, since its static initialiser needs the module. */
    private static final class Holder {
        static final Kernels KERNELS = chosen(System.getProperty(PROPERTY, "auto"));
    }

    /** The kernels of this JVM; the same object each time. */
    public static Kernels kernels() {
        return Holder.KERNELS;
    }

    /** One line for people: the implementation, and where it is the scalar one, why. */
    public static String describe() {
        return Holder.KERNELS.describe();
    }

    /** As {@link #choose}, with a warning where vectors were hoped for and cannot be had. */
    private static Kernels chosen(String setting) {
        Kernels chosen = choose(setting);
        String obstacle = setting.equalsIgnoreCase("auto") ? obstacle() : null;
        if (obstacle != null) {
            LOGGER.log(System.Logger.Level.WARNING, "Fluvia runs several times slower than it could: " + obstacle + ". This is said once; -D"
                    + PROPERTY + "=off says that it is meant.");
        }
        return chosen;
    }

    public static Kernels choose(String setting) {
        Kernels chosen = switch (setting.toLowerCase(Locale.ROOT)) {
            case "off" -> new ScalarKernels("switched off by -D" + PROPERTY + "=off");
            case "auto" -> {
                String obstacle = obstacle();
                Kernels kernels = obstacle == null ? vectorKernels() : new ScalarKernels(obstacle);
                yield kernels instanceof VectorKernels v ? new GradualKernels(new ScalarKernels("until vectors pay"), v) : kernels;
            }
            case "require" -> {
                String obstacle = obstacle();
                if (obstacle != null) {
                    throw new IllegalStateException("kernels: " + PROPERTY + "=require, but there are no vectors: " + obstacle);
                }
                yield vectorKernels();
            }
            default -> throw new IllegalArgumentException("kernels: " + PROPERTY
                    + " must be auto, off or require, but was " + setting + ". Correct -D" + PROPERTY + ".");
        };
        LOGGER.log(System.Logger.Level.DEBUG, chosen::describe);
        return chosen;
    }

    /** Why vectors cannot be used here and what to do, or null if they can. Touches no class of the Vector API. */
    public static @Nullable String obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "module " + MODULE + " not present; start java with --add-modules " + MODULE;
        }
        String vm = System.getProperty("java.vm.name", "");
        String mode = System.getProperty("java.vm.info", "");
        // Without the C2 compiler every vector is an object and every operation a call, a hundred times slower than scalars.
        if (mode.contains("interpreted mode") || mode.contains("emulated-client") || vm.contains("Client")) {
            return "the optimising compiler is off (" + mode + "); start java without -Xint and -XX:TieredStopAtLevel";
        }
        if (vm.contains("OpenJ9")) {
            return vm + " does not compile vectors; use a HotSpot JVM";
        }
        if (!Arithmetic.FUSED) {
            return "no fused multiply-add on this processor";
        }
        return null;
    }

    private static Kernels vectorKernels() {
        KernelProvider.class.getModule().addReads(ModuleLayer.boot().findModule(MODULE).orElseThrow());
        if (VectorKernels.bits() < 128) {
            return new ScalarKernels("vectors of this JVM have " + VectorKernels.bits() + " bits");
        }
        return new VectorKernels();
    }
}
