package org.fluvia.cli.source;

/** Something only the user can put right: options, files, the model's source, the data. The message is all they see. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
