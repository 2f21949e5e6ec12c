package org.fluvia.stan.run;

/** The program's own reject or fatal_error. */
final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    Rejected(String message) {
        super(message, null, false, false);
    }
}
