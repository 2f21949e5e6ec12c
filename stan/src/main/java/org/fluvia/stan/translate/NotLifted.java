package org.fluvia.stan.translate;

/** A loop cannot be written as one statement: it stays a loop. Nothing that a user sees. */
final class NotLifted extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotLifted() {
        super("a loop", null, false, false);
    }
}
