package org.fluvia.stan.translate;

import java.util.List;
import org.fluvia.stan.tree.Span;
import org.fluvia.stan.tree.Type;
import org.jspecify.annotations.Nullable;

/** A variable of the program, and what it is in Java. Mutable. */
final class Variable {
    /** How it is kept in Java. */
    enum Storage {
        /** An {@code int}. */
        INT,
        /** An {@code Expr} that is declared where it is first assigned. */
        EXPR,
        /** An {@code Expr} that is declared before it is assigned, and begins as NaN. */
        EARLY,
        /** An array of {@code Expr}, one for each element. */
        ELEMENTS,
        /** The variable of a loop that is written as one statement. */
        COUNTER,
    }

    final Type type;
    final Storage storage;
    final @Nullable Span declaration;
    /** The sizes of its dimensions; none where they are not known. */
    final List<Code> sizes;
    /** Its name in Java; empty until it is declared. */
    String java;
    /** What is added to the Java variable to have the program's. */
    int offset;
    /** How many indices its elements have, where it is an array of them. */
    int indices;
    /** Whether its elements are columns of a matrix. */
    boolean isColumns;
    boolean isLanes;

    Variable(Type type, Storage storage, @Nullable Span declaration, List<Code> sizes, String java) {
        this.type = type;
        this.storage = storage;
        this.declaration = declaration;
        this.sizes = sizes;
        this.java = java;
    }

    boolean isDeclared() {
        return !java.isEmpty();
    }
}
