package org.fluvia.stan.value;

import org.fluvia.stan.tree.Type;

/** What an expression is while a program is recorded. Immutable. */
public sealed interface Value permits Tensor, Tuple {
    Type type();
}
