package org.fluvia.stan.library;

import org.fluvia.stan.value.Value;

/** A function of the library. */
@FunctionalInterface
interface LibraryFunction {
    /** Its value. */
    Value of(Arguments arguments);
}
