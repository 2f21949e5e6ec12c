package org.fluvia.stan.run;

import org.fluvia.stan.value.Tensor;
import org.fluvia.stan.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * How a statement ends.
 *
 * @param value what is returned; null if nothing
 * @param condition where it is returned, if that depends on parameters: elsewhere it goes on; null if everywhere
 */
record Completion(Kind kind, @Nullable Value value, @Nullable Tensor condition) {
    enum Kind {
        NORMAL, BREAK, CONTINUE, RETURN
    }

    static final Completion NORMAL = new Completion(Kind.NORMAL, null, null);
    static final Completion BREAK = new Completion(Kind.BREAK, null, null);
    static final Completion CONTINUE = new Completion(Kind.CONTINUE, null, null);

    static Completion returned(@Nullable Value value) {
        return new Completion(Kind.RETURN, value, null);
    }

    boolean isNormal() {
        return kind == Kind.NORMAL;
    }
}
