package org.fluvia.stan.run;

import java.util.List;
import org.fluvia.stan.tree.FunctionDefinition;
import org.fluvia.stan.value.Value;
import org.jspecify.annotations.Nullable;

/** Calls functions of the program. */
@FunctionalInterface
interface Caller {
    /** What the function returns; null if nothing. */
    @Nullable Value call(FunctionDefinition function, List<Value> arguments);
}
