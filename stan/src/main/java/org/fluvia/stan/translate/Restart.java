package org.fluvia.stan.translate;

import org.fluvia.stan.tree.Span;

/** A variable must be written another way than it was begun: the translation begins anew. Nothing that a user sees. */
final class Restart extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span declaration;
    private final Variable.Storage storage;

    Restart(Span declaration, Variable.Storage storage) {
        super("a variable", null, false, false);
        this.declaration = declaration;
        this.storage = storage;
    }

    Span declaration() {
        return declaration;
    }

    Variable.Storage storage() {
        return storage;
    }
}
