package org.fluvia.model;

import org.fluvia.autodiff.Source;
import org.jspecify.annotations.Nullable;

/** Refuses null where it is given, and not where it is used. */
final class Present {
    private Present() {}

    /**
     * @param where the call, as messages name it: "model", "sample"
     * @throws IllegalArgumentException if the value is null
     */
    static <T> T check(String where, String argument, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException(where + ": " + argument + " must not be null" + Source.suffix());
        return value;
    }
}
