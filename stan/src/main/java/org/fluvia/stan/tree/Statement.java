package org.fluvia.stan.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a program. */
public sealed interface Statement {
    /** Where it is written. */
    Span span();

    record Declaration(Span span, SizedType type, Expression.Name name, @Nullable Expression value) implements Statement {}

    /** @param operator of a compound assignment such as {@code x += y}; null for a plain one */
    record Assignment(Span span, Expression target, @Nullable Operator operator, Expression value) implements Statement {}

    /** {@code value ~ distribution(arguments) T[lower, upper]}. */
    record Distributed(Span span, Expression value, Expression.Name distribution, List<Expression> arguments, @Nullable Truncation truncation)
            implements Statement {
        public Distributed {
            arguments = List.copyOf(arguments);
        }
    }

    record Truncation(Span span, @Nullable Expression lower, @Nullable Expression upper) {}

    /** {@code target += value}, and {@code jacobian += value}. */
    record Increment(Span span, Expression value, boolean isJacobian) implements Statement {}

    record CallStatement(Span span, Expression.Call call) implements Statement {}

    /** {@code print}, {@code reject} or {@code fatal_error}. */
    record Say(Span span, String word, List<Said> parts) implements Statement {
        public Say {
            parts = List.copyOf(parts);
        }
    }

    /** A text, or a value to be shown. */
    record Said(String text, @Nullable Expression value) {}

    record If(Span span, Expression condition, Statement then, @Nullable Statement otherwise) implements Statement {}

    record While(Span span, Expression condition, Statement body) implements Statement {}

    record For(Span span, Expression.Name variable, Expression first, Expression last, Statement body) implements Statement {}

    record ForEach(Span span, Expression.Name variable, Expression container, Statement body) implements Statement {}

    /** @param profile its name where it is one that is profiled, with quotes; null otherwise */
    record Block(Span span, List<Statement> statements, @Nullable String profile) implements Statement {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /** {@code break} or {@code continue}. */
    record Jump(Span span, boolean isBreak) implements Statement {}

    record Return(Span span, @Nullable Expression value) implements Statement {}

    record Empty(Span span) implements Statement {}
}
