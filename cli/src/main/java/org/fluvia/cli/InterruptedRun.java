package org.fluvia.cli;

/** The user ended the run; they have been told. */
final class InterruptedRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    InterruptedRun(Throwable cause) {
        super(cause);
    }
}
