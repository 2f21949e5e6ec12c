package org.fluvia.vi;

/** A {@link Checkpoint} cannot be written, or not be read. The message says which, why, and what to do. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
