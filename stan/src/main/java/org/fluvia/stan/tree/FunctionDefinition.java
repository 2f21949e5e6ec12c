package org.fluvia.stan.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of the program's own.
 *
 * @param body null where it is only declared
 */
public record FunctionDefinition(Span span, Type returned, Expression.Name name, List<Argument> arguments, @Nullable Statement body) {
    /** @param isData whether it may not depend on parameters */
    public record Argument(Expression.Name name, Type type, boolean isData) {}

    public FunctionDefinition {
        arguments = List.copyOf(arguments);
    }

    public List<Type> argumentTypes() {
        return arguments.stream().map(Argument::type).toList();
    }
}
