package org.fluvia.autodiff;

/**
 * A replay, or other long work, ended early because its {@link Workers} were told to stop. Not a fault, so it has no stack trace.
 * What it was computing is incomplete; the {@link Workspace} can be replayed again.
 */
public final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
        super("stopped", null, false, false);
    }
}
