package org.fluvia.flows.check;

import java.util.List;
import java.util.function.Supplier;
import org.fluvia.autodiff.Source;

/** Says which layer of a flow an operation is of. */
public final class Layers {
    private Layers() {}

    /** Runs the work with all that it records known to be of a layer, counted from 0: a value that is not finite is reported as its. */
    public static <T> T recorded(List<?> layers, int i, Supplier<T> work) {
        return Source.within("layer " + (i + 1) + " of " + layers.size() + ", " + layers.get(i), work);
    }
}
